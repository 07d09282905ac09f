"""What a sheet says once for its rows: owner, currency, unit; above the heading, between the rows, in names."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of, read
from tests.etl.sources.casefiles import paid, sheets

A, B, OTHER = "6200990300000000058", "6200990300000000066", "6200990300000000074"
HEAD = "交易时间,交易金额,收付标志,对方账号,对方户名"


def row(day: int, amount: str, way: str = "出") -> str:
    return f"2026-03-{day:02} 08:00:00,{amount},{way},{OTHER},季试"


def test_a_unit_above_the_heading() -> None:
    """Trap: 单位：万元 overlooked makes every amount ten thousand times too small."""
    [facts] = sheets("02d-unit-wan-preamble")
    assert paid(facts) == [("0084", "0092", 12_500_000, "CNY")]
    assert facts.legs[0]["props"]["start_balance_fen"] == 100_000_000


@pytest.mark.parametrize(
    ("line", "fen", "currency"),
    [
        ("单位:万元", 1_250_000, "CNY"),
        ("（金额单位：人民币万元）", 1_250_000, "CNY"),
        ("示例银行对账单 单位：千元", 125_000, "CNY"),
        ("单位：元", 125, "CNY"),
        ("货币单位：美元", 125, "USD"),
        ("币种：港币", 125, "HKD"),
        ("币种,欧元", 125, "EUR"),
        ("户名：章一凡 币种：人民币", 125, "CNY"),
        ("币种：多币种", 125, None),
        ("工作单位：元素化工厂", 125, "CNY"),
    ],
)
def test_ways_of_saying_it(tmp_path: Path, line: str, fen: int, currency: str | None) -> None:
    """Traps: several values in one line; a place of work taken for a unit; a currency nobody knows taken for yuan."""
    facts = read(tmp_path, "\n".join([f"卡号：{A}", line, HEAD, row(1, "1.25"), ""]))
    assert paid(facts) == [("0058", "0074", fen, currency)]


def test_values_in_cells_of_their_own() -> None:
    """Trap: the currency stands above the heading, its column is blank, and dollars become yuan."""
    [facts] = sheets("46-preamble-values-in-own-cells")
    assert paid(facts) == [("0018", "0026", 30_000, "USD")]


def test_a_key_without_a_value_takes_no_other_key(tmp_path: Path) -> None:
    """Trap: 户名 left blank, and the next key becomes the holder's name."""
    facts = read(tmp_path, "\n".join([f"户名,,卡号,{A}", HEAD, row(1, "5"), ""]))
    assert [record["name"] for record in facts.records if record["slot"] == "owner"] == [None]


def test_two_accounts_in_one_file() -> None:
    """Trap: the second account's payment booked to the first."""
    [facts] = sheets("03b-icbc-two-cards-csv")
    assert [(one, fen) for one, _, fen, _ in paid(facts)] == [
        ("0058", 30_000),
        ("示例公司"[-4:], 50_000),
        ("0066", 4_000),
    ]
    assert facts.states() == {"loaded": 3}


def test_what_changes_between_the_rows(tmp_path: Path) -> None:
    """Traps: owner, currency or unit of the first part kept for the second; the name of another kept with it."""
    parts = [
        *(
            f"卡号：{A},户名：章一凡",
            HEAD,
            row(1, "5"),
            "币种：美元",
            row(2, "6"),
            "单位：万元",
            row(3, "7"),
            "",
        ),
        *(f"卡号：{B}", HEAD, row(4, "8"), ""),
    ]
    facts = read(tmp_path, "\n".join(parts))
    assert paid(facts) == [
        ("0058", "0074", 500, "CNY"),
        ("0058", "0074", 600, "USD"),
        ("0058", "0074", 7_000_000, "USD"),
        ("0066", "0074", 8_000_000, "USD"),
    ]
    owners = {tuple(record["refs"]): record["name"] for record in facts.records if record["slot"] == "owner"}
    assert [name for refs, name in owners.items() if B in refs[0]] == [None]


def test_another_holder_without_an_account(tmp_path: Path) -> None:
    """Trap: a new name between the rows, its account unknown, and its payments booked to the account before."""
    parts = [f"卡号：{A}", "户名：章一凡", HEAD, row(1, "5"), "户名：季试", row(2, "6"), ""]
    facts = read(tmp_path, "\n".join(parts))
    assert [one for one, _, _, _ in paid(facts)] == ["0058"]
    assert facts.reasons() == [(6, "rejected", "no_owner", "交易卡号", None)]


def test_a_sheet_named_by_its_account() -> None:
    """Traps: a sheet whose name is its account refused; one named by a person given to somebody else's account."""
    first, second = sheets("42-two-owners-no-card-in-rows")
    assert paid(first) == [("0014", "0022", 1_000, "CNY")]
    assert paid(second) == []
    assert second.reasons() == [(2, "rejected", "no_owner", "交易卡号", None)]


def test_nobody_says_whose_book_it_is(tmp_path: Path) -> None:
    """Trap: the refusal advises to add a column, and the user fills in what he believes."""
    path = tmp_path / "流水.csv"
    path.write_text("\n".join([HEAD, row(1, "5"), ""]), encoding="utf-8")
    with pytest.raises(Unreadable) as error:
        facts_of(path)
    assert error.value.reason == "no_owner" and "核实账号" in error.value.zh


def test_a_moment_in_a_name_is_no_account(tmp_path: Path) -> None:
    """Trap: a file named after the second it was exported becomes an account."""
    text = "\n".join([HEAD, row(1, "5"), ""])
    assert paid(read(tmp_path, text, f"{A}.csv")) == [("0058", "0074", 500, "CNY")]
    path = tmp_path / "20260301120000001.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        facts_of(path)


def test_a_blank_currency_beside_foreign_ones(tmp_path: Path) -> None:
    """Trap: an account in dollars, one cell left blank, and that payment is in yuan."""
    head = f"交易卡号,交易币种,{HEAD}"
    rows = [f"{A},美元,{row(1, '5')}", f"{A},,{row(2, '6')}", f"{B},,{row(3, '7')}"]
    assert [money[3] for money in paid(read(tmp_path, "\n".join([head, *rows, ""])))] == ["USD", None, "CNY"]


def workbook(folder: Path, rows: list[list[str | None]], merged: tuple[str, ...] = ()) -> Facts:
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    for area in merged:
        book.active.merge_cells(area)
    path = folder / "表.xlsx"
    book.save(path)
    [facts] = facts_of(path)
    return facts


def test_cells_merged_over_the_rows_of_one_person() -> None:
    """Trap: only the first of the merged rows has an owner."""
    [facts] = sheets("05-merged-card-column")
    assert paid(facts) == [
        ("0019", "0027", 1_000, "CNY"),
        ("0019", "0027", 2_000, "CNY"),
        ("0035", "0019", 3_000, "CNY"),
        ("0027", "0043", 500, "CNY"),
    ]


def test_an_amount_merged_over_rows_is_one_amount(tmp_path: Path) -> None:
    """Trap: one merged amount spread over three rows makes three payments."""
    head: list[str | None] = ["交易卡号", *HEAD.split(",")]
    rows = [head, [A, *row(1, "30").split(",")], [A, *row(2, "").split(",")]]
    facts = workbook(tmp_path, rows, ("C2:C3",))
    assert paid(facts) == [("0058", "0074", 3_000, "CNY")]
    assert facts.reasons()[0][:3] == (3, "rejected", "blank_required")


def test_blank_cells_that_are_not_merged_stay_blank(tmp_path: Path) -> None:
    """Trap: a forgotten account number taken from the row above."""
    head: list[str | None] = ["交易卡号", *HEAD.split(",")]
    facts = workbook(tmp_path, [head, [A, *row(1, "30").split(",")], [None, *row(2, "9").split(",")]])
    assert [reason[2] for reason in facts.reasons()] == ["blank_required"]
