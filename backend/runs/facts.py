"""From the observed graph to the arrays an analysis is computed from."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from backend.analysis.inputs import PRECISIONS, Case, Events, Facts, Involvement, Seizure
from backend.runs.observed import TIMEOUT, Observed, names, one
from graph_schema.declaration import load_declaration
from graph_schema.store import Store, Viewer

_TALK = (
    ("CALLED", "Phone", "Phone"),
    ("CALLED", "Account", "Account"),
    ("MESSAGED", "Phone", "Phone"),
    ("MESSAGED", "Account", "Account"),
)
_MONEY = (
    ("PAID", "Account", "Account"),
    ("PAID", "Account", "Phone"),
    ("PAID", "Phone", "Account"),
    ("PAID", "Phone", "Phone"),
)


class _Columns:
    """Events of one channel while they are being read."""

    def __init__(self, observed: Observed) -> None:
        self.observed = observed
        self.rows: list[tuple[int, int, int, int, int, str, str, list[str], str]] = []

    def add(
        self, start: str, end: str, at: int, precision: str, amount: int, text: str, evidence: list[str]
    ) -> None:
        holder = self.observed.holder
        a, b = holder.get(start), holder.get(end)
        if a is None or b is None or a == b:
            return  # an own transfer says nothing between persons
        self.rows.append((a, b, at, PRECISIONS.index(precision), amount, start, end, evidence, text))

    def events(self) -> Events:
        # Sorted, so that a run does not depend on the order the database answers in.
        self.rows.sort(key=lambda row: (row[2], row[0], row[1], row[4], row[7]))
        alone = self.observed.alone
        columns: list[Any] = [list(column) for column in zip(*self.rows, strict=True)] or [
            [] for _ in range(9)
        ]
        a, b, at, precision, amount, a_ref, b_ref, evidence, text = columns
        return Events(
            a=np.array(a, dtype=np.int64),
            b=np.array(b, dtype=np.int64),
            at=np.array(at, dtype=np.int64),
            precision=np.array(precision, dtype=np.int8),
            amount=np.array(amount, dtype=np.int64),
            service=np.array(
                [x in alone or y in alone for x, y in zip(a_ref, b_ref, strict=True)], dtype=np.bool_
            ),
            a_ref=a_ref,
            b_ref=b_ref,
            evidence=evidence,
            text=[words or None for words in text],
        )


def read_facts(store: Store, viewer: Viewer, observed: Observed) -> Facts:
    """Read everything a run is computed from; see ``backend.analysis.inputs.Facts``."""
    asked: dict[str, tuple[int, int]] = {}
    calls = _channel(store, viewer, observed, _TALK, asked)
    payments = _channel(store, viewer, observed, _MONEY, asked)
    cases = _cases(store, viewer)
    number = {case.case_no: n for n, case in enumerate(cases)}
    involvements, fugitives = _involvements(store, viewer, observed, number)
    seizures = _seizures(store, viewer, observed, number)
    _weigh(cases, seizures)
    size = len(observed.people)
    people = observed.people
    of = observed.person_of_record

    def flags(indices: set[int]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        mask = np.zeros(size, dtype=np.bool_)
        mask[sorted(indices)] = True
        return mask

    return Facts(
        person_ids=[person.person_id for person in people],
        named=np.array([bool(person.name or person.resident_id) for person in people], dtype=np.bool_),
        registered_user=flags({of[r] for r in observed.records.registered_users if r in of}),
        fugitive=flags(fugitives | {of[r] for r in observed.records.fugitives if r in of}),
        platform=flags({observed.holder[ref] for ref in observed.alone if ref in observed.holder}),
        asked=flags({observed.holder[ref] for ref in asked if ref in observed.holder}),
        calls=calls,
        payments=payments,
        parcels=_parcels(store, viewer, observed),
        statements=_statements(store, viewer, observed),
        cases=cases,
        involvements=involvements,
        seizures=seizures,
        refs=[[held.ref for held in person.holds] for person in people],
        coverage={ref: [period] for ref, period in sorted(asked.items())},
    )


def _channel(
    store: Store,
    viewer: Viewer,
    observed: Observed,
    kinds: tuple[tuple[str, str, str], ...],
    asked: dict[str, tuple[int, int]],
) -> Events:
    """Events of some relationship types; ``asked`` learns whose own books were seen and for which time."""
    columns = _Columns(observed)
    for rel, start_label, end_label in kinds:
        declared = load_declaration().relationships[rel]
        labels = {
            "rel": rel,
            **names(start_label, "start"),
            **names(end_label, "end"),
            "amount": declared.amount or "at",
            "text": declared.text or "at_precision",
        }
        for row in store.stream(viewer, "run.events", labels=labels, timeout=TIMEOUT):
            start = f"{start_label}:{row['start']}"
            rest = (
                row["ends"],
                row["ats"],
                row["precisions"],
                row["amounts"],
                row["texts"],
                row["seen"],
                row["evidence"],
            )
            for end_key, at, precision, amount, text, seen, evidence in zip(*rest, strict=True):
                end = f"{end_label}:{end_key}"
                words = text if declared.text else ""
                columns.add(start, end, at, precision, amount if declared.amount else 0, words, evidence)
                for side, ref in (("start", start), ("end", end)):
                    if seen in (side, "both") and at >= 0:
                        low, high = asked.get(ref, (at, at))
                        asked[ref] = (min(low, at), max(high, at))
    return columns.events()


def _cases(store: Store, viewer: Viewer) -> list[Case]:
    return [
        Case(
            case_no=row["case_no"],
            tier="unknown",
            opened_at=row["opened_at"],
            grams={},
            target_level=row["target_level"],
            deadline=row["deadline"],
        )
        for row in store.read(viewer, "run.cases", timeout=TIMEOUT)
    ]


def _involvements(
    store: Store, viewer: Viewer, observed: Observed, number: dict[str, int]
) -> tuple[list[Involvement], set[int]]:
    columns = one(store, viewer, "run.involvements")
    found: list[Involvement] = []
    fugitives: set[int] = set()
    keys = ("records", "cases", "roles", "classes", "arrested", "measures", "evidence")
    for record, case_no, _, role, arrested, measure, evidence in zip(
        *(columns[key] for key in keys), strict=True
    ):
        person = observed.person_of_record[record]
        found.append(
            Involvement(person, number[case_no], role, arrested if arrested >= 0 else None, evidence)
        )
        if "追逃" in measure or "在逃" in measure:
            fugitives.add(person)
    found.sort(key=lambda item: (item.case, item.person, item.role, item.evidence))
    return found, fugitives


def _seizures(store: Store, viewer: Viewer, observed: Observed, number: dict[str, int]) -> list[Seizure]:
    found = []
    for row in store.read(viewer, "run.seizures", timeout=TIMEOUT):
        if row["case_no"] is None:
            continue
        person = -1
        if row["label"] == "Record":
            person = observed.person_of_record.get(row["holder"], -1)
        elif row["label"]:
            person = observed.holder.get(f"{row['label']}:{row['holder']}", -1)
        found.append(
            Seizure(
                person=person,
                case=number[row["case_no"]],
                at=row["at"] if row["at"] is not None else -1,
                substance=row["substance"] or "",
                grams=float(row["net_g"] or 0.0),
                packets=int(row["packets"] or 0),
                batch=row["batch"],
                packaging=row["packaging"],
                evidence=row["evidence"] or [],
            )
        )
    return found


def _weigh(cases: list[Case], seizures: list[Seizure]) -> None:
    """Add up what was seized in each case; its tier is the analysis' to say."""
    for seizure in seizures:
        grams = cases[seizure.case].grams
        grams[seizure.substance] = grams.get(seizure.substance, 0.0) + seizure.grams


def _parcels(store: Store, viewer: Viewer, observed: Observed) -> Events:
    """Sender to receiver, one event per waybill and pair."""
    ends: dict[str, dict[str, list[tuple[str, int, str, list[str]]]]] = {}
    for rel in ("SENT", "RECEIVED"):
        held: dict[str, list[tuple[str, int, str, list[str]]]] = defaultdict(list)
        for label in ("Phone", "ResidentId", "Account"):
            labels = {"rel": rel, **names(label, "start"), **names("Parcel", "end")}
            columns = one(store, viewer, "run.links", labels)
            keys = ("starts", "ends", "ats", "precisions", "evidence")
            for start, waybill, at, precision, evidence in zip(*(columns[key] for key in keys), strict=True):
                held[waybill].append((f"{label}:{start}", at, precision, evidence))
        ends[rel] = held
    columns_of = _Columns(observed)
    for waybill, senders in sorted(ends["SENT"].items()):
        for start, at, precision, evidence in senders:
            for end, _, _, other in ends["RECEIVED"].get(waybill, []):
                columns_of.add(start, end, at, precision, 0, "", sorted({*evidence, *other}))
    return columns_of.events()


def _statements(store: Store, viewer: Viewer, observed: Observed) -> Events:
    """Speaker to the holder of the identifier he names as his supplier's."""
    columns_of = _Columns(observed)
    speakers = {record: observed.people[n].holds for record, n in observed.person_of_record.items()}
    for label in ("Phone", "Account", "ResidentId"):
        columns = one(
            store,
            viewer,
            "run.links",
            {"rel": "SAYS_SUPPLIER", **names("Record", "start"), **names(label, "end")},
        )
        for record, key, at, precision, evidence in zip(
            *(columns[name] for name in ("starts", "ends", "ats", "precisions", "evidence")), strict=True
        ):
            if speakers.get(record):
                columns_of.add(speakers[record][0].ref, f"{label}:{key}", at, precision, 0, "", evidence)
    return columns_of.events()
