"""A suite as a workbook: one sheet per table, every cell as text or number, never a formula."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from backend.analysis.suites.common import code
from backend.contract.base import Tongue
from backend.contract.suites import ColumnShown, Suite, TableShown
from graph_schema.spreadsheet import set_text

_BOLD = Font(bold=True)
MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576."""


def write_workbook(answer: Suite, path: Path | BinaryIO, language: Tongue = "zh") -> None:
    """Write the answer of ``calls`` or ``money`` to a file or stream."""
    book = Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    names = {person["id"]: person["name"] or "持有人未知" for person in answer["persons"]}
    words = {each: both[language] for each, both in answer["words"].items()}
    _cover(cover, answer, language)
    for table in answer["tables"]:
        sheet = book.create_sheet(f"{table['number']:02d} {table[language]}"[:31].replace("/", "-"))
        _sheet(sheet, table, names, words, language)
    book.save(path)


def _cover(sheet: Worksheet, answer: Suite, language: Tongue) -> None:
    zh = language == "zh"
    sheet.title = "说明" if zh else "About"
    lines: list[tuple[str, object]] = [
        (
            "对象" if zh else "Targets",
            "，".join(f"{p['name'] or '持有人未知'} {p['id']}" for p in answer["targets"]),
        ),
        ("预设" if zh else "Preset", f"{answer['preset'][language]} {answer['preset']['version']}"),
        ("研判批次" if zh else "Run", answer["run"]),
        (
            "性质" if zh else "Kind",
            "候选（待核查）：仅作侦查线索，不作为认定依据。"
            if zh
            else "Candidate (to verify): leads, not findings.",
        ),
    ]
    if answer["truncated"]:
        lines.append(("截取" if zh else "Cut", "部分内容只取最新" if zh else "Only the newest of some parts"))
    for table in answer["tables"]:
        note = table["note"][language]
        lines.append((f"{table['number']} {table[language]}", f"{table['total']}　{note}"))
        lines += [
            ("", f"{figure['name']}: {figure['value']} {figure['flag']}") for figure in table["figures"]
        ]
        lines += [("", f"{name} = {value:g}") for name, value in table["parameters"].items()]
    for n, (head, text) in enumerate(lines, start=1):
        set_text(sheet.cell(n, 1), head)
        sheet.cell(n, 1).font = _BOLD
        set_text(sheet.cell(n, 2), text)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 90


def _sheet(
    sheet: Worksheet, table: TableShown, names: dict[str, str], words: dict[str, str], language: Tongue
) -> None:
    columns: list[ColumnShown] = [
        *table["columns"],
        {"key": "evidence", "zh": "原始记录", "en": "Rows", "kind": "list"},
    ]
    for n, column in enumerate(columns, start=1):
        set_text(sheet.cell(1, n), column[language] + ("（元）" if column["kind"] == "fen" else ""))
        sheet.cell(1, n).font = _BOLD
        sheet.column_dimensions[get_column_letter(n)].width = 20
    sheet.freeze_panes = "A2"
    for at, row in enumerate(table["rows"][:MOST_ROWS], start=2):
        for n, column in enumerate(columns, start=1):
            _cell(sheet.cell(at, n), row.get(column["key"]), column["kind"], names, words)


def _cell(
    cell: Cell | MergedCell, value: object, kind: str, names: dict[str, str], words: dict[str, str]
) -> None:
    if value is None or value == []:
        return
    if kind == "fen" and isinstance(value, int | float):
        cell.value, cell.number_format = value / 100, "#,##0.00"
    elif kind in ("int", "number", "share", "seconds") and isinstance(value, int | float):
        cell.value = value
    elif kind == "code":
        set_text(cell, words[code(value)])
    elif kind == "person":
        set_text(cell, f"{names[value]} {value}" if value in names else value)
    elif isinstance(value, list):
        set_text(cell, "\n".join(f"{names[each]} {each}" if each in names else str(each) for each in value))
    else:
        set_text(cell, value)
