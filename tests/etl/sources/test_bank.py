"""Bank returns: direction, outcome, platforms, and the rows that must not become payments."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of, names, read, text_of

HEAD = names(
    "交易卡号,交易账号,账户开户名称,开户人证件号码,交易时间,交易金额,交易余额,收付标志,交易对手账卡号"
    ",现金标志,对手户名,对手身份证号,摘要说明,交易币种,交易是否成功,交易流水号,查询反馈结果原因"
)
MINE, OTHER = "6200990000000000119", "6200990000000000127"
ID, OTHER_ID = "990101199001010019", "990101198505050028"
BASE = {
    "交易卡号": MINE,
    "账户开户名称": "章一凡",
    "开户人证件号码": ID,
    "交易时间": "2024-03-05 21:14:07",
    "交易金额": "300.00",
    "交易余额": "1,520.33",
    "收付标志": "出",
    "交易对手账卡号": OTHER,
    "对手户名": "季二水",
    "摘要说明": "转账",
    "交易是否成功": "1",
}


def row(**changes: str) -> list[str]:
    cells = BASE | changes
    return [cells.get(name, "") for name in HEAD]


def bank(folder: Path, *rows: list[str], head: list[str] = HEAD, encoding: str = "utf-8") -> Facts:
    return read(folder, text_of([head, *rows]), encoding=encoding)


def test_one_payment(tmp_path: Path) -> None:
    """Trap: floats; time zone; whose books the row is from."""
    facts = bank(tmp_path, row())
    assert facts.kind == "bank_transactions"
    [leg] = facts.legs
    assert (leg["start"], leg["end"], leg["side"]) == (
        f"Account:card:{MINE}",
        f"Account:card:{OTHER}",
        "start",
    )
    assert (leg["at"], leg["at_precision"], leg["amount"], leg["currency"]) == (
        1709644447000,
        "second",
        30000,
        "CNY",
    )
    assert (leg["system"], leg["distinct"], leg["text"]) == ("bank", "152033", "转账")
    assert leg["props"] == {"start_balance_fen": 152033, "start_name": "章一凡", "end_name": "季二水"}
    owner = next(r for r in facts.records if r["slot"] == "owner")
    assert dict(zip(owner["refs"], owner["hows"], strict=True)) == {
        f"ResidentId:{ID}": "registered",
        f"Account:card:{MINE}": "registered",
    }
    counter = next(r for r in facts.records if r["slot"] == "counter")
    assert (counter["name"], counter["hows"]) == ("季二水", ["named"])


@pytest.mark.parametrize(
    "word", ["出", "D", "借", "借方", "支出", "转出", "取", "支", "出账", "O", "付", "-", " 出 ", "借 Dr"]
)
def test_words_for_out(tmp_path: Path, word: str) -> None:
    """Trap: 借 is money out from the holder's view; a lone minus otherwise means nothing."""
    [leg] = bank(tmp_path, row(收付标志=word)).legs
    assert (leg["start"], leg["side"]) == (f"Account:card:{MINE}", "start")


@pytest.mark.parametrize(
    "word", ["进", "C", "贷", "贷方", "收入", "转入", "存", "入", "入账", "收", "+", "贷 Cr"]
)
def test_words_for_in(tmp_path: Path, word: str) -> None:
    """Trap: 贷 is money in."""
    [leg] = bank(tmp_path, row(收付标志=word)).legs
    assert (leg["end"], leg["side"]) == (f"Account:card:{MINE}", "end")


@pytest.mark.parametrize(
    ("changes", "reason", "column"),
    [
        ({"收付标志": "？"}, "bad_direction", "收付标志"),
        ({"收付标志": ""}, "bad_direction", "收付标志"),
        ({"交易时间": "2024-02-30 10:00:00"}, "bad_time", "交易时间"),
        ({"交易时间": ""}, "blank_required", "交易时间"),
        ({"交易时间": "2999-01-01 00:00:01"}, "bad_time", "交易时间"),
        ({"交易时间": "2098-01-01 00:00:01"}, "future_time", "交易时间"),
        ({"交易金额": "三百"}, "bad_amount", "交易金额"),
        ({"交易金额": ""}, "blank_required", "交易金额"),
        ({"交易金额": "-300", "收付标志": "进"}, "bad_amount", "交易金额"),
        ({"交易卡号": ""}, "blank_required", "交易卡号"),
    ],
)
def test_rejected_rows_name_column_and_reason(
    tmp_path: Path, changes: dict[str, str], reason: str, column: str
) -> None:
    """Trap: a guess about direction, time or amount would turn into evidence."""
    facts = bank(tmp_path, row(**changes), row())
    assert [(r[1], r[2], r[3]) for r in facts.reasons()] == [("rejected", reason, column)]
    assert facts.reasons()[0][0] == 2
    assert len(facts.legs) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"查询反馈结果原因": "查询失败", "交易时间": "", "交易金额": "", "收付标志": ""}, "query_failed"),
        ({"查询反馈结果原因": "无记录"}, "query_failed"),
        ({"查询反馈结果原因": "账户已注销", "交易时间": "", "交易金额": ""}, "query_failed"),
        ({"交易是否成功": "0"}, "payment_failed"),
        ({"交易是否成功": "交易失败"}, "payment_failed"),
        ({"摘要说明": "冲正"}, "payment_returned"),
        ({"摘要说明": "退款"}, "payment_returned"),
        ({"收付标志": "不计收支"}, "neutral"),
        ({"收付标志": "/"}, "neutral"),
        ({"交易金额": "0.00"}, "zero_amount"),
    ],
)
def test_excluded_rows(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    """Trap: failed queries come back as rows; failed and returned payments did not happen."""
    facts = bank(tmp_path, row(**changes))
    assert [(r[1], r[2]) for r in facts.reasons()] == [("excluded", reason)]
    assert facts.legs == [] and facts.records == []


@pytest.mark.parametrize("text", ["", "查询成功", "成功", "正常"])
def test_answered_queries_are_loaded(tmp_path: Path, text: str) -> None:
    """Trap: the feedback column is filled with 成功 on good rows."""
    assert bank(tmp_path, row(查询反馈结果原因=text)).states() == {"loaded": 1}


def test_platforms_meet_in_one_flagged_node(tmp_path: Path) -> None:
    """Trap: 财付通 has many account numbers; as ordinary accounts they would be hubs between strangers."""
    names = ("财付通支付科技有限公司", "财付通", "微信支付")
    facts = bank(
        tmp_path, *(row(对手户名=name, 交易对手账卡号=f"24330013{i}") for i, name in enumerate(names))
    )
    assert {leg["end"] for leg in facts.legs} == {"Account:shop:财付通"}
    assert facts.node("Account:shop:财付通")["platform"] is True
    assert [record["slot"] for record in facts.records] == ["owner"]


def test_a_bare_name_belongs_to_its_owner_only(tmp_path: Path) -> None:
    """Trap: two customers who each paid a 季二水 must not be tied by the name."""
    facts = bank(
        tmp_path,
        row(交易对手账卡号=""),
        row(交易对手账卡号="", 交易卡号=OTHER),
        row(交易对手账卡号="", 对手户名="", 现金标志="现"),
    )
    ends = [leg["end"] for leg in facts.legs]
    names, scopes = zip(*(end.split("@") for end in ends), strict=True)
    assert names == ("Account:other:季二水", "Account:other:季二水", "Account:other:未知")
    assert scopes[0] == scopes[2] != scopes[1]
    assert facts.node(ends[0]) == {"kind": "other", "number": "季二水", "raw": "季二水", "verified": False}
    assert facts.legs[2]["props"]["cash"] is True


def test_a_bare_name_is_the_same_in_overlapping_returns(tmp_path: Path) -> None:
    """Trap: two returns of one card that overlap must show one payment, not two."""
    one = bank(tmp_path, row(交易对手账卡号=""))
    two = bank(tmp_path, row(交易对手账卡号=""), row(交易金额="5"))
    assert one.legs[0]["end"] == two.legs[0]["end"]


def test_masked_numbers_stay_in_their_file(tmp_path: Path) -> None:
    """Trap: 6200****0127 of two files may be two accounts."""
    facts = bank(tmp_path, row(交易对手账卡号="6200****0127"))
    [leg] = facts.legs
    assert leg["end"].startswith("Account:card:6200****0127@") and len(leg["end"].split("@")[1]) == 12
    assert facts.node(leg["end"])["verified"] is False


def test_a_valid_id_proves_the_counterparty(tmp_path: Path) -> None:
    """Trap: a masked id proves nothing."""
    facts = bank(
        tmp_path, row(对手身份证号=OTHER_ID), row(对手身份证号="9901**********0028", 对手户名="冬三")
    )
    proven, named = [r for r in facts.records if r["slot"] == "counter"]
    assert proven["refs"] == [f"Account:card:{OTHER}", f"ResidentId:{OTHER_ID}"]
    assert proven["hows"] == ["registered", "registered"]
    assert set(named["hows"]) == {"named"}


def test_own_transfers_are_marked(tmp_path: Path) -> None:
    """Trap: own card to own card looks like a payment between two."""
    facts = bank(tmp_path, row(对手身份证号=ID), row())
    assert [leg["props"].get("self_transfer") for leg in facts.legs] == [True, None]


def test_card_payments_name_the_shop(tmp_path: Path) -> None:
    """Trap: a purchase has no 对手户名; the shop, or the platform, stands in 商户名称."""
    head = [*HEAD, "商户名称"]
    rows = [[*row(对手户名="", 交易对手账卡号=""), shop] for shop in ("示例超市", "财付通-示例店")]
    facts = bank(tmp_path, *rows, head=head)
    assert facts.legs[0]["end"].startswith("Account:other:示例超市@")
    assert facts.legs[1]["end"] == "Account:shop:财付通"


def test_a_form_with_query_account(tmp_path: Path) -> None:
    """Trap: yet another return: 查询账号, 对方账号姓名, 交易结果."""
    head = names(
        "查询账号,对方账号姓名,对方账号卡号,金额,余额,借贷标志,交易类型,交易结果,交易时间,交易流水号"
    )
    facts = read(
        tmp_path,
        text_of([head, [MINE, "季二水", OTHER, "300", "5", "贷", "转账", "成功", "20240305211407", "9"]]),
    )
    [leg] = facts.legs
    assert (leg["start"], leg["serial"]) == (f"Account:card:{OTHER}", "9")


def test_currencies(tmp_path: Path) -> None:
    """Trap: sums across currencies; a blank cell of an account that holds dollars taken for yuan."""
    facts = bank(
        tmp_path, row(交易币种="人民币"), row(交易币种="美元"), row(交易币种="840"), row(交易币种="")
    )
    assert [leg["currency"] for leg in facts.legs] == ["CNY", "USD", "USD", None]
    assert [leg["currency"] for leg in bank(tmp_path, row(交易币种=""), row(交易币种="人民币")).legs] == [
        "CNY"
    ] * 2
    assert [leg["currency"] for leg in bank(tmp_path, row(交易币种="不详币")).legs] == [None]


def test_each_person_once(tmp_path: Path) -> None:
    """Trap: a record per row would be a hundred thousand records of one holder."""
    facts = bank(tmp_path, *(row(交易流水号=str(i)) for i in range(50)))
    assert [(r["slot"], r["row"]) for r in facts.records] == [("counter", 2), ("owner", 2)]
    assert len(facts.legs) == 50


def test_preamble_totals_blanks_repeated_headings(tmp_path: Path) -> None:
    """Trap: none of these is a data row; row numbers stay those of the spreadsheet."""
    head = [name for name in HEAD if name not in {"交易卡号", "账户开户名称"}]
    cells = [value for name, value in zip(HEAD, row(), strict=True) if name in head]
    lines = [["示例银行交易明细"], [f"卡号：{MINE}", "户名：章一凡"], ["共2笔"], [], head, cells]
    lines += [[""] * len(head), head, cells, ["合计", "", "", "600.00"]]
    facts = read(tmp_path, text_of(lines))
    assert [r["row"] for r in facts.rows] == [6, 9]
    assert (facts.header_row, facts.declared_rows) == (5, 2)
    assert facts.legs[0]["start"] == f"Account:card:{MINE}"
    assert facts.records[1]["name"] == "章一凡"


@pytest.mark.parametrize("line", ["共3条", "总记录数：3", "合计 共3笔"])
def test_a_count_declared_at_the_end(tmp_path: Path, line: str) -> None:
    """Trap: the file itself says that a row is missing."""
    facts = bank(tmp_path, row(), row(交易金额="5"), [line], ["打印时间：2024-03-06 10:00:00"])
    assert (len(facts.rows), facts.declared_rows) == (2, 3)


def test_reordered_columns_and_other_spellings(tmp_path: Path) -> None:
    """Trap: columns vary by batch; 主体卡号 and 进出标志 are the same things."""
    head = ["进出标志", "交易对手帐卡号", "主体卡号", "主体户名", "交易金额（元）", "交易时间", "多余列"]
    facts = read(tmp_path, text_of([head, ["出", OTHER, MINE, "章一凡", "300", "2024/3/5 21:14", "x"]]))
    [leg] = facts.legs
    assert (leg["start"], leg["amount"], leg["at_precision"]) == (f"Account:card:{MINE}", 30000, "minute")


def test_cmb_return(tmp_path: Path) -> None:
    """Trap: date and time in two columns, direction explained in its heading."""
    head = [
        "交易日期",
        "交易时间",
        "客户名称",
        "交易卡号",
        "交易方向(D:借|C:贷)",
        "交易金额",
        "联机余额",
        "对方帐号",
        "对方客户名称",
        "交易摘要",
        "账号",
    ]
    cells = [
        "20240305",
        "211407",
        "章一凡",
        MINE,
        "D",
        "300.00",
        "5.00",
        OTHER,
        "季二水",
        "转账",
        "990100000000018",
    ]
    [leg] = read(tmp_path, text_of([head, cells])).legs
    assert (leg["start"], leg["at"], leg["amount"]) == (f"Account:card:{MINE}", 1709644447000, 30000)


def test_income_and_expense_columns(tmp_path: Path) -> None:
    """Trap: two amount columns instead of a direction; both filled is no answer."""
    head = ["交易卡号", "交易时间", "收入金额", "支出金额", "对方账号", "对方户名"]
    when = "2024-03-05 21:14:07"
    rows = [
        [MINE, when, "5.00", "", OTHER, "季"],
        [MINE, when, "", "6.00", OTHER, "季"],
        [MINE, when, "5", "6", OTHER, "季"],
    ]
    facts = read(tmp_path, text_of([head, *rows]))
    assert [(leg["side"], leg["amount"]) for leg in facts.legs] == [("end", 500), ("start", 600)]
    assert [r[2] for r in facts.reasons()] == ["bad_direction"]


def test_surplus_cells_reject_the_row(tmp_path: Path) -> None:
    """Trap: one unquoted comma in a name shifts amount and direction."""
    shifted = row()
    shifted.insert(2, "章")
    facts = bank(tmp_path, row(), row(), shifted)
    assert [(r[0], r[2]) for r in facts.reasons()] == [(4, "surplus_cells")]
    full = [*row(), "尾"]
    assert bank(tmp_path, row(), full, row()).reasons()[0][:3] == (3, "rejected", "surplus_cells")
    assert bank(tmp_path, [*row(), ""]).states() == {"loaded": 1}


def test_numbers_a_spreadsheet_cut(tmp_path: Path) -> None:
    """Trap: a card typed as a number lost its last digits; an id kept as text did not."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(row())
    sheet.append(row())
    sheet["I3"] = 6200990000000000127
    path = tmp_path / "a.xlsx"
    book.save(path)
    [facts] = facts_of(path)
    assert facts.legs[0]["end"] == f"Account:card:{OTHER}"
    assert facts.legs[1]["end"].startswith("Account:card:6.20099")
    assert facts.node(facts.legs[1]["end"])["verified"] is False


def test_several_sheets(tmp_path: Path) -> None:
    """Trap: a workbook holds its sister tables, a note and a table nobody knows; no row may vanish."""
    book = Workbook()
    book.active.title = "交易明细"
    for cells in (HEAD, row()):
        book.active.append(cells)
    accounts = book.create_sheet("账户信息")
    accounts.append(["账户开户名称", "开户人证件号码", "交易卡号", "账户状态", "开户网点", "联系电话"])
    accounts.append(["章一凡", ID, MINE, "正常", "示例支行", "13900001234"])
    book.create_sheet("说明").append(["以上数据仅供参考"])
    other = book.create_sheet("其他")
    for cells in (["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]):
        other.append(cells)
    path = tmp_path / "a.xlsx"
    book.save(path)
    found = facts_of(path)
    assert [facts.kind for facts in found] == ["bank_transactions", "bank_accounts", "unknown"]
    assert found[1].records[0]["refs"][:2] == [f"ResidentId:{ID}", f"Account:card:{MINE}"]
    assert found[2].states() == {"excluded": 2}
    assert {r[2] for r in found[2].reasons()} == {"unknown_table"}


def test_a_reject_list_comes_back(tmp_path: Path) -> None:
    """Trap: the list Upline writes has six columns of its own, which are no surplus."""
    extra = ["__文件", "__工作表", "__行号", "__列", "__值", "__原因"]
    text = text_of([[*HEAD, *extra], [*row(), "流水.csv", "", "7", "收付标志", "？", "bad_direction"]])
    facts = read(tmp_path, text, encoding="utf-8-sig")
    assert (facts.kind, facts.states()) == ("bank_transactions", {"loaded": 1})
    assert "__" not in str(facts.records) + str([leg["props"] for leg in facts.legs])


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Trap: “unknown file” does not help; the missing column does."""
    head = [name for name in HEAD if name != "收付标志"]
    with pytest.raises(Unreadable) as error:
        read(tmp_path, text_of([head, [""] * len(head)]))
    assert error.value.reason == "missing_columns"
    assert "收付标志" in str(error.value)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    """Trap: the same return arrives in three encodings."""
    plain, other = bank(tmp_path, row()), bank(tmp_path, row(), encoding=encoding)
    assert [leg["start"] for leg in plain.legs] == [leg["start"] for leg in other.legs]
    assert plain.rows == other.rows
