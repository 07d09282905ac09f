"""A table as a page shows it, as a file: says what it is, keeps long numbers as text, no cell is a formula.

Numbers of persons, cards and devices have more digits than a spreadsheet keeps. A workbook says of each cell that it is
text; CSV has no types, so such a number gets a tab behind it, as the payment companies' own files do, which Upline and
spreadsheets take for text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from graph_schema import beijing
from graph_schema.spreadsheet import CsvWriter, kept, set_text
from graph_schema.store import Viewer

Cell = str | float | None


@dataclass(frozen=True)
class Shown:
    """A table: what it is called, its headings and rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def preface(shown: Shown, viewer: Viewer, run: str | None, language: str, audit: int) -> list[str]:
    """The lines above the headings: title, that it is a lead, who took it when from which run for what.

    ``audit`` is the number of the audit record of the taking.
    """
    at = beijing.now().strftime("%Y-%m-%d %H:%M")
    if language == "en":
        said = f"{at} · {viewer.user} · run {run or '-'} · {len(shown.rows)} rows · audit record {audit}"
        told = [
            "Contains analysis results: candidates unless a row says confirmed; leads, not findings.",
            said,
        ]
        purpose = "Purpose: "
    else:
        said = f"{at} · {viewer.user} · 研判批次 {run or '-'} · {len(shown.rows)} 行 · 审计号 {audit}"
        told = ["含研判结果：未注明确认的均为候选，仅作侦查线索，不作为结论。", said]
        purpose = "用途："
    return [shown.title, *told, *([purpose + viewer.purpose] if viewer.purpose else [])]


def csv_of(shown: Shown, above: Iterable[str]) -> bytes:
    """UTF-8 with its mark, so that a spreadsheet reads Chinese."""
    out = io.StringIO(newline="")
    writer = CsvWriter(out)
    for line in above:
        writer.row([f"# {line}"])
    writer.row(shown.columns)
    for row in shown.rows:
        writer.row([_in_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_of(shown: Shown, above: Iterable[str]) -> bytes:
    """One sheet; every text is text, figures stay figures."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Upline")
    for line in above:
        sheet.append([_text(sheet, f"# {line}")])
    sheet.append([_text(sheet, each) for each in shown.columns])
    for row in shown.rows:
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return kept(cell)
    return str(int(cell)) if cell.is_integer() else str(cell)


def _text(sheet: Any, value: str) -> Any:  # openpyxl has no types for what it only writes
    cell = WriteOnlyCell(sheet)
    set_text(cell, value)
    return cell
