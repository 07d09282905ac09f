"""The observed graph as columns: identifiers, records and what ties them, read once per run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb

from backend.judgements import ledger
from backend.security.sealing import records_of_care
from etl.resolve import IdentityConflict, Mention, PairJudgement, Person, resolve
from etl.storage.event_table import links
from graph_schema.declaration import load_declaration
from graph_schema.identifiers.phone import is_service
from graph_schema.store import Store, Viewer

TIMEOUT = 600.0
"""Seconds one column query may take; a run reads the whole graph."""

_WEARING = (
    ("Phone", "Sim"),
    ("Phone", "Device"),
    ("Sim", "Device"),
    ("Account", "Device"),
    ("Account", "Sim"),
)


@dataclass
class Records:
    """Records by id: what resolution does not need but analyses do."""

    rows: dict[str, str]  # record id → row reference
    registered_users: set[str]
    fugitives: set[str]


@dataclass
class Observed:
    """Who is who, as computed from everything the viewer may see."""

    people: list[Person]
    holder: dict[str, int]  # identifier reference → index into people
    person_of_record: dict[str, int]
    records: Records
    alone: frozenset[str]
    mentions: list[Mention]
    conflicts: list[IdentityConflict]
    worn: list[tuple[str, str, int]]  # number or SIM, SIM or handset, times seen together
    apart: set[tuple[int, int]]  # persons (smaller number first) somebody judged to be two


def names(label: str, prefix: str = "") -> dict[str, str]:
    """The declared names a query with a label placeholder needs: ``label``/``key`` or ``start``/``start_key``."""
    key = load_declaration().labels[label].key
    return {prefix: label, f"{prefix}_key": key} if prefix else {"label": label, "key": key}


def identifier_labels() -> list[str]:
    """Labels a person can hold, in declared order."""
    return [name for name, label in load_declaration().labels.items() if label.identifier]


PAGE = 50_000
"""Nodes whose columns the database answers at a time."""


def columns(
    store: Store,
    viewer: Viewer,
    query: str,
    labels: dict[str, str] | None = None,
    **params: Any,  # of any query
) -> dict[str, list[Any]]:  # columns as the database has them
    """The columns of a query that answers by pages of nodes, put together; each in the order of the nodes' keys."""
    found: dict[str, list[Any]] = defaultdict(list)  # as returned
    after: str | None = ""
    while after is not None:
        page = store.read(viewer, query, labels=labels, timeout=TIMEOUT, after=after, most=PAGE, **params)[0]
        after = page.pop("last")
        for name, values in page.items():
            found[name] += values
    return found


def read_observed(store: Store, viewer: Viewer, table: duckdb.DuckDBPyConnection) -> Observed:
    """Read identifiers and records and resolve them to persons; ``table`` has the view ``events``."""
    identifiers: list[tuple[str, int]] = []
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for label in identifier_labels():
        known = columns(store, viewer, "run.identifiers", names(label))
        identifiers += [
            (f"{label}:{key}", load) for key, load in zip(known["keys"], known["loads"], strict=True)
        ]
        stated = columns(store, viewer, "run.states", names(label))
        for record, key, how in zip(stated["records"], stated["keys"], stated["hows"], strict=True):
            states[record].append((f"{label}:{key}", how))
    identifiers += _foreign(store, viewer, states)
    found_platforms = store.stream(viewer, "run.platforms", timeout=TIMEOUT)
    platforms = {f"Account:{row['account']}" for row in found_platforms}
    services = {ref for ref, _ in identifiers if ref.startswith("Phone:") and is_service(ref[6:])}
    alone = frozenset(platforms | services)
    told = columns(store, viewer, "run.records")
    care = records_of_care(store, viewer)  # no run knows their names, so no page of a case can show them
    mentions = [
        Mention(record, load, None if record in care else name or None, tuple(sorted(states[record])))
        for record, name, load in zip(told["ids"], told["names"], told["loads"], strict=True)
    ]
    worn = _worn(table)
    decided = decisions(store, viewer)
    found = resolve(identifiers, mentions, worn, alone, decided)
    people = found.people
    holder = {held.ref: n for n, person in enumerate(people) for held in person.holds}
    person_of_record = {record: n for n, person in enumerate(people) for record in person.records}
    records = Records(
        dict(zip(told["ids"], told["rows"], strict=True)),
        {record for record, flag in zip(told["ids"], told["users"], strict=True) if flag},
        {record for record, flag in zip(told["ids"], told["fugitives"], strict=True) if flag},
    )
    owner = {**holder, **{f"Record:{record}": n for record, n in person_of_record.items()}}
    apart = {
        (min(pair), max(pair))
        for each in decided
        if each.verdict == "different" and (pair := (owner.get(each.one, -1), owner.get(each.other, -1)))
    }
    return Observed(people, holder, person_of_record, records, alone, mentions, found.conflicts, worn, apart)


def decisions(store: Store, viewer: Viewer) -> list[PairJudgement]:
    """What people decided about who is who and nobody has taken back, oldest first."""
    found = ledger.current(store, viewer, "identity").values()
    return [
        PairJudgement(entry.review_id, entry.verdict, entry.subjects[0], entry.subjects[1])
        for entry in sorted(found, key=lambda entry: entry.seq)
        if entry.verdict != "unsure"
    ]


def _foreign(store: Store, viewer: Viewer, states: dict[str, list[tuple[str, str]]]) -> list[tuple[str, int]]:
    """Objects of a foreign model that a record is about: the person holds them, so that paths run through him."""
    stated = columns(store, viewer, "run.states", names("Thing"))
    for record, key, how in zip(stated["records"], stated["keys"], stated["hows"], strict=True):
        states[record].append((f"Thing:{key}", how))
    return [(f"Thing:{key}", 0) for key in sorted(set(stated["keys"]))]


def _worn(table: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    return [
        (start, end, len(evidence))
        for labels in _WEARING
        for start, end, evidence in links(table, "USED_WITH", *labels)
    ]
