"""Templates: the squad's own tables as empty workbooks, each with one invented example row."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from etl.layouts.registry import layouts
from graph_schema.spreadsheet import set_text


def write_templates(folder: Path) -> list[Path]:
    """Write one workbook per native table into ``folder``; required columns are bold. Returns the files.

    A note at each heading says in English what it is: notes are no cells, so a filled template loads as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for layout in layouts().values():
        if layout.source or layout.not_yet or layout.module:
            continue  # somebody else's form
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = layout.zh
        # A field that reads another field's column once more has no column of its own.
        whole = [(name, column) for name, column in layout.columns.items() if column.take is None]
        for number, (name, column) in enumerate(whole, start=1):
            head = sheet.cell(1, number)
            set_text(head, column.aliases[0])
            head.font = Font(bold=column.must)
            required = " (required)" if column.must else ""
            head.comment = Comment(f"{layout.en}: {name.replace('_', ' ')}{required}", "Upline")
            set_text(sheet.cell(2, number), column.sample)
        target = folder / f"{layout.zh}.xlsx"
        book.save(target)
        written.append(target)
    return written
