"""The second opinion on the event table: the same columns read from the graph, one relationship after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from backend.analysis.model.facts import PRECISIONS, Events, Facts
from backend.runs.observed import Observed
from etl.writing.tabled import event_table
from graph_schema.declaration import load_declaration
from graph_schema.store import LOCAL, Store

TALK = [(rel, label, label) for rel in ("CALLED", "MESSAGED") for label in ("Phone", "Account")]
MONEY = [("PAID", start, end) for start in ("Account", "Phone") for end in ("Account", "Phone")]
Row = dict[str, Any]
Said = tuple[str, str, int, str, int, list[str]]  # both ends, time, precision, amount, rows


def edges(store: Store, rel: str, start: str, end: str) -> Iterator[Row]:
    """All relationships of a type between two labels, as the graph holds them."""
    labels = load_declaration().labels
    with store.driver.session(database=store.database) as session:
        found = session.run(
            f"MATCH (a:{start})-[e:{rel}]->(b:{end}) RETURN properties(e) AS e, "
            f"a.{labels[start].key} AS a, b.{labels[end].key} AS b"
        )
        for row in found:
            yield {"start": f"{start}:{row['a']}", "end": f"{end}:{row['b']}", **row["e"]}


def told(store: Store, rel: str, start: str, end: str) -> Iterator[Said]:
    amount = load_declaration().relationships[rel].amount
    for row in edges(store, rel, start, end):
        much = int(row.get(amount, 0)) if amount else 0
        at, precision = row.get("at", -1), row.get("at_precision", "day")
        yield row["start"], row["end"], at, precision, much, row["evidence"]


def parcels(store: Store) -> Iterator[Said]:
    labels = ("Phone", "ResidentId", "Account")
    received: dict[str, list[Said]] = defaultdict(list)
    for label in labels:
        for row in told(store, "RECEIVED", label, "Parcel"):
            received[row[1]].append(row)
    for label in labels:
        for start, parcel, at, precision, _, rows in told(store, "SENT", label, "Parcel"):
            for other in received[parcel]:
                yield start, other[0], at, precision, 0, sorted({*rows, *other[5]})


def statements(store: Store, observed: Observed) -> Iterator[Said]:
    for label in ("Phone", "Account", "ResidentId"):
        for start, *rest in told(store, "SAYS_SUPPLIER", "Record", label):
            if holds := observed.people[observed.person_of_record[start.removeprefix("Record:")]].holds:
                yield holds[0].ref, *rest


def events(observed: Observed, rows: Iterator[Said]) -> list[tuple[Any, ...]]:
    """Each event between two persons as a row, in the order a run takes them in."""
    found = []
    for start, end, at, precision, amount, evidence in rows:
        a, b = observed.holder.get(start), observed.holder.get(end)
        if a is not None and b is not None and a != b:
            found.append((at, a, b, amount, evidence, start, end, PRECISIONS.index(precision)))
    alone = observed.alone
    return [(*row, row[5] in alone or row[6] in alone) for row in sorted(found)]


def as_rows(told_by_table: Events) -> list[tuple[Any, ...]]:
    """The columns of a run in the same shape; their types are those an analysis expects."""
    e = told_by_table
    assert [c.dtype for c in (e.a, e.b, e.at, e.amount)] == [np.int64] * 4
    assert (e.precision.dtype, e.service.dtype) == (np.int8, np.bool_)
    columns = (e.at, e.a, e.b, e.amount, list(e.evidence), e.a_ref, e.b_ref, e.precision, e.service)
    return list(zip(*(c.tolist() if isinstance(c, np.ndarray) else c for c in columns), strict=True))


def asked(store: Store) -> dict[str, list[tuple[int, int]]]:
    """First and last time in each identifier's own books."""
    times: dict[str, list[int]] = defaultdict(list)
    for kind in (*TALK, *MONEY):
        for row in edges(store, *kind):
            for end, sides in (("start", ("start", "both")), ("end", ("end", "both"))):
                if row.get("seen_from") in sides and row.get("at", -1) >= 0:
                    times[row[end]].append(row["at"])
    return {ref: [(min(found), max(found))] for ref, found in sorted(times.items())}


def assert_same(store: Store, observed: Observed, facts: Facts) -> int:
    """Everything a run takes from the event table is what the graph says; returns how many events that are."""
    talk = (row for kind in TALK for row in told(store, *kind))
    money = (row for kind in MONEY for row in told(store, *kind))
    for mine, theirs in (
        (facts.calls, talk),
        (facts.payments, money),
        (facts.parcels, parcels(store)),
        (facts.statements, statements(store, observed)),
    ):
        assert as_rows(mine) == events(observed, theirs)
    assert facts.coverage == asked(store)
    worn = [
        ("Phone", "Sim"),
        ("Phone", "Device"),
        ("Sim", "Device"),
        ("Account", "Device"),
        ("Account", "Sim"),
    ]
    assert sorted(observed.worn) == sorted(
        (row["start"], row["end"], len(row["evidence"]))
        for kind in worn
        for row in edges(store, "USED_WITH", *kind)
    )
    return len(facts.calls) + len(facts.payments) + len(facts.parcels) + len(facts.statements)


def links_of_clues(store: Store) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """Relationships between a clue and an identifier, whichever way they go."""
    with store.driver.session(database=store.database) as session:
        rows = session.run(
            "MATCH (a)-[e:MENTIONS|POSTED]->(b) RETURN type(e) AS rel, e.evidence AS rows, e.event_id AS id"
        )
        return {(row["rel"], row["id"], "", tuple(row["rows"])) for row in rows}


def links_of_clues_in_table(store: Store) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """The same out of the event table."""
    with event_table(store, LOCAL, lambda _: None) as table:
        rows = table.execute(
            "SELECT rel, event_id, '', evidence FROM events WHERE rel IN ('MENTIONS', 'POSTED')"
        )
        return {(rel, event_id, none, tuple(said)) for rel, event_id, none, said in rows.fetchall()}
