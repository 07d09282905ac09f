"""Rejected rows of a file: listed with their neighbours, as a table to correct, and corrected as a file to load."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive, headings_at, said_at
from etl.storage.reasons import REASONS
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.spreadsheet import CsvWriter

EXTRA = ("__文件", "__工作表", "__行号", "__列", "__值", "__原因")
"""Columns put behind the file's own; the reader ignores them when the corrected list comes back."""


def write_rejects(archive: Archive, sha256: str, path: str) -> list[Path]:
    """Write one CSV per heading that has rejected rows below it: its own headings and cells, then where and why.

    What the file says of the rows outside of them (owner, currency, unit, period) stands above the heading, so
    that the corrected list can be loaded by itself; rows of which something else is said have a list of their own.
    UTF-8 with BOM, so that spreadsheets show the Chinese. Returns the files written.
    """
    written: list[Path] = []
    stem = re.sub(r"[^\w.-]+", "_", path)[-80:]
    number = 0
    for sheet in archive.about(sha256)["sheets"]:
        number += 1  # that of the sheet, as long as no heading comes again in another order
        with quiet_duckdb.shared() as con:
            rows = con.execute(
                """SELECT row, cells, "column", value, reason FROM read_parquet(?)
                WHERE state = 'rejected' AND coalesce(sheet, '') = ? ORDER BY row""",
                [str(archive.rows(sha256)), sheet["sheet"] or ""],
            ).fetchall()
        if not rows:
            continue
        tables = list(_by_heading(sheet, rows))
        for more, (headings, said, part) in enumerate(tables):
            target = archive.home / "rejects" / f"{sha256[:12]}-{number + more}-{stem}.csv"
            _write_rows(target, headings, said, part, path, sheet["sheet"])
            written.append(target)
        number += len(tables) - 1
    return written


def _by_heading(
    sheet: Mapping[str, Any], rows: list[tuple[Any, ...]]
) -> Iterator[tuple[list[str], list[str], list[tuple[Any, ...]]]]:
    """Rows (their number first) by the headings that stand over them and what is said of them outside."""

    def over(row: tuple[Any, ...]) -> tuple[list[str], list[str]]:
        return headings_at(sheet, int(row[0])), said_at(sheet, int(row[0]))

    for (headings, said), part in groupby(rows, key=over):
        yield headings, said, list(part)


def _write_rows(
    target: Path,
    headings: list[str],
    said: list[str],
    rows: list[tuple[Any, ...]],
    path: str,
    sheet: str | None,
) -> None:
    width = len(headings)
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = CsvWriter(out)
        if said:
            writer.row(said)
        writer.row([*headings, *EXTRA])
        for row, cells, column, value, reason in rows:
            padded = [*cells[:width], *[""] * (width - len(cells))]
            surplus = " | ".join(cell or "" for cell in cells[width:])
            shown = value if not surplus else f"{value or ''} | {surplus}"
            writer.row([*padded, path, sheet, row, column, shown, reason])


_AROUND = """
WITH picked AS (
  SELECT coalesce(sheet, '') AS sheet, row FROM read_parquet($file) WHERE state = 'rejected'
    AND NOT list_contains($done::VARCHAR[], row || '/' || coalesce(sheet, ''))
  ORDER BY sheet, row LIMIT $most OFFSET $skip)
SELECT p.sheet, p.row, r.row, r.cells, r.state, r.reason, r."column", r.value
FROM picked p JOIN read_parquet($file) r ON coalesce(r.sheet, '') = p.sheet AND r.row BETWEEN p.row - $near AND p.row + $near
ORDER BY p.sheet, p.row, r.row"""


def listed(
    archive: Archive,
    sha256: str,
    most: int,
    skip: int = 0,
    near: int = 2,
    done: Collection[tuple[str, int]] = (),
) -> list[dict[str, Any]]:
    """Rejected rows of a kept file, each with its reason in words and the raw rows around it.

    ``done`` are rows (sheet, row) that have been corrected: they are left out.
    """
    asked = {"file": str(archive.rows(sha256)), "most": most, "skip": skip, "near": near}
    with quiet_duckdb.shared() as con:
        found = con.execute(
            _AROUND, asked | {"done": [f"{row}/{sheet}" for sheet, row in sorted(done)]}
        ).fetchall()
    sheets = {sheet["sheet"] or "": sheet for sheet in archive.about(sha256)["sheets"]}
    out: dict[tuple[str, int], dict[str, Any]] = {}
    for sheet, at, row, cells, state, reason, column, value in found:
        entry = out.setdefault((sheet, at), {"sheet": sheet, "row": at, "around": []})
        if row == at:
            zh, en = REASONS.get(reason, (reason, reason))
            said = {"column": column, "value": value, "reason": reason, "zh": zh, "en": en}
            entry |= {**said, "headings": headings_at(sheets[sheet], row), "cells": cells}
        else:
            entry["around"].append({"row": row, "state": state, "cells": cells})
    return list(out.values())


def count(archive: Archive, sha256: str) -> int:
    """How many rows of a kept file were rejected."""
    return archive.tally(sha256).rejected


def not_taken(archive: Archive, sha256: str) -> str:
    """Rows of a file that were rejected or excluded, in one text: column, value, reason."""
    with quiet_duckdb.shared() as con:
        rows = con.execute(
            """SELECT "column", value, reason FROM read_parquet(?) WHERE state IN ('rejected', 'excluded') LIMIT 5""",
            [str(archive.rows(sha256))],
        ).fetchall()
    told = [
        (column or "-", value or "", *REASONS.get(reason, (reason, reason))) for column, value, reason in rows
    ]
    return "{} / {}".format(
        "；".join(f"“{column}” {value}：{zh}" for column, value, zh, _ in told),
        "; ".join(f"{column!r} {value}: {en}" for column, value, _, en in told),
    )


def write_corrected(
    archive: Archive,
    sha256: str,
    path: str,
    changes: Iterable[tuple[str, int, Mapping[str, str]]],
    folder: Path,
) -> list[Path]:
    """Write corrected rows of a file (sheet, row, new cells by heading) as tables to load; return them.

    Raises ``InputError`` for a row that was not rejected, or a heading the table does not have.
    """
    if not sha256 or not archive.rows(sha256).exists():
        raise InputError(Text("这次导入没有该文件。", "The load has no such file."))
    by_sheet: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for sheet, row, cells in changes:
        by_sheet.setdefault(sheet, []).append((row, cells))
    written = []
    known = {entry["sheet"] or "": entry for entry in archive.about(sha256)["sheets"]}
    tables: list[tuple[str, list[str], list[str], list[tuple[int, Mapping[str, str]]]]] = []
    for sheet, rows in sorted(by_sheet.items()):
        if sheet not in known:
            raise InputError(Text(f"没有工作表“{sheet}”", f"No sheet {sheet!r}."))
        ordered = sorted(rows, key=lambda item: item[0])
        tables += [(sheet, *table) for table in _by_heading(known[sheet], ordered)]
    for number, (sheet, headings, said, part) in enumerate(tables, start=1):
        target = folder / f"corrected-{sha256[:12]}-{number}.csv"
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            if said:
                writer.writerow(said)
            writer.writerow([*headings, *EXTRA])
            for row, cells in part:
                corrected = _corrected(archive, sha256, sheet, row, cells, headings)
                writer.writerow([*corrected, path, sheet, row, "", "", ""])
        written.append(target)
    return written


def _corrected(
    archive: Archive, sha256: str, sheet: str, row: int, cells: Mapping[str, str], headings: list[str]
) -> list[str]:
    with quiet_duckdb.shared() as con:
        found = con.execute(
            "SELECT cells FROM read_parquet(?) WHERE coalesce(sheet, '') = ? AND row = ? AND state = 'rejected'",
            [str(archive.rows(sha256)), sheet, row],
        ).fetchone()
    if found is None:
        raise InputError(
            Text(
                f"第 {row} 行不是被拒收的行。",
                f"Row {row} is not a rejected one.",
            )
        )
    unknown = [heading for heading in cells if heading not in headings]
    if unknown:
        raise InputError(
            Text(
                f"没有列 {'、'.join(unknown)}",
                f"No column {', '.join(unknown)}.",
            )
        )
    old = [*found[0][: len(headings)], *[""] * (len(headings) - len(found[0]))]
    return [cells.get(heading, cell) for heading, cell in zip(headings, old, strict=True)]
