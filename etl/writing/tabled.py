"""The event table and the graph: the table follows every plan, and is made anew where it does not agree.

It agrees where it tells of the very files that are loaded and of as many events of each kind as the graph holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.intake.reports import Progress
from etl.storage.archive import Archive
from etl.storage.event_table import KINDS, EventTable, State, of_files
from etl.writing.load import exclusive, resume
from graph_schema.declaration import load_declaration
from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer, room

TIMEOUT = 600.0
"""Seconds one query may take that reads all events of a kind."""
_COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("event_id", "rel", "start", "end")),
        *(("at", pa.int64()), ("at_precision", pa.string()), ("amount", pa.int64()), ("seen", pa.string())),
        ("evidence", pa.list_(pa.string())),
    ]
)
_BLOCK = 50_000


@contextmanager
def event_table(
    store: Store, viewer: Viewer, progress: Callable[[Progress], None]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the view ``events`` (see ``EventTable.reading``) of what the graph holds, made anew where needed.

    A plan that was decided but not wholly written is carried on then. Raises ``Busy`` where somebody loads meanwhile.
    """
    table = EventTable(store.home)
    for _ in range(2):
        with table.reading() as (state, con):
            if _agrees(store, viewer, state):
                yield con
                return
        with exclusive(store.home), room.told(store.home):
            resume(store, Archive(store.home), progress)
            if not _agrees(store, viewer, table.state()):
                make_anew(store, viewer, progress)
    raise EngineError(
        Text(
            "事件表与图数据库不一致：读取期间数据有变化，请重试。",
            "The event table does not agree with the graph: it changed while it was read; try again.",
        )
    )


def make_anew(store: Store, viewer: Viewer, progress: Callable[[Progress], None]) -> None:
    """Make the table of what the graph holds. Call it where nobody loads, and nothing half written stands."""
    table = EventTable(store.home)
    table.drop()
    source = store.home / ".events.part"
    files, total = _files(store, viewer), sum(_counts(store, viewer).values())
    done = 0
    try:
        with pq.ParquetWriter(source, _COLUMNS, compression="lz4") as out:
            for block in _blocks(store, viewer):
                out.write_table(pa.Table.from_pylist(block, schema=_COLUMNS))
                done += len(block)
                room.need(store.home)
                progress(Progress("reading", done, total, "table"))
        table.put(files, source)
    finally:
        source.unlink(missing_ok=True)


def _agrees(store: Store, viewer: Viewer, state: State | None) -> bool:
    return (
        state is not None and state.files == _files(store, viewer) and state.counts == _counts(store, viewer)
    )


def _files(store: Store, viewer: Viewer) -> str:
    return of_files(str(row["sha256"]) for row in store.read(viewer, "load.sources", timeout=60.0))


def _counts(store: Store, viewer: Viewer) -> dict[str, int]:
    """Events the graph holds, by kind; the database keeps count of them."""
    found = {
        rel: int(store.read(viewer, "table.count", labels={"rel": rel}, timeout=60.0)[0]["n"])
        for rel in KINDS
    }
    return {rel: n for rel, n in found.items() if n}


def _blocks(store: Store, viewer: Viewer) -> Iterator[list[dict[str, Any]]]:
    """All events the graph holds, some ten thousand at a time."""
    keys = {name: label.key for name, label in load_declaration().labels.items()}
    block: list[dict[str, Any]] = []
    for rel in KINDS:
        amount = load_declaration().relationships[rel].amount
        labels = {"rel": rel, "amount": amount or "at"}
        for row in store.stream(viewer, "table.events", labels=labels, timeout=TIMEOUT, keys=keys):
            block.append({**row, "rel": rel, "amount": row["amount"] if amount else 0})
            if len(block) >= _BLOCK:
                yield block
                block = []
    yield block
