"""Rejected rows of a load, with their reasons and the rows around them."""

from __future__ import annotations

from typing import Any

from backend.answers.runs import EVERYTHING
from backend.answers.shape import Answer
from backend.security.audited import audited
from etl.storage.archive import Archive
from etl.storage.corrected import corrected
from etl.storage.rejects import count, listed
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


def files_of(store: Store, viewer: Viewer, load_id: str) -> list[dict[str, Any]]:
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
def rejects(store: Store, viewer: Viewer, load_id: str, *, limit: int | None = None, skip: int = 0) -> Answer:
    """Rejected rows of a load in the order of its files, each with column, value, reason and neighbours.

    What has been corrected since is no longer among them.
    """
    archive, left, found, total = Archive(store.home), limit or EVERYTHING, [], 0
    done = corrected(archive, store.read(viewer, "load.sources", timeout=60.0))
    for file in files_of(store, viewer, load_id):
        sha256 = str(file["sha256"])
        mine = done.get(sha256, set())
        n = max(0, count(archive, sha256) - len(mine))
        total += n
        if left > 0 and skip < n:
            for row in listed(archive, sha256, min(left, n), skip, done=mine):
                found.append({"file": sha256, "path": file["path"], **row})
                left -= 1
        skip = max(0, skip - n)
    return {"rejects": found, "total": total}
