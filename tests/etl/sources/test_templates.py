"""Templates: what Upline hands out, it reads back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from etl.sources import open_file
from etl.sources.templates import write_templates
from etl.storage.facts import FileOrigin


def test_every_native_table_is_written_and_read_back(tmp_path: Path) -> None:
    """Trap: a template whose headings or example row the reader of the same version refuses."""
    written = write_templates(tmp_path)
    assert len(written) == 34, "18 native tables of the squad and 16 of the district"
    for file in written:
        (sheet,) = open_file(file, FileOrigin(file.name, "ab" * 32))
        rows = [row for batch in sheet.batches for row in batch.rows.to_pylist()]
        assert [row["state"] for row in rows] == ["loaded"], (file.name, rows)


def test_an_english_reader_is_told_what_each_heading_is(tmp_path: Path) -> None:
    """Trap: Chinese headings alone; or an English row that is then read as data."""
    file = next(each for each in write_templates(tmp_path) if each.stem == "卡口过车")
    heads = next(load_workbook(file).active.iter_rows(max_row=1))  # type: ignore[union-attr]  # a template has a sheet
    notes = {str(head.value): head.comment.text for head in heads if head.comment}
    assert notes["卡口编号"] == "camera passes: camera (required)" and len(notes) == len(heads)
