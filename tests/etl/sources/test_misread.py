"""Lines that are no rows, cells that are no numbers, headings that say more than a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.checks import notes_of
from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from tests.etl.opened import Facts, facts_of, names, read, text_of
from tests.etl.sources.casefiles import beijing, files, paid, refusal, sheets

MINE, YOURS, OTHER = "6200991100000000014", "6200991100000000022", "6200991100000000030"
HEAD = names("交易卡号,交易户名,交易时间,交易金额,收付标志,交易对手账卡号,对手户名,摘要说明")


def book(folder: Path, *rows: list[str]) -> Facts:
    return read(folder, text_of([HEAD, *rows]))


def row(
    card: str = MINE, day: int = 1, amount: str = "5", number: str = OTHER, memo: str = "转账"
) -> list[str]:
    return [card, "公冶", f"2026-03-{day:02} 08:00:00", amount, "出", number, "", memo]


# totals


def test_totals_of_the_case() -> None:
    """Trap: a total that carries a date and a direction becomes a payment from the account 合计."""
    [facts] = sheets("06-totals-and-subtotals")
    assert [money[2] for money in paid(facts)] == [1_000, 2_000, 3_000]
    assert facts.states() == {"loaded": 3, "excluded": 1}


@pytest.mark.parametrize(
    "word", ["合计", "本页小计", "承前页", "过次页", "本月合计", "上年结转", "Total", "人民币合计："]
)
def test_total_lines(tmp_path: Path, word: str) -> None:
    """Trap: the word stands first, with the date, direction and even a counterparty of a row behind it."""
    facts = book(tmp_path, row(), [word, "", "2026-03-31", "60", "出", "", "", ""], row(day=2))
    assert len(facts.legs) == 2
    numbered = read(
        tmp_path,
        text_of([["序号", *HEAD], ["1", *row()], ["2", word, "", "2026-03-31", "60", "出", OTHER, "", ""]]),
    )
    assert len(numbered.legs) == 1
    assert numbered.reasons() == [(3, "excluded", "total_line", None, None)]


@pytest.mark.parametrize("word", ["期初余额", "承前页", "余额结转", "本日合计"])
def test_balances_carried_forward(tmp_path: Path, word: str) -> None:
    """Trap: the balance an account began with becomes an income of nobody."""
    facts = book(tmp_path, row(amount="1000", number="", memo=word), row(day=2))
    assert [leg["amount"] for leg in facts.legs] == [500]
    assert facts.reasons() == [(2, "excluded", "total_line", "摘要说明", word)]


def test_a_payment_whose_memo_speaks_of_a_sum_stays(tmp_path: Path) -> None:
    """Trap: 货款合计 paid to somebody is a payment."""
    assert len(book(tmp_path, row(memo="货款合计"), row(day=2, memo="合计")).legs) == 2


# fillers and numbers a spreadsheet rounded


def test_fillers_of_the_case() -> None:
    """Trap: two strangers who paid the account 000000 know each other."""
    [facts] = sheets("11-placeholder-counterparties")
    assert facts.states() == {"loaded": 32}
    ends = {who: {leg["end"] for leg in facts.legs if leg["start"].endswith(who)} for who in ("0014", "0022")}
    assert not ends["0014"] & ends["0022"]


@pytest.mark.parametrize(
    "text", ["99999999999", "1234567890", "未识别", "无卡号", "#REF!", "#NULL!", "22222222", "(null)", "？"]
)
def test_more_fillers(tmp_path: Path, text: str) -> None:
    """Trap: every bank has a filler of its own."""
    first, second = book(tmp_path, row(number=text), row(YOURS, number=text)).legs
    assert first["end"] != second["end"]


@pytest.mark.parametrize("text", ["6.20099E+18", "6200991100000000000", "6200991100000010000"])
def test_rounded_numbers_of_others(tmp_path: Path, text: str) -> None:
    """Trap: a thousand accounts with the same fifteen digits become one account, even of one owner."""
    facts = book(tmp_path, row(number=text), row(YOURS, number=text), row(day=2, number=text))
    assert len({leg["end"] for leg in facts.legs}) == 3
    assert all(facts.node(leg["end"])["verified"] is False for leg in facts.legs)


def test_rounded_numbers_of_the_owner(tmp_path: Path) -> None:
    """Trap: the books of several people under one rounded number."""
    facts = book(tmp_path, row("6.20099E+18"), row())
    assert facts.reasons() == [(2, "rejected", "cut_number", "交易卡号", "6.20099E+18")]


def test_a_filler_for_an_owner(tmp_path: Path) -> None:
    """Trap: rows of different people whose own account is 0."""
    facts = book(tmp_path, row("000000"), row())
    assert facts.reasons() == [(2, "rejected", "filler", "交易卡号", "000000")]


def test_whole_numbers_stay(tmp_path: Path) -> None:
    """Trap: a true number that ends in zeros, or an account of a chat with one digit repeated, taken for a filler."""
    facts = book(tmp_path, row(number="6200991100000000100"))
    assert facts.legs[0]["end"].endswith("6200991100000000100")


def test_plates() -> None:
    """Traps: ways of writing one plate; cars nobody could read become one car that was everywhere."""
    [facts] = sheets("27-plates")
    seen = [leg["start"] for leg in facts.legs_of("SEEN_AT")]
    assert seen[:4] == ["Vehicle:浙Z99A27|02"] * 4
    assert len(set(seen)) == 3
    assert [(r[0], r[2], r[4]) for r in facts.reasons()] == [(7, "filler", "未识别"), (8, "filler", "车牌")]


def test_plates_not_read_whole(tmp_path: Path) -> None:
    """Trap: the same gap in two plates is not the same car."""
    head = names("号牌号码,号牌种类,经过时间,卡口编号")
    cells = [
        [plate, "02", f"2026-03-01 08:0{i}:00", "9901"]
        for i, plate in enumerate(["浙Z99A2*", "浙Z99A2*", "浙Z99", "浙Z99"])
    ]
    facts = read(tmp_path, text_of([head, *cells]))
    assert len({leg["start"] for leg in facts.legs_of("SEEN_AT")}) == 4


# numbers


def test_invisible_signs() -> None:
    """Trap: fourteen ways of writing one number are fourteen people."""
    [facts] = sheets("12-invisible-chars-in-numbers")
    assert {leg["end"] for leg in facts.legs_of("CALLED")} == {"Phone:+8613900120002"}
    assert len(facts.legs_of("CALLED")) == 14


@pytest.mark.parametrize(
    "sign", ["\u2066", "\u2069", "\u061c", "\u180e", "\u2061", "\ufff9", "\U000e0020", "\u00ad", "\u200d"]
)
def test_any_sign_that_shows_nothing(tmp_path: Path, sign: str) -> None:
    """Trap: only the usual zero-width signs were known; inside a number, an amount, a time, a heading."""
    head = [*HEAD[:3], f"交易{sign}金额", *HEAD[4:]]
    cells = row(card=f"{MINE[:5]}{sign}{MINE[5:]}", number=f"{sign}{OTHER}{sign}", amount=f"5{sign}.25")
    cells[2] = f"2026-03-01{sign} 08:00:00"
    facts = read(tmp_path, text_of([head, cells]))
    assert paid(facts) == [("0014", "0030", 525, "CNY")]


def test_name_and_account_in_one_cell() -> None:
    """Trap: one account in five ways of writing is five accounts."""
    [facts] = sheets("48-name-and-account-in-one-cell")
    assert {(one, two) for one, two, _, _ in paid(facts)} == {("0010", "0028")}
    assert len(facts.legs) == 5
    assert {leg["props"]["end_name"] for leg in facts.legs} == {"季试四八"}


@pytest.mark.parametrize(
    "cell",
    [
        "季试（6200991100000000030）",
        "账号：6200991100000000030 户名：季试",
        "6200991100000000030/季试",
        "季试-6200991100000000030",
    ],
)
def test_more_ways_of_one_cell(tmp_path: Path, cell: str) -> None:
    """Trap: labels, strokes and brackets around both."""
    facts = book(tmp_path, row(number=cell))
    assert paid(facts) == [("0014", "0030", 500, "CNY")]
    assert facts.legs[0]["props"]["end_name"] == "季试"


def test_two_numbers_in_one_cell_are_neither(tmp_path: Path) -> None:
    """Trap: of two accounts the first is taken."""
    facts = book(tmp_path, row(number=f"季试 {OTHER}/{YOURS}"))
    assert facts.node(facts.legs[0]["end"])["verified"] is False


# headings


def test_headings_with_line_ends_units_and_remarks() -> None:
    """Trap: 交易金额（万元） in two lines is no known heading, or is read as yuan."""
    [facts] = sheets("40-heading-newlines-units")
    assert paid(facts) == [("0012", "0020", 1_250_000, "CNY")]


def test_remarks_that_change_the_meaning(tmp_path: Path) -> None:
    """Traps: 交易金额(收入) taken for the amount; a time in UTC taken for Beijing's; dollars in the heading."""
    head = names("交易卡号,交易时间(必填),交易金额(美元),收付标志(说明),交易对手账卡号")
    cells = [MINE, "2026-03-01 08:00:00", "5", "出", OTHER]
    assert paid(read(tmp_path, text_of([head, cells]))) == [("0014", "0030", 500, "USD")]
    for heading in ("交易时间(UTC)", "交易金额(手续费)"):
        changed = [heading if name.startswith(heading[:4]) else name for name in head]
        path = tmp_path / "x.csv"
        path.write_text(text_of([changed, cells]), encoding="utf-8")
        assert refusal(path) is not None, heading


def test_a_heading_in_two_lines() -> None:
    """Trap: 户名 below 对方信息 is the other party's, and the counterparty is lost without it."""
    [facts] = sheets("04-two-line-heading")
    assert paid(facts) == [("0013", "0021", 30_000, "CNY"), ("0021", "0013", 5_000, "CNY")]
    assert [r["name"] for r in facts.records if r["slot"] == "counter"] == ["季试四"]


def test_two_lines_in_text(tmp_path: Path) -> None:
    """Trap: in text nothing is merged, and the upper line has blanks."""
    text = "本方信息,,交易时间,对方信息,,发生额,\n卡号,户名,,户名,账号,借方,贷方\n"
    facts = read(tmp_path, f"{text}{MINE},公冶,2026-03-01 08:00:00,季试,{OTHER},300.00,\n")
    assert paid(facts) == [("0014", "0030", 30_000, "CNY")]
    assert facts.legs[0]["props"]["end_name"] == "季试"


# dates


def test_years_only_in_the_period_above() -> None:
    """Trap: a bill without years is rejected whole, or is of this year."""
    [facts] = sheets("24-mobile-no-year")
    calls = facts.legs_of("CALLED")
    assert [(beijing(call), call["amount"], call["side"]) for call in calls] == [
        ("2026-03-01 08:00:00", 70, "start"),
        ("2026-03-02 09:00:00", 3723, "end"),
    ]


def test_a_period_over_new_year(tmp_path: Path) -> None:
    """Traps: a year guessed where the period leaves two, or where there is no period."""
    head = "对方号码,呼叫类型,开始时间,通话时长"
    rows = ["13900240002,主叫,12-31 23:59:00,1", "13900240002,主叫,01-02 08:00:00,1"]
    above = "手机号码：13900240001"
    facts = read(tmp_path, "\n".join([above, "查询时间：2025-12-15 至 2026-01-14", head, *rows, ""]))
    assert [beijing(call) for call in facts.legs_of("CALLED")] == [
        "2025-12-31 23:59:00",
        "2026-01-02 08:00:00",
    ]
    facts = read(tmp_path, "\n".join([above, "查询时间：2024-12-15 至 2026-01-14", head, *rows, ""]))
    assert [reason[2] for reason in facts.reasons()] == ["no_year", "no_year"]
    facts = read(tmp_path, "\n".join([above, head, *rows, ""]))
    assert [reason[2:5] for reason in facts.reasons()] == [
        ("no_year", "开始时间", "12-31 23:59:00"),
        ("no_year", "开始时间", "01-02 08:00:00"),
    ]


@pytest.mark.parametrize("text", ["2024-02-30", "2024年13月1日", "20240231", "31/02/2024"])
def test_dates_that_do_not_exist(tmp_path: Path, text: str) -> None:
    """Trap: an impossible date of a native table becomes blank without a word."""
    head = names("案件编号,案件名称,案件类别,立案日期,破案日期")
    cells = ["A9901000000002024030001", "章一凡贩卖毒品案", "贩卖毒品案", "2024-03-06"]
    facts = read(tmp_path, text_of([head, [*cells, text]]))
    assert facts.reasons() == [(2, "rejected", "bad_time", "破案日期", text)]
    for said in ("长期", "", "2024年3月"):
        assert read(tmp_path, text_of([head, [*cells, said]])).states() == {"loaded": 1}


# files


def test_hidden_sheets_are_told(tmp_path: Path) -> None:
    """Trap: a sheet somebody hid because it is void is loaded, and nobody knows."""
    [path] = files("36-hidden-and-offset-sheets")
    assert [len(facts.legs) for facts in facts_of(path)] == [4, 1]
    archive = Archive(tmp_path)
    archive.keep("a" * 64, path.name, open_file(path, FileOrigin(path.name, "a" * 64)), lambda _: None)
    [note] = [note for note in notes_of(archive, "a" * 64) if "隐藏" in note.zh]
    assert "旧版" in note.zh and "1 行" in note.zh


@pytest.mark.parametrize(
    "head",
    [
        "记录时间,分类,收支类型,金额,备注,账户,来源,标签",
        "日期,类别,收支类型,金额,备注",
        "时间,分类,类型,金额,账户1,账户2,备注,账单标记",
    ],
)
def test_cash_books_are_no_statements(tmp_path: Path, head: str) -> None:
    """Trap: the advice to add the missing column turns what somebody noted for himself into payments."""
    [path] = files("38-alipay-cashbook")
    other = tmp_path / "账.csv"
    other.write_text(
        f"{head}\n{','.join(['2026-03-01 08:00:00', '餐饮', '支出', '12.00'] + [''] * (head.count(',') - 3))}\n"
    )
    for error in (refusal(path), refusal(other)):
        assert error is not None and error.reason == "cashbook"
        assert "不是支付流水" in error.zh and "流水证明" in error.zh


def test_the_advice_of_a_refusal_makes_no_data(tmp_path: Path) -> None:
    """Trap: whoever follows "add the heading" makes up what the source did not say."""
    book = Workbook()
    for cells in (["交易卡号", "交易金额", "交易余额", "收付标志"], [MINE, "5", "6", "出"]):
        book.active.append(cells)
    path = tmp_path / "a.xlsx"
    book.save(path)
    error = refusal(path)
    assert error is not None and error.reason == "missing_columns"
    assert "补齐" not in error.zh and "不要自行改表头" in error.zh
