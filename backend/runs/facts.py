"""From the observed graph to the arrays an analysis is computed from."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from backend.analysis.model.facts import (
    PRECISIONS,
    Bools,
    Case,
    Events,
    Facts,
    Involvement,
    References,
    Seizure,
)
from backend.runs.drug_facts import read_drug_facts
from backend.runs.observed import TIMEOUT, Observed, links, names
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
    """Events of one channel while they are being read, column by column; evidence goes into blocks of text early."""

    BLOCK = 50_000

    def __init__(self, observed: Observed) -> None:
        self._observed = observed
        self._a, self._b, self._at, self._amount = (array("q") for _ in range(4))
        self._precision = array("b")
        self._a_ref: list[str] = []
        self._b_ref: list[str] = []
        self._evidence: list[list[str]] = []
        self._blocks: list[pa.Array] = []

    def add(self, start: str, end: str, at: int, precision: str, amount: int, evidence: list[str]) -> None:
        """One event between two references; what has no holder and own transfers are left out."""
        a, b = self._observed.holder.get(start), self._observed.holder.get(end)
        if a is not None and b is not None:
            self.extend(a, start, [b], [end], [at], [precision], [amount], [evidence])

    def extend(
        self,
        a: int,
        a_ref: str,
        b: list[int],
        b_ref: list[str],
        at: list[int],
        precision: list[str],
        amount: list[int],
        evidence: list[list[str]],
    ) -> None:
        """Events of one start; ``b`` is -1 where nobody holds the other end."""
        if -1 in b or a in b:  # nobody's, or an own transfer, which says nothing between persons
            keep = [n for n, other in enumerate(b) if other not in (-1, a)]
            b, at, amount = ([c[n] for n in keep] for c in (b, at, amount))
            b_ref, precision = ([c[n] for n in keep] for c in (b_ref, precision))
            evidence = [evidence[n] for n in keep]
        self._a.extend([a] * len(b))
        self._b.extend(b)
        self._at.extend(at)
        self._precision.extend([_PRECISION[each] for each in precision])
        self._amount.extend(amount)
        self._a_ref += [a_ref] * len(b)
        self._b_ref += b_ref
        self._evidence += evidence
        if len(self._evidence) >= self.BLOCK:
            self._pack()

    def _pack(self) -> None:
        self._blocks.append(pa.array(self._evidence, References.KIND))
        self._evidence = []

    def events(self) -> Events:
        """Sorted by time, ends, amount and rows, so that a run does not depend on the order the database answers in."""
        self._pack()
        evidence = References(pa.concat_arrays(self._blocks))
        a, b, at, amount = (np.frombuffer(c, np.int64) for c in (self._a, self._b, self._at, self._amount))
        order = np.lexsort((amount, b, a, at))
        same = np.ones(max(0, len(order) - 1), dtype=np.bool_)
        for column in (at, a, b, amount):
            same &= np.diff(column[order]) == 0
        for start, end in _stretches(same):  # alike but for their rows
            order[start:end] = sorted(order[start:end].tolist(), key=evidence.__getitem__)
        a_ref, b_ref = (np.array(refs, dtype=object)[order].tolist() for refs in (self._a_ref, self._b_ref))
        alone = self._observed.alone
        service = (x in alone or y in alone for x, y in zip(a_ref, b_ref, strict=True))
        return Events(
            a=a[order],
            b=b[order],
            at=at[order],
            precision=np.frombuffer(self._precision, np.int8)[order],
            amount=amount[order],
            service=np.fromiter(service, np.bool_, len(order)),
            a_ref=a_ref,
            b_ref=b_ref,
            evidence=evidence.take(order),
        )


def _stretches(same: Bools) -> list[tuple[int, int]]:
    """Half-open places of rows that are alike; ``same[n]`` says that row n + 1 is like row n."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False]))))
    return [(int(start), int(end) + 1) for start, end in edges.reshape(-1, 2)]


def read_facts(store: Store, viewer: Viewer, observed: Observed) -> Facts:
    """Read everything a run is computed from; see ``backend.analysis.model.facts.Facts``."""
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

    def flags(indices: set[int]) -> Bools:
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
        names=[person.name for person in people],
        apart=frozenset(observed.apart),
        drug_facts=read_drug_facts(store, viewer, observed),
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
    held = {label: _held(observed, label) for _, *labels in kinds for label in labels}
    nobody = ("", -1)
    for rel, start_label, end_label in kinds:
        declared = load_declaration().relationships[rel]
        labels = {
            "rel": rel,
            **names(start_label, "start"),
            **names(end_label, "end"),
            "amount": declared.amount or "at",
        }
        ends = held[end_label]
        for row in store.stream(viewer, "run.events", labels=labels, timeout=TIMEOUT):
            start, keys, ats, seen = f"{start_label}:{row['start']}", row["ends"], row["ats"], row["seen"]
            _learn(asked, start, [at for at, side in zip(ats, seen, strict=True) if side in _BY_START])
            for key, at, side in zip(keys, ats, seen, strict=True):
                if side in _BY_END:
                    _learn(asked, f"{end_label}:{key}", (at,))
            if start not in observed.holder:
                continue
            others = [ends.get(key, nobody) for key in keys]
            columns.extend(
                observed.holder[start],
                start,
                [person for _, person in others],
                [ref for ref, _ in others],
                ats,
                row["precisions"],
                row["amounts"] if declared.amount else [0] * len(keys),
                row["evidence"],
            )
    return columns.events()


_BY_START, _BY_END = ("start", "both"), ("end", "both")  # whose books an event was seen in
_PRECISION = {name: n for n, name in enumerate(PRECISIONS)}


def _held(observed: Observed, label: str) -> dict[str, tuple[str, int]]:
    """Reference and holder of every identifier of a label, by its key: each text is held once."""
    return {
        ref[len(label) + 1 :]: (ref, n) for ref, n in observed.holder.items() if ref.startswith(f"{label}:")
    }


def _learn(asked: dict[str, tuple[int, int]], ref: str, ats: Iterable[int]) -> None:
    dated = [at for at in ats if at >= 0]
    if dated:
        low, high = asked.get(ref, (dated[0], dated[0]))
        asked[ref] = min(low, *dated), max(high, *dated)


def _cases(store: Store, viewer: Viewer) -> list[Case]:
    return [
        Case(
            case_no=row["case_no"],
            tier="unknown",
            opened_at=row["opened_at"],
            grams={},
            target_level=row["target_level"],
            deadline=row["deadline"],
            drugs=_about_drugs(row["class_code"], row["class_text"]),
        )
        for row in store.read(viewer, "run.cases", timeout=TIMEOUT)
    ]


def _about_drugs(code: str | None, text: str | None) -> bool:
    """A case of a drug class (0607…), or one whose class is not said; a squad's own table is about drugs."""
    if code:
        return code.startswith("0607")
    return not text or "毒" in text


def _involvements(
    store: Store, viewer: Viewer, observed: Observed, number: dict[str, int]
) -> tuple[list[Involvement], set[int]]:
    found: list[Involvement] = []
    fugitives: set[int] = set()
    for row in store.stream(viewer, "run.involvements", timeout=TIMEOUT):
        person = observed.person_of_record[row["record"]]
        arrested = row["arrested"] if row["arrested"] >= 0 else None
        found.append(Involvement(person, number[row["case_no"]], row["class"], arrested, row["evidence"]))
        if "追逃" in row["measure"] or "在逃" in row["measure"]:
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
            for row in links(store, viewer, rel, label, "Parcel"):
                said = (f"{label}:{row['start']}", row["at"], row["precision"], row["evidence"])
                held[row["end"]].append(said)
        ends[rel] = held
    columns_of = _Columns(observed)
    for waybill, senders in sorted(ends["SENT"].items()):
        for start, at, precision, evidence in senders:
            for end, _, _, other in ends["RECEIVED"].get(waybill, []):
                columns_of.add(start, end, at, precision, 0, sorted({*evidence, *other}))
    return columns_of.events()


def _statements(store: Store, viewer: Viewer, observed: Observed) -> Events:
    """Speaker to the holder of the identifier he names as his supplier's."""
    columns_of = _Columns(observed)
    speakers = {record: observed.people[n].holds for record, n in observed.person_of_record.items()}
    for label in ("Phone", "Account", "ResidentId"):
        for row in links(store, viewer, "SAYS_SUPPLIER", "Record", label):
            if holds := speakers.get(row["start"]):
                named = f"{label}:{row['end']}"
                columns_of.add(holds[0].ref, named, row["at"], row["precision"], 0, row["evidence"])
    return columns_of.events()
