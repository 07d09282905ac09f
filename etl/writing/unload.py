"""Unloading: takes one load or one file out of the graph; what other files also prove stays."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from etl.intake.reports import OnProgress
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.writing.load import (
    FileReport,
    LoadReport,
    Progress,
    carry_out,
    events_now,
    exclusive,
    next_load,
    resume,
)
from etl.writing.past import forget
from etl.writing.plan import Change, build
from graph_schema.errors import NotFound
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, room


def unload(store: Store, load_or_sha: str, progress: OnProgress | None = None) -> LoadReport:
    """Take one load (by number) or one file (by its SHA-256 or the first 12 digits of it) out again.

    What other files also prove stays; ids of events that stay but lost the row they were named after still
    lead to them. Raises ``NotFound`` where nothing of that name is loaded.
    """
    watch = progress or (lambda _: None)
    with exclusive(upline_home()), room.told(upline_home()):
        archive = Archive(upline_home())
        archive.check()
        resume(store, archive, watch)
        change, gone = _change(store, load_or_sha)
        watch(Progress("matching", 0, 0))
        folder = build(archive, change)
        carry_out(store, archive, folder, watch, "")
        forget(archive, change.remove)
        return LoadReport(change.load, _reports(gone), events_now(store))


def would_go(store: Store, load_or_sha: str) -> dict[str, Any]:
    """What ``unload`` would take out, counted; nothing is changed.

    ``events`` by type: ``gone`` leave the graph, ``changed`` stay with less evidence or other ends.
    """
    with exclusive(upline_home()):
        archive = Archive(upline_home())
        archive.check()
        resume(store, archive, lambda _: None)
        change, gone = _change(store, load_or_sha)
        folder = build(archive, change, look_only=True)
        try:
            counts = _counts(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return {
        "load": load_or_sha,
        "files": [{"path": row["path"], "kind": row["kind"], "sha256": row["sha256"]} for row in gone],
        "rows": sum(int(row["read"] or 0) for row in gone),
        **counts,
    }


def _change(store: Store, load_or_sha: str) -> tuple[Change, list[dict[str, Any]]]:
    sources = store.read(LOCAL, "load.sources", timeout=60.0)
    gone = [
        row
        for row in sources
        if str(row["load"]) == load_or_sha
        or (len(load_or_sha) >= 12 and str(row["sha256"]).startswith(load_or_sha))
    ]
    if not gone:
        raise NotFound(
            Text(
                f"没有编号为 {load_or_sha} 的导入。upline loads 列出全部。",
                f"No load {load_or_sha}; see upline loads.",
            )
        )
    shas = [str(row["sha256"]) for row in gone]
    standing = [str(row["sha256"]) for row in sources if row["sha256"] not in set(shas)]
    return Change(next_load(store), standing, remove=shas), gone


def _reports(gone: list[dict[str, Any]]) -> list[FileReport]:
    return [
        FileReport(str(row["path"]), str(row["kind"]), "loaded", "unloaded", sha256=str(row["sha256"]))
        for row in gone
    ]


def _counts(folder: Path) -> dict[str, Any]:
    """Events by type, nodes by label and records a plan takes out."""
    with quiet_duckdb.shared() as con:
        events = con.execute(
            """SELECT rel, count(*) FILTER (op = 0), count(*) FILTER (op = 1) FROM read_parquet(?)
            GROUP BY rel ORDER BY rel""",
            [str(folder / "events.parquet")],
        ).fetchall()
        nodes = con.execute(
            "SELECT label, count(*) FROM read_parquet(?) GROUP BY label ORDER BY label",
            [str(folder / "orphans.parquet")],
        ).fetchall()
        records = con.execute(
            "SELECT count(*) FROM read_parquet(?)", [str(folder / "records.parquet")]
        ).fetchall()
    return {
        "events": {rel: {"gone": max(0, old - new), "changed": new} for rel, old, new in events},
        "nodes": dict(nodes),
        "records": records[0][0],
    }
