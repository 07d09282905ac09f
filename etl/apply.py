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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import quiet_duckdb
from etl.archive import Archive
from etl.plan import RETIRED
from etl.refs import identifier_props, key_of
from graph_schema.declaration import load_declaration
from graph_schema.errors import EngineError, UplineError
from graph_schema.store import Store
from graph_schema.store.catalogue import find

BATCH = 5_000


@dataclass(frozen=True)
class Batch:
    """One statement's rows and the declared names it is written with."""

    query: str
    labels: dict[str, str]
    rows: list[Any]


def apply(store: Store, folder: Path, tick: Callable[[int, int], None]) -> dict[str, Any]:
    """Write the plan in ``folder`` (or what is left of it), then remove it; return its ``plan.json``.

    ``tick(done, total)`` counts rows written. Raises ``EngineError`` where the database goes away; the plan
    then stays and the next load carries on.
    """
    about: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    load_id = str(about["load"])
    action = "load" if about["add"] else "unload"
    with store.writer() as writer:
        begun = writer.run(
            "load.begin", load_id=load_id, load=about["load"], action=action, now=int(time.time() * 1000)
        )[0]
    done, number, written, total = int(begun["done"]), 0, 0, _total(folder)
    for number, batch in enumerate(_ahead(_batches(folder, about)), start=1):
        written += len(batch.rows)
        if number > done:
            _write_once(store, batch, about["load"], load_id, number)
            tick(written, total)
    if begun["state"] != "finished":
        with store.writer() as writer:
            if about["add"]:
                writer.run("load.files", rows=about["add"])
            if about["remove"]:
                writer.run("load.drop_files", rows=about["remove"])
            files = [entry["sha256"] for entry in about["add"]] or about["remove"]
            writer.run("load.finish", load_id=load_id, done=number, now=int(time.time() * 1000), files=files)
    if about["remove"]:
        Archive(folder.parent.parent).retire(about["load"], folder / f"{RETIRED}.parquet")
    shutil.rmtree(folder)
    return about


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, the next ones prepared while the database writes the last."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = deque(pool.submit(next, batches, None) for _ in range(2))
        while (batch := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, batches, None))
            yield batch


PATIENCE = 4
"""How often a batch is tried when the database has a passing fault; the counter tells what became of it."""


def _write_once(store: Store, batch: Batch, load: int, load_id: str, number: int) -> None:
    """Write a batch exactly once: after a fault, the counter says whether its transaction was committed."""
    params: dict[str, Any] = {"rows": batch.rows}
    if "load" in find(batch.query).parameters:
        params["load"] = load
    for attempt in range(1, PATIENCE + 1):
        try:
            with store.writer() as writer:
                writer.run(batch.query, labels=batch.labels or None, **params)
                _check(batch, writer.counters)
                writer.run("load.step", load_id=load_id, done=number)
            return
        except EngineError:
            if attempt == PATIENCE:
                raise
            time.sleep(0.2 * 2**attempt)
            if int(store.rows("load.progress", load_id=load_id)[0]["done"]) >= number:
                return


class LostRow(UplineError):
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
            f"{batch.query} {batch.labels}: {counters.get(made, 0)} of {len(batch.rows)} written; the load stops, "
            "nothing of this batch is kept / 写入数与应写数不符，导入已停止"
        )


def _total(folder: Path) -> int:
    with quiet_duckdb.connect() as con:
        return sum(
            int(con.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()[0][0])
            for path in sorted(folder.glob("*.parquet"))
            if path.stem != RETIRED
        )


def _batches(folder: Path, about: dict[str, Any]) -> Iterator[Batch]:
    """All batches of a plan, in an order that depends on nothing but the plan."""
    if about["remove"]:
        # Events first: a record takes its involvements with it, and their count would not add up.
        yield from _event_changes(folder)
        yield from _removals(folder)
        yield from _orphans(folder)
    else:
        yield from _additions(folder)
        yield from _event_changes(folder)


def _rows(folder: Path, name: str, columns: str = "*", where: str = "true") -> Iterator[tuple[Any, ...]]:
    with quiet_duckdb.connect() as con:
        con.execute(f"SELECT {columns} FROM read_parquet(?) WHERE {where}", [str(folder / f"{name}.parquet")])
        while rows := con.fetchmany(BATCH * 4):
            yield from rows


def _chunks(
    rows: Iterator[tuple[Any, ...]], group: Callable[[tuple[Any, ...]], Any]
) -> Iterator[tuple[Any, list[tuple[Any, ...]]]]:
    """Runs of rows with the same group, no longer than a batch."""
    current: Any = None
    held: list[tuple[Any, ...]] = []
    for row in rows:
        key = group(row)
        if held and (key != current or len(held) >= BATCH):
            yield current, held
            held = []
        current = key
        held.append(row)
    if held:
        yield current, held


def _label(name: str) -> dict[str, str]:
    return {"label": name, "key": load_declaration().labels[name].key}


def _additions(folder: Path) -> Iterator[Batch]:
    for label, rows in _chunks(_rows(folder, "refs"), lambda row: row[0]):
        yield Batch("load.nodes", _label(label), [[key_of(ref), identifier_props(ref)] for _, ref in rows])
    for label, rows in _chunks(_rows(folder, "props"), lambda row: row[0]):
        yield Batch("load.props", _label(label), [[key_of(ref), merged(props)] for _, ref, props in rows])
    fields = "record_id, name, file12, sheet, row, slot, props"
    for _, rows in _chunks(
        _rows(folder, "records", fields.replace("file12", "split_part(evidence, '/', 1)")), lambda row: 0
    ):
        yield Batch(
            "load.records",
            {},
            [
                [*(cell if cell != "" else None for cell in row[:6]), merged([row[6]] if row[6] else [])]
                for row in rows
            ],
        )
    states = "unnest(refs) AS ref, unnest(hows) AS how, record_id, evidence"
    with quiet_duckdb.connect() as con:
        con.execute(
            f"""SELECT split_part(ref, ':', 1) AS label, ref, how, record_id, evidence FROM
            (SELECT {states} FROM read_parquet(?)) ORDER BY label, record_id, ref, how""",
            [str(folder / "records.parquet")],
        )
        stream = iter(con.fetchall())
    for label, rows in _chunks(stream, lambda row: row[0]):
        yield Batch(
            "load.states",
            _label(label),
            [[record, key_of(ref), how, proof] for _, ref, how, record, proof in rows],
        )


def merged(props: list[str]) -> dict[str, Any]:
    """Properties said in several rows: the newest row that gives one wins; an empty text says nothing."""
    told: dict[str, Any] = {}
    for text in props:
        told |= json.loads(text)
    return {name: value for name, value in told.items() if value != ""}


_EVENT_FIELDS = """op, rel, start_label, end_label, start, "end", event_id, "at", at_precision, evidence, aliases,
  amount, currency, text, systems, serials, props, sides"""


def _event_changes(folder: Path) -> Iterator[Batch]:
    declared = load_declaration().relationships
    gone = _rows(folder, "events", "rel, event_id", "op = 0")
    for rel, rows in _chunks(gone, lambda row: row[0]):
        yield Batch("load.drop_events", {"rel": rel}, [event_id for _, event_id in rows])
    come = _rows(folder, "events", _EVENT_FIELDS, "op = 1")
    for (rel, start, end), rows in _chunks(come, lambda row: row[1:4]):
        labels = {
            "rel": rel,
            "start": start,
            "end": end,
            "start_key": load_declaration().labels[start].key,
            "end_key": load_declaration().labels[end].key,
        }
        amount, text = declared[rel].amount, declared[rel].text
        heads = [
            [
                key_of(r[4]),
                key_of(r[5]),
                r[6],
                r[7],
                r[8],
                r[9],
                r[10] or None,
                _seen_from(r[17]),
                _more(r, rel, text),
            ]
            for r in rows
        ]
        if rel == "PAID":
            values = [
                [*head, r[11], r[12], r[13], r[14], r[15] or None]
                for head, r in zip(heads, rows, strict=True)
            ]
            yield Batch("load.payments", {k: v for k, v in labels.items() if k != "rel"}, values)
        elif amount:
            values = [[*head, r[11]] for head, r in zip(heads, rows, strict=True)]
            yield Batch("load.amount_events", {**labels, "amount": amount}, values)
        else:
            yield Batch("load.events", labels, heads)


def _more(row: tuple[Any, ...], rel: str, text: str | None) -> dict[str, Any]:
    """Properties beyond the fixed ones: what the rows said, merged, and the text under its declared name."""
    props = merged([said for said in row[16] if said]) if row[16] else {}
    if text and rel != "PAID" and row[13] is not None:
        props[text] = row[13]
    return props


def _seen_from(sides: list[str] | None) -> str:
    """Whose books an event is in: start, end, both or none (a third party's table)."""
    own = {side for side in sides or () if side in {"start", "end"}}
    return "both" if len(own) == 2 else next(iter(own), "none")


def _removals(folder: Path) -> Iterator[Batch]:
    for _, rows in _chunks(_rows(folder, "records"), lambda row: 0):
        yield Batch("load.drop_records", {}, [row[0] for row in rows])


def _orphans(folder: Path) -> Iterator[Batch]:
    for label, rows in _chunks(_rows(folder, "orphans"), lambda row: row[0]):
        yield Batch("load.drop_nodes", _label(label), [key_of(ref) for _, ref in rows])
    for label, rows in _chunks(_rows(folder, "props"), lambda row: row[0]):
        values = [[key_of(ref), {**_identity(label, ref), **merged(props)}] for _, ref, props in rows]
        yield Batch("load.reset_props", _label(label), values)


def _identity(label: str, ref: str) -> dict[str, Any]:
    return {load_declaration().labels[label].key: key_of(ref), **identifier_props(ref)}
