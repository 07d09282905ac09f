"""Proposals for tables nobody has seen: the right fields, each with a reason, nothing kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from etl.intake.ask import pairs, propose
from etl.mapping.unknown import MappingChoices
from graph_schema.errors import InputError

CARD, OTHER = "6200990000000000119", "6200990000000000127"
CASES = Path(__file__).parents[1] / "cases"
BOOKS = f"""某某支付 客户流水导出
记账日,本人账户,对方户头,往来金额(元),收付,附注,对方名称
2024-03-05 21:14:07,{CARD},{OTHER},300.00,付,货款,季二水
2024-03-06 21:14:07,{CARD},{OTHER},301.50,收,货款,季二水
2024-13-06 21:14:07,{CARD},{OTHER},302.00,收,货款,季二水
2024-03-07 21:14:07,{CARD},{OTHER},303.00,飞,货款,季二水
"""
TABLES = {
    "bank_transactions": (
        BOOKS,
        {
            "account": "本人账户",
            "counter": "对方户头",
            "amount": "往来金额(元)",
            "direction": "收付",
            "counter_name": "对方名称",
        },
    ),
    "payment_pairs": (
        f"付款账户,收款账户,付款金额,付款时间\n{CARD},{OTHER},300.00,2024-03-05 21:14:07\n",
        {"payer": "付款账户", "payee": "收款账户", "amount": "付款金额", "time": "付款时间"},
    ),
    "call_records": (
        "我方电话\t对方电话号\t呼叫种类\t拨打时刻\t通话秒数\n"
        + "".join(
            f"13900001234\t139000056{n:02}\t{'主叫' if n % 2 else '被叫'}\t2024-03-05 20:{n:02}:41\t{n}\n"
            for n in range(12)
        ),
        {
            "own": "我方电话",
            "other": "对方电话号",
            "call_type": "呼叫种类",
            "time": "拨打时刻",
            "duration": "通话秒数",
        },
    ),
    "message_pairs": (
        "发送者id,接收者id,发送时刻,消息正文\nwxid_sample0001,wxid_sample0002,2024-03-05 20:58:41,到了\n",
        {"sender": "发送者id", "receiver": "接收者id", "time": "发送时刻", "text": "消息正文"},
    ),
    "person_list": (
        "人员名称,身份证件号,手机联系方式,居住地址\n章一凡,990101199001010019,13900001234,示例路1号\n",
        {"name": "人员名称", "ident": "身份证件号", "phone": "手机联系方式", "address": "居住地址"},
    ),
    "waybills": (
        "快递单号码,寄件人手机号,收件人手机号,寄件日期,物品\nSF9900000000001,13900005678,13900001234,2024-03-02,茶叶\n",
        {
            "waybill": "快递单号码",
            "sender_phone": "寄件人手机号",
            "receiver_phone": "收件人手机号",
            "sent": "寄件日期",
        },
    ),
}


def look(folder: Path, text: str, **asked: Any) -> dict[str, Any]:
    file = folder / "未知.csv"
    file.write_text(text, encoding="utf-8")
    return propose(file, MappingChoices(**asked))


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_never_seen_is_proposed_with_reasons(kind: str, tmp_path: Path) -> None:
    """Trap: a column taken for another without a word why."""
    text, fields = TABLES[kind]
    found = look(tmp_path, text)
    assert found["kind"] == kind, [(k["name"], k["score"]) for k in found["kinds"][:3]]
    assert fields.items() <= found["mapping"]["fields"].items(), found["mapping"]
    for column in found["columns"]:
        for each in (*column["fields"], *column["others"]):
            assert 0 < each["score"] <= 1 and each["zh"] and each["en"], each
    assert found["missing"] == [] and found["preview"]["counts"]["loaded"] > 0


def test_preview_counts_every_rejection_of_the_whole_file(tmp_path: Path) -> None:
    """Trap: a preview of good rows hides that ten thousand others would be thrown out."""
    more = "".join(f"2024-03-08 10:00:00,{CARD},{OTHER},{n}.00,乱,货款,季二水\n" for n in range(1, 701))
    found = look(tmp_path, BOOKS + more)
    preview = found["preview"]
    assert found["header_row"] == 2 and len(preview["rows"]) == 50
    assert preview["counts"] == {"read": 704, "loaded": 2, "rejected": 702, "excluded": 0}
    assert [(r["code"], r["column"], r["n"], r["examples"]) for r in preview["reasons"]] == [
        ("bad_direction", "收付", 701, ["飞", "乱"]),
        ("bad_time", "记账日", 1, ["2024-13-06 21:14:07"]),
    ]
    assert preview["makes"] == {"PAID": 2}
    first = preview["rows"][0]
    assert first["row"] == 3 and any(
        f"PAID Account:card:{CARD} → Account:card:{OTHER} 300.00 CNY 2024-03-05 21:14:07" in m
        for m in first["makes"]
    )


def test_what_the_user_says_wins(tmp_path: Path) -> None:
    """Trap: a correction that the next guess overrides."""
    found = look(
        tmp_path, BOOKS, columns={"附注": "memo", "对方名称": "", "收付": "direction"}, outflow=("飞",)
    )
    fields = found["mapping"]["fields"]
    assert fields["memo"] == "附注" and "对方名称" not in fields.values()
    assert found["preview"]["counts"]["rejected"] == 1
    with pytest.raises(InputError, match="没有列 不存在"):
        look(tmp_path, BOOKS, columns={"不存在": "memo"})
    with pytest.raises(InputError, match="没有字段"):
        look(tmp_path, BOOKS, kind="bank_transactions", columns={"附注": "nonsense"})


def test_what_is_missing_is_said_not_invented(tmp_path: Path) -> None:
    """Trap: a table without times loads with some other column as the time."""
    found = look(tmp_path, f"甲,乙\n{CARD},{OTHER}\n", kind="payment_pairs")
    assert (
        found["preview"] is None
        and "交易时间/交易日期" in found["missing"]
        and "交易金额" in found["missing"]
    )


def test_a_workbook_is_read_in_the_child_and_its_sheet_can_be_chosen(tmp_path: Path) -> None:
    """Trap: the first sheet is a cover page."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["说明"])
    sheet = book.create_sheet("流水")
    for line in BOOKS.splitlines()[1:]:
        sheet.append(line.split(","))
    file = tmp_path / "未知.xlsx"
    book.save(file)
    found = propose(file, MappingChoices())
    assert (found["sheet"], found["kind"], found["preview"]["counts"]["loaded"]) == (
        "流水",
        "bank_transactions",
        2,
    )
    with pytest.raises(InputError, match="没有工作表"):
        propose(file, MappingChoices(sheet="别的"))


def test_column_and_field_are_divided_at_the_last_sign() -> None:
    """Trap: a heading that holds a "=" itself."""
    assert pairs(["金额=元=amount", "附注="]) == {"金额=元": "amount", "附注": ""}
    with pytest.raises(InputError):
        pairs(["附注"])


def test_a_tie_is_not_broken_in_favour_of_the_owner(tmp_path: Path) -> None:
    """Trap: two columns of accounts that nothing tells apart, and a stranger's account becomes the owner's."""
    text = f"日子,户甲,户乙,数额\n2024-03-05 21:14:07,{CARD},{OTHER},-10.00\n2024-03-06 21:14:07,{CARD},{OTHER},12.50\n"
    found = look(tmp_path, text)
    assert found["kind"] == "bank_transactions" and found["preview"] is None
    assert [("户甲" in each, "户乙" in each) for each in found["missing"]] == [(True, False), (False, True)]
    said = look(tmp_path, text, columns={"户乙": "card"})
    assert {"card": "户乙", "counter": "户甲"}.items() <= said["mapping"]["fields"].items()
    assert said["missing"] == []


def test_words_of_a_heading_tell_whose_account_it_is(tmp_path: Path) -> None:
    """Trap: 往来户头 filled the owner's second number, and the other party was lost."""
    path = CASES / "F7-txt-map" / "未知流水.txt"
    found = propose(path, MappingChoices())
    assert {"card": "本人户头", "counter": "往来户头"}.items() <= found["mapping"]["fields"].items()
    assert "account" not in found["mapping"]["fields"]
    makes = [made for row in found["preview"]["rows"] for made in row["makes"] if made.startswith("PAID")]
    own, other = "Account:bank:6200999700000000012", "Account:bank:6200999700000000020"
    assert makes == [
        f"PAID {own} → {other} 10.00 CNY 2026-03-01 08:00:00",
        f"PAID {other} → {own} 12.00 CNY 2026-03-02 08:00:00",
    ]


def test_signed_amounts_can_be_said(tmp_path: Path) -> None:
    """Trap: amounts with a sign and no direction: the mapping lacks a direction and cannot be kept."""
    text = f"日子,本人账户,对方账户,数额\n2024-03-05 21:14:07,{CARD},{OTHER},-10.00\n2024-03-06 21:14:07,{CARD},{OTHER},12.50\n"
    found = look(tmp_path, text)
    assert found["mapping"]["fields"]["signed"] == "数额"
    makes = [
        made.split(" ")[1]
        for row in found["preview"]["rows"]
        for made in row["makes"]
        if made.startswith("PAID")
    ]
    assert makes == [f"Account:card:{CARD}", f"Account:card:{OTHER}"]
    unsigned = look(tmp_path, text.replace("-10", "10"), columns={"数额": "signed"}, kind="bank_transactions")
    assert unsigned["missing"] == [] and unsigned["preview"]["counts"]["loaded"] == 2
