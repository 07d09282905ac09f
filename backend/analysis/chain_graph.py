"""Steps a chain may take upward from a person: to his supplier, through a payee, to the holder of the same
batch.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.analysis.arrays import DAY
from backend.analysis.findings import Hop, PayeeLink, SupplyEdge
from backend.analysis.inputs import Facts

LEAST = 0.35  # weaker supplies carry no chain
FAN = 6  # best steps per person
STALE = 60 * DAY  # goods of an edge that ended this long before are no longer the goods sold
BATCH = 0.6  # a laboratory match of two seizures, held by at most four persons
BATCH_HOLDERS = 12


@dataclass(frozen=True)
class Step:
    """One step upward to ``to``; usually one hop, two where the money takes the way of a payee."""

    to: int
    score: float
    first: int | None
    last: int | None
    hops: tuple[Hop, ...]
    payee: int | None = None


def steps_up(
    facts: Facts,
    supplies: tuple[SupplyEdge, ...],
    payees: tuple[PayeeLink, ...],
    tiers: list[tuple[str, str]],
) -> dict[int, tuple[Step, ...]]:
    """For each person the steps upward, best first, at most ``FAN``."""
    behind = {(p.buyer, p.payee, p.principal): p for p in payees}
    steps: dict[int, list[Step]] = {}
    for edge in supplies:
        if edge.score >= LEAST and not facts.platform[edge.supplier]:
            steps.setdefault(edge.buyer, []).append(_supply_step(edge, behind))
    for person, to, hop in _batch_hops(facts, tiers):
        steps.setdefault(person, []).append(Step(to, hop.score, hop.first, hop.last, (hop,)))
    return {
        person: tuple(sorted(mine, key=lambda s: (-s.score, s.to, s.hops[0].kind))[:FAN])
        for person, mine in sorted(steps.items())
    }


def _supply_step(edge: SupplyEdge, behind: dict[tuple[int, int, int], PayeeLink]) -> Step:
    link = behind.get((edge.buyer, edge.payee, edge.supplier)) if edge.payee is not None else None
    calls = next((s.evidence for s in edge.signals if s.name in ("call_near_payment", "call_share")), ())
    if link is None or edge.payee is None:
        kind = "supply" if edge.count else _kind_without_payment(edge)
        evidence = tuple(dict.fromkeys((*edge.evidence, *calls, *_spoken(edge))))[:40]
        hop = Hop(
            kind, edge.buyer, edge.supplier, edge.first, edge.last, edge.count, edge.fen, edge.score, evidence
        )
        return Step(edge.supplier, edge.score, edge.first, edge.last, (hop,))
    paid = Hop(
        "payment",
        edge.buyer,
        edge.payee,
        edge.first,
        edge.last,
        edge.count,
        edge.fen,
        max(edge.score, 0.9),
        edge.evidence,
    )
    collects = Hop(
        "payee",
        edge.payee,
        edge.supplier,
        link.first,
        link.last,
        link.count,
        0,
        edge.score,
        tuple(dict.fromkeys((*calls, *link.evidence)))[:40],
    )
    return Step(edge.supplier, edge.score, edge.first, edge.last, (paid, collects), edge.payee)


def _kind_without_payment(edge: SupplyEdge) -> str:
    names = {signal.name for signal in edge.signals}
    return "statement" if "statement" in names else "parcel" if "parcels" in names else "supply"


def _spoken(edge: SupplyEdge) -> tuple[str, ...]:
    return tuple(row for s in edge.signals if s.name in ("statement", "parcels") for row in s.evidence)


def _batch_hops(facts: Facts, tiers: list[tuple[str, str]]) -> list[tuple[int, int, Hop]]:
    """From who had less of a batch to who had at least five times as much of it, in another case."""
    batches: dict[str, list[int]] = {}
    for i, seizure in enumerate(facts.seizures):
        if seizure.batch and seizure.person >= 0:
            batches.setdefault(seizure.batch, []).append(i)
    found = []
    for batch in sorted(batches):
        mine = batches[batch]
        holders = {facts.seizures[i].person for i in mine}
        if not 2 <= len(holders) <= BATCH_HOLDERS:
            continue
        score = round(BATCH * min(1.0, 4.0 / len(holders)) ** 0.5, 6)
        for i in mine:
            for j in mine:
                low, high = facts.seizures[i], facts.seizures[j]
                if low.person != high.person and low.case != high.case and high.grams >= 5 * low.grams:
                    rows = tuple(dict.fromkeys((*low.evidence, *high.evidence)))
                    times = sorted((low.at, high.at))
                    hop = Hop("same_batch", low.person, high.person, times[0], times[1], 1, 0, score, rows)
                    found.append((low.person, high.person, hop))
    del tiers
    return found
