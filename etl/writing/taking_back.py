"""Undoing a plan that the database refuses: the graph again equals the facts of the remaining files.

The way back is decided from facts like every plan. Each of its steps gives the same result however often it is
done and whatever part of the refused plan was written, so it needs no counter: killed, it is done from the start.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from etl.storage import loads
from etl.storage.archive import Archive
from etl.writing.apply import follow, run_batch
from etl.writing.batches import Batch, chunks, new_events, orphans, removals, rows_of
from etl.writing.plan import RETIRED, Change, build
from etl.writing.traces import wipe
from graph_schema.store import LOCAL, Store, room
from graph_schema.store.connection import Writer

_MARK = "refused.json"


def refusal_of(folder: Path) -> str | None:
    """Why a plan was refused, where it was and has not been wholly taken back yet."""
    mark = folder / _MARK
    return str(json.loads(mark.read_text(encoding="utf-8"))["why"]) if mark.exists() else None


def take_back(store: Store, archive: Archive, folder: Path, why: str) -> list[dict[str, Any]]:
    """Undo what was written of the plan in ``folder`` and drop it; return the properties of its refused files.

    What was kept of files to add is dropped too. An unload is not undone but done: what it could not find to take
    out is out already.
    """
    (folder / _MARK).write_text(json.dumps({"why": why}, ensure_ascii=False), encoding="utf-8")
    about: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    load, added = int(about["load"]), [str(entry["sha256"]) for entry in about["add"]]
    if not added:
        _settle(store, folder, load)
        _end_unload(store, archive, folder, about)
        return []
    standing = [str(row["sha256"]) for row in store.read(LOCAL, "load.sources", timeout=60.0)]
    left = [sha256 for sha256 in standing if sha256 not in set(added)]
    back = build(archive, Change(load, left, remove=added), look_only=True)
    _settle(store, back, load)
    with store.writer() as writer:
        writer.run("load.drop_files", rows=added)
        writer.run("load.forget", load_id=str(load))
    for sha256 in added:
        archive.forget(sha256)
    shutil.rmtree(back)
    shutil.rmtree(folder)
    return list(about["add"])


def _end_unload(store: Store, archive: Archive, folder: Path, about: dict[str, Any]) -> None:
    with store.writer() as writer:
        writer.run("load.drop_files", rows=about["remove"])
        now = int(time.time() * 1000)
        writer.run("load.finish", load_id=str(about["load"]), done=0, now=now, files=about["remove"])
    archive.retire(about["load"], folder / f"{RETIRED}.parquet")
    loads.keep(store)
    follow(store, folder, about)
    wipe(store, archive, about["remove"])
    shutil.rmtree(folder)


def _settle(store: Store, folder: Path, load: int) -> None:
    """Carry out a plan that takes files out, whatever of it or of its opposite stands in the graph."""
    for batch in _gone(folder):
        _write(store, partial(run_batch, batch=batch, load=load))
    for batch in new_events(folder):
        _write(store, partial(_instead, batch=batch, load=load))
    for batch in chain(removals(folder), orphans(folder)):
        _write(store, partial(run_batch, batch=batch, load=load))


def _write(store: Store, step: Callable[[Writer], None]) -> None:
    room.need(store.home)
    with store.writer() as writer:
        step(writer)


def _gone(folder: Path) -> Iterator[Batch]:
    """All events the plan knows of: those it writes are deleted too, in case they stand already."""
    for rel, rows in chunks(
        rows_of(folder, "events", "DISTINCT rel, event_id", order="rel"), lambda row: row[0]
    ):
        yield Batch("load.clear_events", {"rel": rel}, [event_id for _, event_id in rows])


def _instead(writer: Writer, batch: Batch, load: int) -> None:
    """Events written anew: those of the same ids go in the same transaction."""
    rel = batch.labels.get("rel", "PAID")
    writer.run("load.clear_events", labels={"rel": rel}, rows=[row[2] for row in batch.rows])
    run_batch(writer, batch, load)
