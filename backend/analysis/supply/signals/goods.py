"""Signals from goods and words: parcels after payment, same batch or packaging, statements."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import DAY, HOUR
from backend.analysis.arrays.grouping import find, group, spread
from backend.analysis.arrays.timeline import timeline
from backend.analysis.correlation.seizure_marks import carriers, strength
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import CAP, CandidateRows, Signal
from graph_schema.arrays import Floats, Ints

PARCEL_AFTER = whole_parameter("supply.signals.goods.parcel_after") * DAY
PARCEL_BEFORE = whole_parameter("supply.signals.goods.parcel_before") * HOUR
PARCEL_ANY = parameter("supply.signals.goods.parcel_any")
PARCEL_EACH = parameter("supply.signals.goods.parcel_each")
PARCEL_MOST = parameter("supply.signals.goods.parcel_most")


def goods_signals(features: Features) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [_parcels(features), *_seizure_signals(features), *_statements(features)]


def _parcels(features: Features) -> Signal:
    """Parcels from supplier to buyer; more for each sent soon after a payment."""
    c = features.candidates
    pairs = group(features.parcels.a * features.n + features.parcels.b)
    at = find(pairs.keys, c.supplier * features.n + c.buyer)
    hit = np.flatnonzero(at >= 0)
    paid = timeline(c.payments_of, features.at)
    owner, position = spread(pairs.start[at[hit]], pairs.start[at[hit] + 1])
    sent = features.parcels.at[pairs.order[position]]
    start, stop = paid.slices(hit[owner], sent - PARCEL_AFTER, sent + PARCEL_BEFORE)
    after = np.bincount(hit[owner], weights=(stop > start).astype(float), minlength=features.size)
    value = np.zeros(features.size)
    value[hit] = PARCEL_ANY
    value = np.minimum(value + PARCEL_EACH * after, PARCEL_MOST)
    count = np.zeros(features.size, dtype=np.int64)
    count[hit] = pairs.size[at[hit]]

    def rows(e: int) -> tuple[str, ...]:
        return features.parcels.rows(pairs.rows(int(at[e])), CAP) if at[e] >= 0 else ()

    return Signal("parcels", value, count, rows)


def _seizure_signals(features: Features) -> list[Signal]:
    """Same laboratory batch, and same packaging mark damped by how many persons carry it."""
    found = []
    for name, marks in (
        ("same_batch", carriers(features.facts, "batch")),
        ("same_packaging", carriers(features.facts, "packaging")),
    ):
        value, evidence = _shared_marks(features, marks)
        found.append(Signal(name, value, (value > 0).astype(np.int64), _lookup(evidence)))
    return found


def _shared_marks(
    features: Features, marks: dict[str, dict[int, list[str]]]
) -> tuple[Floats, dict[int, tuple[str, ...]]]:
    """The strength of a mark both carry, and the rows of it."""
    c = features.candidates
    value = np.zeros(features.size)
    evidence: dict[int, tuple[str, ...]] = {}
    for mark in sorted(marks):
        holders = marks[mark]
        shared = strength(len(holders))
        if len(holders) < 2 or not shared:
            continue
        pairs = np.array([(a, b) for a in sorted(holders) for b in sorted(holders) if a != b])
        at = features.candidate(pairs[:, 0], pairs[:, 1])
        for e in at[at >= 0].tolist():
            value[e] = max(value[e], shared)
            evidence[e] = (*holders[int(c.supplier[e])], *holders[int(c.buyer[e])])[:CAP]
    return value, evidence


def _lookup(evidence: dict[int, tuple[str, ...]]) -> CandidateRows:
    return lambda e: evidence.get(e, ())


def _statements(features: Features) -> list[Signal]:
    """The buyer names the supplier; his own returns show nothing paid to him; others name him too."""
    said = features.facts.statements
    usable = np.flatnonzero((said.a != said.b) & (said.a >= 0) & (said.b >= 0) & ~said.service)
    speaker, named = said.a[usable].astype(np.int64), said.b[usable].astype(np.int64)
    c = features.candidates
    pairs = group(named * features.n + speaker)
    at = find(pairs.keys, c.supplier * features.n + c.buyer)
    mine = at >= 0
    speakers: Ints = np.bincount(pairs.keys // max(features.n, 1), minlength=features.n)
    others = speakers[c.supplier] - mine

    def own(e: int) -> tuple[str, ...]:
        if at[e] < 0:
            return ()
        rows = [row for i in usable[pairs.rows(int(at[e]))].tolist() for row in said.evidence[i]]
        return tuple(sorted(set(rows)))[:CAP]

    def all_rows(e: int) -> tuple[str, ...]:
        who = usable[named == c.supplier[e]].tolist()
        return tuple(sorted({row for i in who for row in said.evidence[i]}))[:CAP]

    unpaid = mine & (np.diff(c.pay_start) == 0) & features.facts.asked[c.buyer]
    count = np.where(mine, pairs.size[at] if len(pairs.keys) else 0, 0).astype(np.int64)
    return [
        Signal("statement", mine.astype(float), count, own),
        Signal("named_unpaid", unpaid.astype(np.float64), unpaid.astype(np.int64), own),
        Signal("named_by_others", np.clip(others, 0, 2).astype(float), others.astype(np.int64), all_rows),
    ]
