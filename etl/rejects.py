"""The list of rejected rows of a file: a table to correct and to load again."""

from __future__ import annotations

import re
from pathlib import Path

from etl import quiet_duckdb
from etl.archive import Archive
from graph_schema.spreadsheet import CsvWriter

EXTRA = ("__文件", "__工作表", "__行号", "__列", "__值", "__原因")
"""Columns put behind the file's own; the reader ignores them when the corrected list comes back."""


def write_rejects(archive: Archive, sha256: str, path: str) -> list[Path]:
    """Write one CSV per sheet that has rejected rows: its own headings and cells, then where and why.

    UTF-8 with BOM, so that spreadsheets show the Chinese. Returns the files written.
    """
    written: list[Path] = []
    stem = re.sub(r"[^\w.-]+", "_", path)[-80:]
    for number, sheet in enumerate(archive.about(sha256)["sheets"], start=1):
        with quiet_duckdb.connect() as con:
            rows = con.execute(
                """SELECT row, cells, "column", value, reason FROM read_parquet(?)
                WHERE state = 'rejected' AND coalesce(sheet, '') = ? ORDER BY row""",
                [str(archive.rows(sha256)), sheet["sheet"] or ""],
            ).fetchall()
        if not rows:
            continue
        target = archive.home / "rejects" / f"{sha256[:12]}-{number}-{stem}.csv"
        width = len(sheet["headings"])
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            writer = CsvWriter(out)
            writer.row([*sheet["headings"], *EXTRA])
            for row, cells, column, value, reason in rows:
                padded = [*cells[:width], *[""] * (width - len(cells))]
                surplus = " | ".join(cell or "" for cell in cells[width:])
                shown = value if not surplus else f"{value or ''} | {surplus}"
                writer.row([*padded, path, sheet["sheet"], row, column, shown, reason])
        written.append(target)
    return written
