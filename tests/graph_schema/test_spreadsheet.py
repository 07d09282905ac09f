"""Cells for spreadsheets: no formula leaves, nothing is lost, numbers stay readable."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from graph_schema.spreadsheet import CsvWriter, from_csv, kept, set_text, to_csv, unkept

FORMULAS = [
    '=cmd|"/c calc"!A1',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "=169=",
    " =1+1",
    "\t=1",
    "\r=1",
    "＝1+1",
    "\u200b=1",
    "+86-138-0013-8000",
    "'=1",
    "|x",
    "-1-2",
    "+(1)",
    '=HYPERLINK("http://x.invalid")',
]
PLAIN = [
    "+86 138 0013 8000",
    "+8613800138000",
    "-300.00",
    "-1,234.50",
    "+5%",
    "章一凡",
    "",
    "--",
    "1-2",
    "a=b",
    "'章",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_text_in_csv(text: str) -> None:
    """Trap: a nickname that starts a program when the reject list is opened."""
    assert to_csv(text) == "'" + text and from_csv(to_csv(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_phones_stay_readable(text: str) -> None:
    """Trap: every negative amount and every +86 number with an apostrophe before it."""
    assert to_csv(text) == from_csv(text) == text


@given(st.text())
@example("''=1")
def test_csv_comes_back_exactly(text: str) -> None:
    """Property: what is written is read back, whatever characters it has."""
    assert from_csv(to_csv(text)) == text
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        return
    out = io.StringIO(newline="")
    CsvWriter(out).row([text, "x"])
    [[cell, _]] = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert from_csv(cell) == text


def test_a_workbook_holds_no_formula(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Trap: the library makes a formula of any text that begins with =, and refuses control characters."""
    book = Workbook()
    texts = [*FORMULAS, *PLAIN, "\x01", "a\x0bb", "_x0041_", "长" * 40_000, "\ud800", "6222000000000000019"]
    for number, text in enumerate(texts, start=1):
        set_text(book.active.cell(number, 1), text)
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    book.save(path)
    cells = [row[0] for row in load_workbook(path).active.iter_rows()]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    shown = [unescape(cell.value or "") for cell in cells]
    assert [a for a, b in zip(shown, texts, strict=True) if a != b and len(b) < 32_768] == []
    assert max(map(len, shown)) == 32_767


@pytest.mark.parametrize(
    "text",
    [
        "6200000000000000033",
        "+8613900000003",
        "007",
        "13900000003",
        "+8613900000003\t",
        "'0012",
        "wxid_1",
        "",
    ],
)
def test_a_number_kept_as_text_comes_back(text: str) -> None:
    """Trap: the mark that keeps a number's digits read as a part of it; a plus that a spreadsheet would run."""
    cell = to_csv(kept(text))
    assert unkept(from_csv(cell)) == text
    if len(text) > 11 and text[0] != "'":
        assert cell.endswith("\t") and cell[0] != "+"
