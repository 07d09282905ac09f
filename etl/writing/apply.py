"""Writing a plan to the database: in numbered batches, each of them exactly once.

Every batch and the counter that says it is done are one transaction, so a batch whose outcome is unknown
(killed process, cut connection) is recognised by the counter when the plan is carried on. That allows bare
CREATE, which is nearly twice as fast as MERGE on relationships.
"""

from __future__ import annotations

import json
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.storage import loads
from etl.storage.archive import Archive
from etl.storage.event_table import EventTable, of_files
from etl.writing.batches import Batch, batches
from etl.writing.plan import RETIRED
from etl.writing.traces import wipe
from graph_schema.errors import EngineError, UplineError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, room
from graph_schema.store.catalogue import find
from graph_schema.store.connection import Writer
from graph_schema.store.failures import REFUSALS


def apply(store: Store, folder: Path, tick: Callable[[int, int], None]) -> dict[str, Any]:
    """Write the plan in ``folder`` (or what is left of it), then remove it; return its ``plan.json``.

    ``tick(done, total)`` counts rows written. Raises ``EngineError`` where the database goes away or the disk
    is nearly full; the plan then stays and the next load carries on. Raises ``Refused`` where the database will
    never take it: see ``etl.writing.taking_back``.
    """
    about: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    load_id = str(about["load"])
    action = "load" if about["add"] else "unload"
    room.need(store.home)
    begun = _begun(store, load_id=load_id, load=about["load"], action=action, now=int(time.time() * 1000))
    done, number, written, total = int(begun["done"]), 0, 0, _total(folder)
    for number, batch in enumerate(_ahead(batches(folder, about)), start=1):
        written += len(batch.rows)
        if number > done:
            room.need(store.home)
            write_once(store, batch, about["load"], load_id, number)
            tick(written, total)
    if begun["state"] != "finished":
        _finish(store, about, load_id, number)
    loads.keep(store)
    follow(store, folder, about)
    if about["remove"]:
        archive = Archive(folder.parent.parent)
        archive.retire(about["load"], folder / f"{RETIRED}.parquet")
        wipe(store, archive, about["remove"])
    shutil.rmtree(folder)
    return about


def follow(store: Store, folder: Path, about: dict[str, Any]) -> None:
    """Have the event table take over the plan in ``folder``, which the graph holds by now."""
    after = {str(row["sha256"]) for row in store.read(LOCAL, "load.sources", timeout=60.0)}
    before = after - {str(entry["sha256"]) for entry in about["add"]} | set(about["remove"])
    EventTable(store.home).follow(folder, of_files(before), of_files(after), bool(about["remove"]))


def _begun(store: Store, **load: Any) -> dict[str, Any]:
    """How far the load is; a database that takes no writes since a disk was full is started again first."""
    for last in (False, True):
        try:
            with store.writer() as writer:
                return writer.run("load.begin", **load)[0]
        except (EngineError, *REFUSALS):
            if last or not store.embedded:
                raise
            room.need(store.home)
            store.restart()
    raise AssertionError("unreachable")


def _finish(store: Store, about: dict[str, Any], load_id: str, number: int) -> None:
    """Write the files and the end of the load, in one transaction."""
    files = [entry["sha256"] for entry in about["add"]] or about["remove"]

    def write(writer: Writer) -> None:
        if about["add"]:
            writer.run("load.files", rows=about["add"])
        if about["remove"]:
            writer.run("load.drop_files", rows=about["remove"])
        writer.run("load.finish", load_id=load_id, done=number, now=int(time.time() * 1000), files=files)

    def finished() -> bool:
        return any(
            row["state"] == "finished" for row in store.rows("load.history") if str(row["load"]) == load_id
        )

    _tried(store, "load.finish", write, finished, load_id)


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, the next ones prepared while the database writes the last."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = deque(pool.submit(next, batches, None) for _ in range(2))
        while (batch := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, batches, None))
            yield batch


PATIENCE = 4
"""How often a batch is tried when the database has a passing fault; the counter tells what became of it."""


class Refused(UplineError):
    """The database will never take this plan: it is in order itself, and refuses what the plan holds."""

    code = "E-REFUSED"


def write_once(store: Store, batch: Batch, load: int, load_id: str, number: int) -> None:
    """Write a batch exactly once: after a fault, the counter says whether its transaction was committed."""

    def write(writer: Writer) -> None:
        run_batch(writer, batch, load)
        writer.run("load.step", load_id=load_id, done=number)

    def written() -> bool:
        return int(store.rows("load.progress", load_id=load_id)[0]["done"]) >= number

    _tried(store, batch.query, write, written, load_id)


def run_batch(writer: Writer, batch: Batch, load: int) -> None:
    """One statement of a plan; raises ``LostRow`` where it wrote fewer rows than it was given."""
    params: dict[str, Any] = {"rows": batch.rows}
    if "load" in find(batch.query).parameters:
        params["load"] = load
    before = dict(writer.counters)
    writer.run(batch.query, labels=batch.labels or None, **params)
    _check(batch, {name: value - before.get(name, 0) for name, value in writer.counters.items()})


def _tried(
    store: Store, what: str, write: Callable[[Writer], None], written: Callable[[], bool], load_id: str
) -> None:
    """Do ``write`` in one transaction, again after a passing fault; raise ``Refused`` where none of it passes."""
    for attempt in range(1, PATIENCE + 1):
        try:
            with store.writer() as writer:
                write(writer)
            return
        except REFUSALS as error:
            if not _sound(store, load_id):
                raise EngineError(f"{what}: {_brief(error)}") from error
            raise Refused(f"{what}: {_brief(error)}") from error
        except EngineError as error:
            if attempt == PATIENCE:
                if _sound(store, load_id):
                    raise Refused(_brief(error)) from error
                raise
            time.sleep(0.2 * 2**attempt)
            if written():
                return


def _sound(store: Store, load_id: str) -> bool:
    """Whether the database takes another write: then its refusal was meant for what it was given."""
    room.need(store.home)
    try:
        with store.writer() as writer:
            writer.run("load.probe", load_id=load_id)
    except EngineError:
        return False
    return True


def _brief(error: BaseException) -> str:
    """What the database said, without the value it refused (which may be megabytes)."""
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else f"{text[:300]}…"


class LostRow(Refused):
    """A statement wrote fewer rows than it was given: a reference leads nowhere. Nothing of the batch is kept."""

    code = "E-LOST-ROW"


def _check(batch: Batch, counters: dict[str, int]) -> None:
    made = {
        "load.states": "relationships_created",
        "load.events": "relationships_created",
        "load.amount_events": "relationships_created",
        "load.payments": "relationships_created",
        "load.records": "nodes_created",
        "load.drop_events": "relationships_deleted",
    }.get(batch.query)
    if made and counters.get(made, 0) != len(batch.rows):
        raise LostRow(
            Text(
                f"{batch.query} {batch.labels}：应写 {len(batch.rows)}，实写 {counters.get(made, 0)}；导入已停止，本批未保留",
                f"{batch.query} {batch.labels}: {counters.get(made, 0)} of {len(batch.rows)} "
                "written; the load stops, nothing of this batch is kept",
            )
        )


def _total(folder: Path) -> int:
    files = (path for path in folder.glob("*.parquet") if path.stem != RETIRED)
    return sum(pq.read_metadata(path).num_rows for path in files)
