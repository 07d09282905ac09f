"""Files as banks, carriers and other programs send them, small and invented: what became of each by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of, read, text_of
from tests.etl.sources.casefiles import end, paid, refusal

MINE, OTHER, THIRD = "6228480000000001016", "6228480000000002022", "6228480000000003038"
PHONE, CALLED = "13900001234", "13900005678"
BANK = [
    "交易卡号",
    "交易时间",
    "交易金额",
    "收付标志",
    "交易对手账卡号",
    "对手户名",
    "摘要说明",
    "交易流水号",
]
CALLS = ["对方号码", "呼叫类型", "开始时间", "通话时长"]
DAY = "2026-03-01 10:00:00"


def bank(folder: Path, rows: list[list[str]], above: tuple[str, ...] = (), name: str = "流水.csv") -> Facts:
    return read(folder, text_of([*([line] for line in above), BANK, *rows]), name)


def ends(facts: Facts, rel: str) -> list[tuple[str, str]]:
    return [(leg["start"], leg["end"]) for leg in facts.legs_of(rel)]


@pytest.mark.parametrize("word", ["退单", "撤单", "返销", "转账撤消", "交易冲减", "退货", "冲退"])
def test_more_words_for_taking_back(tmp_path: Path, word: str) -> None:
    """Trap: a word nobody listed leaves the payment and makes another one of what came back."""
    out = [MINE, DAY, "100", "出", OTHER, "季试", "消费", "A1"]
    back = [MINE, "2026-03-01 11:00:00", "100", "进", OTHER, "季试", word, "B1"]
    assert bank(tmp_path, [out, back]).states() == {"excluded": 2}


@pytest.mark.parametrize(
    "text",
    [
        *("无对手", "见备注", "XXXX", "系统内部", "待补录", "柜台", "1234567890123456789", "0" * 29 + "1"),
        "6,222,020,000,000,000,000",
    ],
)
def test_what_fills_the_place_of_an_account(tmp_path: Path, text: str) -> None:
    """Trap: strangers of one file who paid 见备注, or a number shown with commas and cut, know each other."""
    rows = [[own, DAY, "100", "出", text, "", "", ""] for own in (MINE, THIRD)]
    one, two = ends(bank(tmp_path, rows), "PAID")
    assert one[1] != two[1]


def test_an_owner_without_a_number(tmp_path: Path) -> None:
    """Trap: the name of a person where his account belongs becomes an account."""
    facts = bank(tmp_path, [["章一凡", DAY, "100", "出", OTHER, "", "", ""]])
    assert facts.reasons() == [(2, "rejected", "filler", "交易卡号", "章一凡")]


@pytest.mark.parametrize(
    "text",
    [
        *("Unknown", "Private", "私人号码", "-1", "-2", "1", "未显示", "12345678901", "13000000000"),
        *("13800000000", "anonymous", "无主叫"),
    ],
)
def test_callers_who_show_nothing(tmp_path: Path, text: str) -> None:
    """Trap: everybody who hides his number is one contact of everybody."""
    facts = read(tmp_path, text_of([CALLS, [text, "被叫", DAY, "30"]]), f"{PHONE}.csv")
    assert [reason for _, _, reason, _, _ in facts.reasons()] == ["filler"]


def test_what_fills_the_place_of_cards_and_handsets(tmp_path: Path) -> None:
    """Trap: two people whose SIM card, handset and identity number were filled in by a clerk are one."""
    heads = ["手机号码", "机主姓名", "身份证号", "入网时间", "IMSI", "IMEI"]
    fillers = [
        ("1" * 17 + "X", "460" + "0" * 12, "123456789012345"),
        ("X", "460001234567890", "0" * 14 + "1"),
    ]
    rows = [[f"1390000{i}23{j}", "甲", *_split(each)] for i, each in enumerate(fillers, 1) for j in (1, 2)]
    facts = read(tmp_path, text_of([heads, *rows]))
    assert all(ref.startswith("Phone:+86") for record in facts.records for ref in record["refs"])
    assert not facts.legs


def _split(each: tuple[str, str, str]) -> list[str]:
    return [each[0], "2020-01-01", each[1], each[2]]


@pytest.mark.parametrize(
    "cell",
    [
        *("tel:13900005678", "139\u20110000\u20115678", "13900005678（季试）", "季试 13900005678"),
        *("1252013900005678", "12583113900005678", "1019313900005678"),
    ],
)
def test_more_ways_of_one_telephone_number(tmp_path: Path, cell: str) -> None:
    """Trap: a name, a hyphen that does not break, or a prefix of the net makes another number."""
    facts = read(tmp_path, text_of([CALLS, [cell, "主叫", DAY, "30"]]), f"{PHONE}.csv")
    assert ends(facts, "CALLED") == [(f"Phone:+86{PHONE}", f"Phone:+86{CALLED}")]


@pytest.mark.parametrize("cell", [f"LI ER {OTHER}", f"{OTHER} LI ER", f"三六零360科技有限公司 {OTHER}"])
def test_names_in_letters_or_with_digits_beside_a_number(tmp_path: Path, cell: str) -> None:
    """Trap: 6228…LIER is an account of its own, and so is every company with a number in its name."""
    assert [leg[1] for leg in paid(bank(tmp_path, [[MINE, DAY, "1", "出", cell, "", "", ""]]))] == [
        OTHER[-4:]
    ]


@pytest.mark.parametrize(
    ("name", "fen", "currency"),
    [
        (f"{MINE}_单位千元.csv", 300_000, "CNY"),
        (f"{MINE}-万元.csv", 3_000_000, "CNY"),
        (f"{MINE}_美元户.csv", 300, "USD"),
        (f"{MINE}-USD流水.csv", 300, "USD"),
        (f"{MINE}_万元红包店.csv", 300, "CNY"),
    ],
)
def test_unit_and_currency_in_the_name_of_a_file(tmp_path: Path, name: str, fen: int, currency: str) -> None:
    """Trap: a name without brackets says the unit, and the account in dollars is one in yuan."""
    row = [DAY, "3", "出", OTHER, "", "", ""]
    facts = read(tmp_path, text_of([BANK[1:], row]), name)
    assert paid(facts) == [(MINE[-4:], OTHER[-4:], fen, currency)]


def test_a_unit_far_to_the_right_between_rows(tmp_path: Path) -> None:
    """Trap: the line is no note because its first cells are blank, and 7 yuan are 70,000."""
    rows = [
        [MINE, DAY, "5", "出", OTHER],
        ["", "", "", "", "（金额单位：元）"],
        [MINE, DAY, "7", "出", THIRD],
    ]
    assert [leg["amount"] for leg in bank(tmp_path, rows, ("单位：万元",)).legs] == [5_000_000, 700]


def test_an_account_named_without_a_colon(tmp_path: Path) -> None:
    """Trap: the second account's rows stay with the first."""
    text = text_of(
        [
            [f"账号：{MINE}"],
            BANK[1:],
            [DAY, "10", "出", OTHER],
            [f"账号 {THIRD} 交易明细"],
            [DAY, "20", "出", OTHER],
        ]
    )
    assert [leg[0] for leg in paid(read(tmp_path, text))] == [MINE[-4:], THIRD[-4:]]


def test_a_dollar_sign_is_no_yuan(tmp_path: Path) -> None:
    """Trap: $6 are six yuan."""
    rows = [[MINE, DAY, amount, "出", OTHER, "", "", ""] for amount in ("$6", "¥7")]
    assert [leg["currency"] for leg in bank(tmp_path, rows).legs] == [None, "CNY"]


@pytest.mark.parametrize(
    ("name", "memo"),
    [
        *(("本月合计", ""), ("", "BALANCE B/F"), ("", "Balance C/F"), ("", "上月结存")),
        *(("", "本月发生额及余额"), ("", "月计")),
    ],
)
def test_more_lines_of_sums(tmp_path: Path, name: str, memo: str) -> None:
    """Trap: the sum stands in the column of names, or in words of a bank that writes English."""
    facts = bank(tmp_path, [[MINE, DAY, "1000", "进", "", name, memo, ""]])
    assert [reason for _, _, reason, _, _ in facts.reasons()] == ["total_line"]


@pytest.mark.parametrize("state", ["处理中", "已受理", "待复核"])
def test_a_payment_that_has_not_happened_yet(tmp_path: Path, state: str) -> None:
    """Trap: what waits for an answer of the bank is a payment."""
    text = text_of([[*BANK, "交易状态"], [MINE, DAY, "5", "出", OTHER, "", "", "", state]])
    assert [reason for _, _, reason, _, _ in read(tmp_path, text).reasons()] == ["payment_failed"]


def test_sums_without_a_date_and_ends_of_pages(tmp_path: Path) -> None:
    """Trap: they are put on the list of rows somebody has to correct."""
    rows = [[MINE, DAY, "5", "出", OTHER], ["第1页 共2页"], ["", "", "5", "", "", "", "借方合计"]]
    assert bank(tmp_path, rows).states() == {"loaded": 1, "excluded": 1}


def test_stray_quotes_in_two_rows(tmp_path: Path) -> None:
    """Trap: from one stray quote to the next, rows are the name of a person."""
    rows = [f"{MINE},{DAY},{n},出,{OTHER},{name}\n" for n, name in enumerate(['"季', '季"', "季"], 301)]
    facts = read(tmp_path, ",".join(BANK[:6]) + "\n" + "".join(rows))
    assert [leg["amount"] for leg in facts.legs] == [30100, 30200, 30300]


ACCOUNTS = ["交易卡号", "账户开户名称", "开户人证件号码", "账号开户时间", "账户状态"]


def test_tables_one_below_the_other(tmp_path: Path) -> None:
    """Trap: the transactions below a list of accounts are more accounts, or calls below them payments."""
    rows = [[f"账号：{MINE}"], ACCOUNTS, [MINE, "章一凡", "990101199001010019", "2020-01-01", "正常"]]
    rows += [["交易明细"], BANK[1:], [DAY, "10", "出", OTHER], [], ["通话"], ["本机号码", *CALLS]]
    path = tmp_path / "全部.csv"
    path.write_text(text_of([*rows, [PHONE, CALLED, "主叫", DAY, "65"]]), encoding="utf-8")
    accounts, payments, calls = facts_of(path)
    assert [each.kind for each in (accounts, payments, calls)] == [
        "bank_accounts",
        "bank_transactions",
        "call_records",
    ]
    assert [row["row"] for each in (accounts, payments, calls) for row in each.rows] == [3, 6, 10]
    assert paid(payments) == [(MINE[-4:], OTHER[-4:], 1000, "CNY")]
    assert ends(calls, "CALLED") == [(f"Phone:+86{PHONE}", f"Phone:+86{CALLED}")]


@pytest.mark.parametrize("gap", [[""], []])
def test_tables_side_by_side_are_refused(tmp_path: Path, gap: list[str]) -> None:
    """Trap: the right one is lost without a word."""
    row = [MINE, DAY, "10", "出", OTHER, "季试", "", ""]
    with pytest.raises(Unreadable) as told:
        read(tmp_path, text_of([[*BANK, *gap, *BANK], [*row, *gap, *row]]))
    assert told.value.reason == "side_by_side"


@pytest.mark.parametrize(
    ("above", "heading"), [("时区：UTC", "交易时间"), ("", "交易时间(UTC)"), ("所有时间为 GMT", "交易时间")]
)
def test_times_of_another_zone(tmp_path: Path, above: str, heading: str) -> None:
    """Trap: eight hours; and the advice to map the column makes them eight hours all the same."""
    path = tmp_path / f"{MINE}.csv"
    path.write_text(text_of([[above], [heading, *BANK[2:]], [DAY, "10", "出", OTHER]]), encoding="utf-8")
    told = refusal(path)
    assert told is not None and told.reason == "other_zone"


def test_beijing_time_may_be_said(tmp_path: Path) -> None:
    """Trap: UTC+8 is refused."""
    assert bank(tmp_path, [[MINE, DAY, "5", "出", OTHER]], ("时区：UTC+8",)).states() == {"loaded": 1}


@pytest.mark.parametrize("theirs", ["对手方", "对方客户", "收款单位", "交易对手信息"])
def test_a_group_in_front_that_is_not_the_owner(tmp_path: Path, theirs: str) -> None:
    """Trap: the other party stands first under a name nobody knows, and his account becomes the owner's."""
    upper = [theirs, "", "本人", "", "交易", "", ""]
    lower = ["户名", "账号", "户名", "账号", "交易时间", "交易金额", "收付标志"]
    row = ["季试", OTHER, "章一凡", MINE, DAY, "300", "出"]
    [(payer, payee, fen, _)] = paid(read(tmp_path, text_of([upper, lower, row])))
    assert (payer, fen) == (MINE[-4:], 30000)
    assert payee == OTHER[-4:] or theirs == "收款单位"


@pytest.mark.parametrize(("codes", "loaded"), [(("0", "1"), 2), (("1", "2"), 0)])
def test_codes_of_directions(tmp_path: Path, codes: tuple[str, str], loaded: int) -> None:
    """Trap: 1 is called where 0 is calling, and calling where 2 is called."""
    rows = [[CALLED, code, f"2026-03-01 10:0{n}:00", "5"] for n, code in enumerate(codes)]
    facts = read(tmp_path, text_of([CALLS, *rows]), f"{PHONE}.csv")
    assert facts.states().get("loaded", 0) == loaded


@pytest.mark.parametrize(
    ("word", "rel", "start"),
    [
        *(("End1 to End2", "CALLED", PHONE), ("End2 to End1", "CALLED", CALLED)),
        *(("End2->End1", "CALLED", CALLED), ("1->2", "CALLED", PHONE), ("<->", "RELATED_TO", PHONE)),
        *(("", "RELATED_TO", PHONE), ("看图", "RELATED_TO", PHONE)),
    ],
)
def test_directions_of_a_link_list(tmp_path: Path, word: str, rel: str, start: str) -> None:
    """Trap: an arrow with two heads, or none, or a word nobody knows, is a call from the first to the second."""
    heads = ["End1 Type", "End1 Id", "Link Type", "Date", "Direction", "End2 Type", "End2 Id"]
    facts = read(tmp_path, text_of([heads, ["Phone", PHONE, "Call", "2026-03-01", word, "Phone", CALLED]]))
    assert [(leg["rel"], end(leg["start"])) for leg in facts.legs] == [(rel, start[-4:])]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("edges.csv", f"Source,Target,Type,Id,Label,Weight\n{PHONE},{CALLED},Undirected,1,call,3\n"),
        ("g.net", f'*Vertices 2\n1 "{PHONE}"\n2 "{CALLED}"\n*Edges\n1 2 1\n'),
        ("g.gml", f'graph [\n  directed 0\n  node [\n id 1\n label "{PHONE}"\n ]\n]\n'),
    ],
)
def test_lists_of_edges_are_no_calls(tmp_path: Path, name: str, text: str) -> None:
    """Trap: who is told to use a template writes an edge without direction as a call."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    told = refusal(path)
    assert told is not None and told.reason == "graph_list" and "GEXF" in told.en
