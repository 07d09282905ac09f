"""A plan's rows as numbered batches, in an order that depends on nothing but the plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.storage import quiet_duckdb
from etl.storage.refs import identifier_props, key_of
from graph_schema.declaration import load_declaration

BATCH = 5_000


@dataclass(frozen=True)
class Batch:
    """One statement's rows and the declared names it is written with."""

    query: str
    labels: dict[str, str]
    rows: list[Any]


def batches(folder: Path, about: dict[str, Any]) -> Iterator[Batch]:
    """All batches of a plan, in an order that depends on nothing but the plan."""
    if about["remove"]:
        # Events first: a record takes its involvements with it, and their count would not add up.
        yield from _event_changes(folder)
        yield from removals(folder)
        yield from orphans(folder)
    else:
        yield from _additions(folder)
        yield from _event_changes(folder)


def rows_of(
    folder: Path, name: str, columns: str = "*", where: str = "true", order: str = ""
) -> Iterator[tuple[Any, ...]]:
    """Rows of one table of a plan, some thousand at a time."""
    sorting = f" ORDER BY {order}" if order else ""
    with quiet_duckdb.shared() as con:
        file = str(folder / f"{name}.parquet")
        con.execute(f"SELECT {columns} FROM read_parquet(?) WHERE {where}{sorting}", [file])
        while rows := con.fetchmany(BATCH * 4):
            yield from rows


def chunks(
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
    for label, rows in chunks(rows_of(folder, "refs"), lambda row: row[0]):
        yield Batch("load.nodes", _label(label), [[key_of(ref), identifier_props(ref)] for _, ref in rows])
    for label, rows in chunks(rows_of(folder, "props"), lambda row: row[0]):
        yield Batch("load.props", _label(label), [[key_of(ref), merged(props)] for _, ref, props in rows])
    fields = "record_id, name, file12, sheet, row, slot, props"
    for _, rows in chunks(
        rows_of(folder, "records", fields.replace("file12", "split_part(evidence, '/', 1)")), lambda row: 0
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
    with quiet_duckdb.shared() as con:
        con.execute(
            f"""SELECT split_part(ref, ':', 1) AS label, ref, how, record_id, evidence FROM
            (SELECT {states} FROM read_parquet(?)) ORDER BY label, record_id, ref, how""",
            [str(folder / "records.parquet")],
        )
        stream = iter(con.fetchall())
    for label, rows in chunks(stream, lambda row: row[0]):
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
    gone = rows_of(folder, "events", "rel, event_id", "op = 0")
    for rel, rows in chunks(gone, lambda row: row[0]):
        yield Batch("load.drop_events", {"rel": rel}, [event_id for _, event_id in rows])
    yield from new_events(folder)


def new_events(folder: Path) -> Iterator[Batch]:
    """The events a plan writes, anew or changed."""
    declared = load_declaration().relationships
    come = rows_of(folder, "events", _EVENT_FIELDS, "op = 1")
    for (rel, start, end), rows in chunks(come, lambda row: row[1:4]):
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


def removals(folder: Path) -> Iterator[Batch]:
    """Batches that take out records no loaded file states any more."""
    for _, rows in chunks(rows_of(folder, "records"), lambda row: 0):
        yield Batch("load.drop_records", {}, [row[0] for row in rows])


def orphans(folder: Path) -> Iterator[Batch]:
    """Batches that take out nodes nothing states any more, then those that reset the properties of nodes that stay."""
    for label, rows in chunks(rows_of(folder, "orphans"), lambda row: row[0]):
        yield Batch("load.drop_nodes", _label(label), [key_of(ref) for _, ref in rows])
    for label, rows in chunks(rows_of(folder, "props"), lambda row: row[0]):
        values = [[key_of(ref), {**_identity(label, ref), **merged(props or [])}] for _, ref, props in rows]
        yield Batch("load.reset_props", _label(label), values)


def _identity(label: str, ref: str) -> dict[str, Any]:
    return {load_declaration().labels[label].key: key_of(ref), **identifier_props(ref)}
