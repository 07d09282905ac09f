"""Evidence: the rows of the files as they were read, behind the row references that every answer carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from backend.answers.runs import bounds
from backend.answers.shape import timed
from backend.contract.evidence import Rows, SourceRow
from backend.contract.loads import CheckedFile, CheckFound, Checks, LoadsFound, SourceFileShown
from backend.security.audited import audited
from backend.security.rights import shown_path
from backend.security.sealing import sealed_row, shown_cells
from etl.checks import kept_checks
from etl.storage.archive import Archive, headings_at
from etl.storage.corrected import corrected
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

MOST_ROWS = 1_000
"""Rows one question may ask for."""


@dataclass(frozen=True)
class RowRef:
    """A row reference ``sha256[:12]/sheet/row`` taken apart; sheet "-" stands for a file without sheets."""

    text: str
    prefix: str
    sheet: str
    row: int

    @classmethod
    def parse(cls, text: str) -> RowRef | None:
        """Take a reference apart; None where it is none."""
        prefix, _, rest = text.partition("/")
        sheet, _, row = rest.rpartition("/")
        if len(prefix) != 12 or not set(prefix) <= set("0123456789abcdef") or not sheet:
            return None
        if not (row.isascii() and row.isdigit()) or len(row) > 12:
            return None
        return cls(text, prefix, sheet, int(row))


@audited("evidence", "rows")
def evidence(store: Store, viewer: Viewer, rows: Sequence[str]) -> Rows:
    """The raw rows behind references, in the order asked: file, sheet, row, headings, cells, state.

    A reference to nothing, to a file taken out again or to one the viewer may not see comes back with
    ``found`` false. Raises ``InputError`` for more than a thousand references.
    """
    if len(rows) > MOST_ROWS:
        raise InputError(
            Text(
                f"一次最多查看 {MOST_ROWS} 行，收到 {len(rows)} 行。分批查询。",
                f"At most {MOST_ROWS} rows at a time, {len(rows)} were requested. Ask in parts.",
            )
        )
    return {"rows": source_rows(store, viewer, rows)}


def source_rows(store: Store, viewer: Viewer, rows: Iterable[str]) -> list[SourceRow]:
    """What ``evidence`` gives, without a record of its own."""
    asked = list(rows)
    refs = [ref for ref in map(RowRef.parse, asked) if ref is not None]
    prefixes = sorted({ref.prefix for ref in refs})
    files = (
        {row["prefix"]: row for row in store.read(viewer, "evidence.files", prefixes=prefixes)}
        if refs
        else {}
    )
    wanted: dict[str, list[RowRef]] = defaultdict(list)
    for ref in refs:
        if ref.prefix in files:
            wanted[ref.prefix].append(ref)
    found: dict[str, SourceRow] = {}
    archive = Archive(store.home)
    for prefix, some in wanted.items():
        found |= _of_file(store, archive, viewer, files[prefix], some)
    return [found.get(text) or {"evidence": text, "found": False} for text in asked]


def _of_file(
    store: Store, archive: Archive, viewer: Viewer, file: Row, refs: list[RowRef]
) -> dict[str, SourceRow]:
    path = archive.rows(file["sha256"])
    if not path.is_file():
        return {}
    sheets = {entry["sheet"] or "-": entry for entry in archive.about(file["sha256"])["sheets"]}
    kept = {(row["sheet"] or "-", row["row"]): row for row in _kept_rows(path, {ref.row for ref in refs})}
    answers: dict[str, SourceRow] = {}
    for ref in refs:
        row = kept.get((ref.sheet, ref.row))
        sheet = sheets.get(ref.sheet, {})
        kind = sheet.get("kind") or file["kind"]
        if row is None or sealed_row(store, viewer, kind, ref.prefix, ref.sheet, ref.row):
            continue
        headings = headings_at(sheet, ref.row) if sheet else []
        answers[ref.text] = {
            "evidence": ref.text,
            "found": True,
            "file": file["path"],
            "sha256": file["sha256"],
            "kind": kind,
            "basis": file["basis"],
            "unit": file["unit"],
            "sheet": row["sheet"] or None,
            "row": row["row"],
            "headings": headings,
            "cells": shown_cells(viewer, kind, headings, [cell or "" for cell in row["cells"] or ()]),
            "state": row["state"],
            "reason": row["reason"] or None,
            "column": row["column"] or None,
            "value": row["value"],
        }
    return answers


def _kept_rows(path: Path, numbers: set[int]) -> list[Row]:
    table = pq.read_table(path, filters=pc.field("row").isin(sorted(numbers)))
    rows: list[Row] = table.to_pylist()
    return rows


@audited("loads")
def loads(store: Store, viewer: Viewer, *, limit: int | None = None, skip: int = 0) -> LoadsFound:
    """Files in the graph, newest load first: how each was recognised, its row counts, basis and marking.

    A row that was rejected and has been corrected since counts as ``corrected``, no longer as ``rejected``.
    """
    total = store.read(viewer, "evidence.file_count")[0]["total"]
    rows = store.read(viewer, "evidence.file_page", timeout=60.0, **bounds(limit, skip))
    done = corrected(Archive(store.home), store.read(viewer, "load.sources", timeout=60.0))
    files: list[SourceFileShown] = []
    for row in rows:
        file = timed(row["file"], "SourceFile")
        n = len(done.get(str(file["sha256"]), ()))
        file["path"] = shown_path(viewer, file["path"])
        files.append({**file, "rejected": (file.get("rejected") or 0) - n, "corrected": n})
    return {"files": files, "total": total}


@audited("checks", "load")
def checks(store: Store, viewer: Viewer, load: str) -> Checks:
    """What was found when a load was checked: counts, sums, balances, gaps, both sides of a transfer.

    Raises ``NotFound`` where the viewer sees no file of that load.
    """
    rows = store.read(viewer, "load.sources", timeout=60.0)
    files = [row for row in rows if str(row["load"]) == load]
    if not files:
        raise NotFound(Text("没有这个批次，或无权查看。", "There is no such load, or you may not see it."))
    archive = Archive(store.home)
    found: list[CheckedFile] = [
        {"sha256": row["sha256"], "path": row["path"], "checks": _found(archive, row["sha256"])}
        for row in files
    ]
    return {"load": load, "files": found}


def _found(archive: Archive, sha256: str) -> list[CheckFound]:
    """What was found about a file, as it is kept."""
    return [
        {
            "kind": each["kind"],
            "zh": each["zh"],
            "en": each["en"],
            "sheet": each["sheet"],
            "rows": each["rows"],
            "facts": each["facts"],
        }
        for each in kept_checks(archive, sha256)
    ]
