"""Rejected rows of a load, with their reasons and the rows around them."""

from __future__ import annotations

from collections.abc import Iterable

from backend.answers.runs import EVERYTHING
from backend.contract.loads import Reject, RejectsFound
from backend.security.audited import audited
from backend.security.circles import open_to, sealed_rows
from backend.security.sealing import shown_cells
from etl.storage.archive import Archive
from etl.storage.corrected import corrected
from etl.storage.rejects import count, listed
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer


def files_of(store: Store, viewer: Viewer, load_id: str) -> list[Row]:
    """The files of a load (by number), or one file (by SHA-256 or its first 12 digits). Raises ``NotFound``."""
    rows = store.read(viewer, "load.sources", timeout=60.0)
    found = [
        row
        for row in rows
        if str(row["load"]) == load_id or (len(load_id) >= 12 and str(row["sha256"]).startswith(load_id))
    ]
    if not found:
        raise NotFound(Text("没有这次导入。", "There is no such load."))
    return found


@audited("rejects", "load_id")
def rejects(
    store: Store, viewer: Viewer, load_id: str, *, limit: int | None = None, skip: int = 0
) -> RejectsFound:
    """Rejected rows of a load in the order of its files, each with column, value, reason and neighbours.

    What has been corrected since is no longer among them.
    """
    archive, left, total = Archive(store.home), limit or EVERYTHING, 0
    found: list[Reject] = []
    done = corrected(archive, store.read(viewer, "load.sources", timeout=60.0))
    for file in files_of(store, viewer, load_id):
        sha256 = str(file["sha256"])
        mine = done.get(sha256, set())
        n = max(0, count(archive, sha256) - len(mine))
        total += n
        if left > 0 and skip < n:
            kinds = kinds_of(archive, file)
            for row in listed(archive, sha256, min(left, n), skip, done=mine):
                found.append(_shown(sha256, file["path"], _open(viewer, kinds, row)))
                left -= 1
        skip = max(0, skip - n)
    return {"rejects": found, "total": total}


def kinds_of(archive: Archive, file: Row) -> dict[str, str]:
    """Kind of table by sheet, the file's own under ""."""
    sheets = archive.about(str(file["sha256"]))["sheets"]
    return {"": str(file["kind"])} | {
        each["sheet"] or "": each.get("kind") or file["kind"] for each in sheets
    }


def open_tables(
    store: Store, viewer: Viewer, files: Iterable[Row], tables: Iterable[tuple[str, str]]
) -> None:
    """Raise ``Forbidden`` where one of some tables (beginning of the file's digest, sheet) is closed to a viewer."""
    archive = Archive(store.home)
    kinds = {str(file["sha256"]): kinds_of(archive, file) for file in files}
    for prefix, sheet in tables:
        for sha256, known in kinds.items():
            if sha256.startswith(prefix) and sealed_rows(viewer, known.get(sheet) or known[""]):
                open_to(viewer, "care")


def _open(viewer: Viewer, kinds: dict[str, str], row: Row) -> Row:
    """A rejected row as a viewer may read it: of a table of care that it was rejected and why, not what it says."""
    kind = kinds.get(row["sheet"] or "") or kinds[""]
    if sealed_rows(viewer, kind):
        return {**row, "around": [], "value": None, "headings": [], "cells": []}
    headings = row["headings"]
    around = [{**each, "cells": shown_cells(viewer, kind, headings, each["cells"])} for each in row["around"]]
    return {**row, "cells": shown_cells(viewer, kind, headings, row["cells"]), "around": around}


def _shown(sha256: str, path: str, row: Row) -> Reject:
    return {
        "file": sha256,
        "path": path,
        "sheet": row["sheet"],
        "row": row["row"],
        "around": row["around"],
        "column": row["column"],
        "value": row["value"],
        "reason": row["reason"],
        "zh": row["zh"],
        "en": row["en"],
        "headings": row["headings"],
        "cells": row["cells"],
    }
