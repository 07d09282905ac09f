"""Drug facts beside cases and statements: register, tests, clues, parcels with drugs in them, words in texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from backend.analysis.model.facts import DrugFact
from backend.runs.observed import TIMEOUT, Observed, identifier_labels, names
from etl.storage.event_table import links
from graph_schema.dictionaries.loader import load
from graph_schema.store import Store, Viewer

SPOKEN = (
    ("MESSAGED", "Phone", "Phone", "text"),
    ("MESSAGED", "Account", "Account", "text"),
    ("PAID", "Account", "Account", "memo"),
    ("PAID", "Account", "Phone", "memo"),
)
LEAST_SAID = 2
"""Texts with such a word between the same two before it counts: one may be about the news."""
SENT_TO_MANY = 5
"""One text sent to so many people is an appeal or an advertisement, and says nothing of who gets it."""


def read_drug_facts(
    store: Store, viewer: Viewer, observed: Observed, table: duckdb.DuckDBPyConnection
) -> list[DrugFact]:
    """One fact per person, kind and case with its rows, sorted; nobody for a platform or a service number."""
    rows: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for kind, found in (
        ("clue", _clues(table)),
        ("parcel", _parcels(store, viewer)),
        ("words", _words(store, viewer, observed)),
    ):
        for ref, case, evidence in found:
            if ref in observed.holder and ref not in observed.alone:
                rows[observed.holder[ref], kind, case].update(evidence)
    tested = {row["record"]: row["row"] for row in store.read(viewer, "run.tested", timeout=TIMEOUT)}
    registered = {record: observed.records.rows[record] for record in observed.records.registered_users}
    for record, row in (*tested.items(), *registered.items()):
        if record in observed.person_of_record:
            rows[observed.person_of_record[record], "user", ""].add(row)
    return [
        DrugFact(person, kind, sorted(seen), (case,) if case else ())
        for (person, kind, case), seen in sorted(rows.items())
    ]


IdentifierRows = Iterator[tuple[str, str, list[str]]]
"""Identifier, case (empty where it is of none), rows."""


def _clues(table: duckdb.DuckDBPyConnection) -> IdentifierRows:
    """Identifiers a clue names, and those it was posted from."""
    for label in identifier_labels():
        for _, ref, evidence in links(table, "MENTIONS", "Clue", label):
            yield ref, "", evidence
    for label in ("Account", "Phone"):
        for ref, _, evidence in links(table, "POSTED", label, "Clue"):
            yield ref, "", evidence


def _parcels(store: Store, viewer: Viewer) -> IdentifierRows:
    """Senders and receivers of parcels that something was seized from."""
    for row in store.read(viewer, "run.seized_parcels", timeout=TIMEOUT):
        yield f"{row['label']}:{row['key']}", row["case_no"] or "", row["evidence"] or []


def _words(store: Store, viewer: Viewer, observed: Observed) -> IdentifierRows:
    """Both ends of texts with a word used for drugs alone (use 1), said again by the same two."""
    words = sorted({entry.value for entry in load("code_words") if entry.extra.get("ambiguity") == "1"})
    said: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rel, start, end, text in SPOKEN:
        labels = {"rel": rel, "text": text, **names(start, "start"), **names(end, "end")}
        for row in store.read(viewer, "run.spoken", labels=labels, words=words, timeout=TIMEOUT):
            ends = f"{start}:{row['start']}", f"{end}:{row['end']}"
            if not {*ends} & observed.alone:
                said[ends].append((row["text"], row["evidence"]))
                reached[ends[0], row["text"]].add(ends[1])
    for (a, b), texts in said.items():
        own = [rows for text, rows in texts if len(reached[a, text]) < SENT_TO_MANY]
        if len(own) >= LEAST_SAID:
            for rows in own:
                yield from ((a, "", rows), (b, "", rows))
