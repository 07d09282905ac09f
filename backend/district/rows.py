"""The rows behind nodes: a node carries no evidence of its own, the facts of the loaded files say which rows told it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from graph_schema.store import Store, Viewer

_ROWS = """
SELECT ref, left(parse_path(filename)[-2], 12) || '/' || CASE WHEN coalesce(sheet, '') = '' THEN '-' ELSE sheet END
  || '/' || row AS evidence
FROM read_parquet(?, filename = true) WHERE ref IN (SELECT unnest(?)) ORDER BY ref, evidence
"""


def rows_of(store: Store, viewer: Viewer, refs: Iterable[str]) -> dict[str, list[str]]:
    """Evidence rows (``sha256[:12]/sheet/row``) by node reference, of the files that are loaded now."""
    wanted = sorted(set(refs))
    archive = Archive(store.home)
    loaded = [str(row["sha256"]) for row in store.read(viewer, "load.sources", timeout=60.0)]
    files = [str(path) for sha in loaded if (path := archive.facts(sha) / "nodes.parquet").is_file()]
    found: dict[str, list[str]] = defaultdict(list)
    if wanted and files:
        with quiet_duckdb.shared() as con:
            for ref, evidence in con.execute(_ROWS, [files, wanted]).fetchall():
                found[ref].append(evidence)
    return {ref: list(dict.fromkeys(rows)) for ref, rows in found.items()}
