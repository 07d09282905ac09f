"""Which rows of which files say what a node of the graph says: the proof of a case's own facts."""

from __future__ import annotations

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from graph_schema.store import Store, Viewer

MOST_ROWS = 8


def rows_about(store: Store, viewer: Viewer, reference: str) -> tuple[str, ...]:
    """Rows, in the order of loading, that describe the node ``Label:key``; at most a handful."""
    archive = Archive(store.home)
    order = [str(row["sha256"]) for row in store.read(viewer, "load.sources", timeout=60.0)]
    files = {str(archive.facts(sha256) / "nodes.parquet"): sha256 for sha256 in order}
    there = [path for path in files if (archive.facts(files[path]) / "nodes.parquet").is_file()]
    if not there:
        return ()
    with quiet_duckdb.shared() as con:
        found = con.execute(
            "SELECT DISTINCT filename, sheet, row FROM read_parquet(?, filename = true) WHERE ref = ?",
            [there, reference],
        ).fetchall()
    rank = {sha256: n for n, sha256 in enumerate(order)}
    rows = sorted((rank[files[path]], sheet or "-", row, files[path]) for path, sheet, row in found)
    return tuple(f"{sha256[:12]}/{sheet}/{row}" for _, sheet, row, sha256 in rows[:MOST_ROWS])
