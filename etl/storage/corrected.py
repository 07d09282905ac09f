"""Corrected rows: rows of a reject list that were loaded again successfully.

Such a list names, behind its own columns, the file, sheet and row each line corrects (``etl.storage.rejects.EXTRA``). What it
says holds as long as the list itself is loaded: taken out again, its rows are rejected as before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.storage.rejects import EXTRA

RowPlaces = set[tuple[str, int]]  # sheet ("" without one), row
_OF_FILE = re.compile(r"corrected-([0-9a-f]{12})-\d+\.csv$")


def corrected(archive: Archive, files: Iterable[Mapping[str, Any]]) -> dict[str, RowPlaces]:
    """Corrected rows by the SHA-256 of the file they were rejected in, of ``files`` (sha256, path) now loaded."""
    present = [(str(file["sha256"]), str(file["path"])) for file in files]
    by_path: dict[str, list[str]] = defaultdict(list)
    for sha256, path in present:
        by_path[path].append(sha256)
    found: dict[str, RowPlaces] = defaultdict(set)
    for sha256, path in present:
        named = _OF_FILE.search(path)
        for about, sheet, row in _lines(archive, sha256):
            for target in by_path.get(about, ()):
                if named is None or target.startswith(named[1]):
                    found[target].add((sheet, row))
    return dict(found)


def corrects(archive: Archive, sha256: str) -> set[str]:
    """Paths of the files a list of rejects has rows of; none for any other file."""
    return {path for path, _, _ in _lines(archive, sha256)}


def _lines(archive: Archive, sha256: str) -> list[tuple[str, str, int]]:
    """What a list of rejects says of its lines that were taken: path, sheet, row; nothing for any other file."""
    lines: list[tuple[str, str, int]] = []
    if not (archive.facts(sha256) / "file.json").exists():
        return lines
    for sheet in archive.about(sha256)["sheets"]:
        headings = list(sheet["headings"])
        if not all(name in headings for name in EXTRA[:3]):
            continue
        at = [headings.index(name) for name in EXTRA[:3]]
        with quiet_duckdb.shared() as con:
            rows = con.execute(
                """SELECT cells FROM read_parquet(?)
                WHERE state IN ('loaded', 'duplicate') AND coalesce(sheet, '') = ?""",
                [str(archive.rows(sha256)), sheet["sheet"] or ""],
            ).fetchall()
        for (cells,) in rows:
            path, name, row = (str(cells[n] or "") if n < len(cells) else "" for n in at)
            if row.isdigit():
                lines.append((path, name, int(row)))
    return lines
