"""What a file leaves beside the graph, and taking it away when the file is taken out.

Rows, facts, lists of rejects, and all that runs kept which were computed while the file was loaded: they name people
and numbers. Kept on purpose are judgements, leads and the audit log, which are deeds of the squad itself, and the ids of
events that live on under another row. The database overwrites what it frees as it goes on; ``upline rebuild`` makes its
files anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence

from etl.storage import loads
from etl.storage.archive import Archive
from graph_schema.store import LOCAL, Store
from graph_schema.store.places import read_json


def wipe(store: Store, archive: Archive, shas: Sequence[str]) -> None:
    """Take away what was kept of files that left the graph; done twice, it does no harm."""
    gone = set(shas)
    brought = [
        int(row["load"])
        for row in store.read(LOCAL, "load.history", timeout=60.0)
        if row["action"] == "load" and not gone.isdisjoint(row["files"] or ())
    ]
    first = min(brought, default=0)
    for sha256 in shas:
        archive.forget(sha256)
        for path in (archive.home / "rejects").glob(f"{sha256[:12]}-*.csv"):
            path.unlink(missing_ok=True)
    loads.forget(archive.home, shas)
    for folder in (archive.home / "runs").glob("R-*"):
        about = read_json(folder / "about.json")
        if about is None or int(about["load"]) >= first:
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(archive.home / "runs" / "ordered", ignore_errors=True)  # made anew when it is asked for
    _summaries(store, first)


def _summaries(store: Store, first: int) -> None:
    """Runs say which names were too common to count: names alone, so none of them is known to be another file's."""
    rows = []
    for run in store.read(LOCAL, "load.summaries", load=first, timeout=60.0):
        summary = json.loads(run["summary"])
        for each in summary.get("damped", ()):
            if each["kind"] == "name":
                each["named"] = []
        rows.append([run["run_id"], json.dumps(summary, ensure_ascii=False, sort_keys=True)])
    if rows:
        store.write("load.summarise", rows=rows)
