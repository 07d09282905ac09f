"""Rows and facts of one file, kept and read anew, side by side: which row and column differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import duckdb

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive, headings_at
from etl.storage.passes import FOLDER as PASSES
from etl.verifying.report import Difference, said
from graph_schema.language import Text, spoken

TABLES = ("legs", "records", "nodes", "books")
_READ = {
    "rows": "SELECT * REPLACE (CASE WHEN state = 'duplicate' THEN 'loaded' ELSE state END AS state) FROM read_parquet('{}')",
    "cells": "SELECT sheet, row, cells FROM read_parquet('{}')",
    PASSES: "SELECT regexp_extract(evidence, '^[^/]*/(.*)/[0-9]+$', 1) AS sheet, "
    "regexp_extract(evidence, '[0-9]+$')::BIGINT AS row, * FROM read_parquet('{}/*/*.parquet', hive_partitioning = true)",
}
"""A row is a duplicate because of other files, so its own file says nothing of that."""
_DIFFERENT = """
CREATE TEMP VIEW kept AS {kept}; CREATE TEMP VIEW anew AS {anew};
SELECT * FROM (
  SELECT false AS is_kept, * FROM (FROM anew EXCEPT ALL FROM kept)
  UNION ALL SELECT true, * FROM (FROM kept EXCEPT ALL FROM anew))
ORDER BY sheet NULLS FIRST, row, is_kept LIMIT {most}"""
_MOST = 2_000
"""Rows of one table that are compared column by column; a file with more differences is another file."""
_MEMORY = "512MB"


def differences(kept: Archive, anew: Archive, sha256: str, path: str) -> Iterator[Difference]:
    """What differs between the rows and facts kept of a file and those read anew."""
    here = Difference("fact", path, sha256)
    rows = [kept.rows(sha256), anew.rows(sha256)]
    yield from _table(replace(here, kind="row", about="rows"), rows, kept.about(sha256), anew.home)
    for name in TABLES:
        files = [each.facts(sha256) / f"{name}.parquet" for each in (kept, anew)]
        yield from _table(replace(here, about=name), files, {}, anew.home)
    folders = [each.facts(sha256) / PASSES for each in (kept, anew)]
    if any(folder.is_dir() for folder in folders):
        yield from _table(replace(here, about=PASSES), folders, {}, anew.home)
    if kept.about(sha256)["sheets"] != anew.about(sha256)["sheets"]:
        yield replace(here, about="file.json")


def changed_rows(kept: Archive, sha256: str, anew: Archive, now: str, path: str) -> Iterator[Difference]:
    """Rows of which a changed file (``now`` its SHA-256) no longer says what it said when it was loaded."""
    here = Difference("changed", path, sha256, about="cells")
    yield from _table(here, [kept.rows(sha256), anew.rows(now)], kept.about(sha256), anew.home)


def _table(here: Difference, files: list[Path], about: dict[str, Any], spill: Path) -> Iterator[Difference]:
    """Differences of two tables, the kept one first; ``about`` has the headings where they hold raw cells."""
    select = _READ.get(here.about, "SELECT * FROM read_parquet('{}')")
    texts = [select.format(quiet_duckdb.quoted(file)) for file in files]
    try:
        with quiet_duckdb.connect(memory=_MEMORY, spill=spill / "spill") as con:
            con.execute(_DIFFERENT.format(kept=texts[0], anew=texts[1], most=_MOST))
            names = [column[0] for column in con.description or ()][1:]
            rows = con.fetchall()
    except (duckdb.Error, OSError) as error:
        told = Text("留存的数据打不开或列不同", "What is kept cannot be opened or has other columns")
        yield replace(here, kind="unreadable", found=said(f"{spoken(told)}: {type(error).__name__}"))
        return
    for (sheet, row), group in groupby(rows, key=lambda each: (each[1], each[2])):
        at = replace(here, sheet=sheet or "", row=int(row or 0))
        both = list(group)
        anew = [dict(zip(names, each[1:], strict=True)) for each in both if not each[0]]
        kept = [dict(zip(names, each[1:], strict=True)) for each in both if each[0]]
        for one, other in zip_longest(anew, kept):
            yield from _columns(at, one, other, _headings(about, at))


def _columns(
    at: Difference, anew: dict[str, Any] | None, kept: dict[str, Any] | None, headings: list[str]
) -> Iterator[Difference]:
    """One difference for each column; one for the whole row where either side lacks it."""
    if anew is None or kept is None:
        there, missing = spoken(Text("有", "there")), spoken(Text("无", "not there"))
        yield replace(
            at, expected=missing if anew is None else there, found=missing if kept is None else there
        )
        return
    for name in anew:
        if anew[name] == kept[name]:
            continue
        if name != "cells":
            yield replace(at, column=name, expected=said(anew[name]), found=said(kept[name]))
            continue
        for place, (one, other) in enumerate(zip_longest(anew[name] or (), kept[name] or ())):
            if one != other:
                heading = headings[place] if place < len(headings) else str(place + 1)
                yield replace(at, column=heading, expected=said(one), found=said(other))


def _headings(about: dict[str, Any], at: Difference) -> list[str]:
    sheets = {sheet["sheet"] or "": sheet for sheet in about.get("sheets", ())}
    return headings_at(sheets[at.sheet], at.row) if at.sheet in sheets else []
