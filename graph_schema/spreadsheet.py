"""Cells that leave Upline for a spreadsheet: text stays text, whatever it begins with.

A spreadsheet runs what begins with ``=``, ``+``, ``-`` or ``@``; a memo or nickname may hold such a formula on
purpose. In CSV, which has no types, such a text gets an apostrophe before it (``from_csv`` takes it off again);
plain numbers, amounts and telephone numbers are no formulas and stay as they are. A spreadsheet that opens a CSV also
rounds what has more than fifteen digits and drops leading zeros; such a number gets a tab behind it (``kept``), as the
payment companies' own files do, which makes it a text. In XLSX the cell says itself that it is text, so nothing is
added.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import IO

from openpyxl.cell.cell import Cell, MergedCell

from graph_schema.xmltext import escaped

_TRIGGER = re.compile(r"^['\s\x00-\x1f\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠|]|^'*[\t\r\n]")
_PLAIN = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?%?|\+\d{1,4}(?: \d{1,12}){1,6}|[-—]+", re.ASCII)
"""Signed numbers, amounts, ``+86 138 0013 8000`` and the dashes that stand for nothing."""

_LONG = re.compile(r"(?:\+?\d{12,}|0\d+)\t*", re.ASCII)
"""Digits a spreadsheet would round, shorten or show as 6.2E+18."""

LONGEST = 32_767
"""Characters a cell of a workbook can hold."""

_CUT = "…（已截断 cut）"


def to_csv(value: object) -> str:
    """One cell of a CSV file; None is blank."""
    text = "" if value is None else str(value)
    if _TRIGGER.match(text) and not _PLAIN.fullmatch(text):
        return f"'{text}"
    return text


def kept(text: str) -> str:
    """A number of twelve digits or more, or with a leading zero, so that a spreadsheet keeps it; the rest unchanged."""
    return f"{text}\t" if _LONG.fullmatch(text) else text


def unkept(text: str) -> str:
    """The text ``kept`` was given."""
    return text[:-1] if text.endswith("\t") and _LONG.fullmatch(text) else text


def from_csv(text: str) -> str:
    """The text ``to_csv`` was given."""
    return text[1:] if text.startswith("'") and _TRIGGER.match(text) else text


class CsvWriter:
    """Rows of a CSV file in which no cell is a formula."""

    def __init__(self, out: IO[str]) -> None:
        self._writer = csv.writer(out)

    def row(self, cells: Iterable[object]) -> None:
        self._writer.writerow([to_csv(cell) for cell in cells])


def to_xlsx(value: object) -> str:
    """The text of a workbook cell: characters XML cannot hold are escaped as Excel does, the rest is unchanged."""
    text = escaped("" if value is None else str(value))
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def set_text(cell: Cell | MergedCell, value: object) -> None:
    """Write a value into a workbook cell as text, never as a formula or a number."""
    cell.value = to_xlsx(value)
    cell.data_type = "s"
    cell.number_format = "@"
