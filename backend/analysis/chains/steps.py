"""Steps a chain may take upward from a person: to his supplier, through a payee, to the holder of the same
batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.clock import DAY
from backend.analysis.correlation.seizure_marks import FEW
from backend.analysis.groups.aliases import grouping
from backend.analysis.model.chains import Hop, Source
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import OwnerLink, PayeeLink, SupplyEdge
from graph_schema.arrays import Ints

LEAST = parameter("chains.steps.least")
FAN = whole_parameter("chains.steps.fan")
STALE = whole_parameter("chains.steps.stale") * DAY
BATCH = parameter("chains.steps.batch")
BATCH_HOLDERS = whole_parameter("chains.steps.batch_holders")
BATCH_MORE = whole_parameter("chains.steps.batch_more")
WORDS = parameter("chains.steps.words")
OWN = parameter("chains.steps.own")
ONE_HAND = parameter("chains.steps.one_hand")
PAID = parameter("chains.steps.paid")


@dataclass(frozen=True)
class UpwardStep:
    """One step upward to ``to``; usually one hop, two where the money takes the way of a payee."""

    to: int
    score: float
    first: int | None
    last: int | None
    hops: tuple[Hop, ...]
    payee: int | None = None
    plain: UpwardStep | None = None  # the same without the payee, for a path that already contains him
    hidden: bool = False  # he is paid through an account that is not in his name


def steps_up(
    facts: Facts,
    supplies: tuple[SupplyEdge, ...],
    payees: tuple[PayeeLink, ...],
    owners: tuple[OwnerLink, ...],
) -> dict[int, tuple[UpwardStep, ...]]:
    """For each person the steps upward, best first, at most ``FAN``."""
    behind = {(p.buyer, p.payee, p.principal): p for p in payees}
    strong = [edge for edge in supplies if not facts.platform[edge.supplier] and _carries(facts, edge)]
    supplied = {edge.buyer for edge in strong}
    steps: dict[int, list[UpwardStep]] = {}
    for edge in strong:
        link = behind.get((edge.buyer, edge.payee, edge.supplier)) if edge.payee is not None else None
        mine = steps.setdefault(edge.buyer, [])
        if link is None:
            mine.append(_direct(edge))
        else:
            mine.append(_through_payee(edge, link))
            if link.payee in supplied and not link.fen:
                mine.append(_own_account(edge, link))
    for owner in owners:
        if owner.account in supplied and owner.score >= LEAST:
            steps.setdefault(owner.phone, []).append(_one_hand(owner))
    same = grouping(facts, payees, with_payees=False)
    for link in payees:
        for other in _changed_phone(link, same, steps):
            steps.setdefault(other, []).append(_next_phone(other, link))
    for person, to, hop in _batch_hops(facts):
        steps.setdefault(person, []).append(UpwardStep(to, hop.score, hop.first, hop.last, (hop,)))
    return {
        person: tuple(sorted(mine, key=lambda s: (-s.score, s.to, s.hops[0].kind))[:FAN])
        for person, mine in sorted(steps.items())
    }


def _carries(facts: Facts, edge: SupplyEdge) -> bool:
    """Strong enough for a chain; a statement alone counts only if no return of the speaker could confirm it."""
    if edge.score < LEAST:
        return False
    only_words = edge.count == 0 and not any(s.name == "parcels" for s in edge.signals)
    return not (only_words and facts.asked[edge.buyer])


def _direct(edge: SupplyEdge) -> UpwardStep:
    """One hop; a hop that rests on a statement alone counts no more than an even chance."""
    kind = _kind(edge)
    score = min(edge.score, WORDS) if kind == "statement" else edge.score
    hop = _hop(kind, edge, score)
    return UpwardStep(edge.supplier, score, edge.first, edge.last, (hop,), hidden=edge.payee is not None)


def _hop(kind: str, edge: SupplyEdge, score: float) -> Hop:
    """Payments on record between buyer and supplier. If a third account received all of them, the calls
    around these payments; if somebody else paid for the buyer, the payments he made.
    """
    buyer, supplier = edge.buyer, edge.supplier
    paid = [Source("payments", (buyer, supplier))]
    if edge.payee is not None:
        paid += _rung(buyer, supplier, edge.payee)
    sources = {
        "paid_for": [Source("payments", (edge.payer if edge.payer is not None else buyer, supplier))],
        "statement": [Source("statements", (buyer, supplier))],
        "parcel": [Source("parcels", (supplier, buyer))],
    }
    return _empty(kind, buyer, supplier, score, *sources.get(kind, paid))


def _empty(kind: str, start: int, end: int, score: float, *sources: Source) -> Hop:
    """A hop still to be filled from its sources."""
    return Hop(kind, start, end, None, None, 0, 0, score, (), sources)


def _through_payee(edge: SupplyEdge, link: PayeeLink) -> UpwardStep:
    """The money goes to the payee; the person called, or paid together with it, is the supplier behind him."""
    sure = max(edge.score, PAID)
    paid = _empty("payment", edge.buyer, link.payee, sure, Source("payments", (edge.buyer, link.payee)))
    on = (Source("payments", (link.payee, edge.supplier)),)
    sources = on if link.fen else _rung(edge.buyer, edge.supplier, link.payee)
    collects = _empty("payee", link.payee, edge.supplier, edge.score, *sources)
    hops, plain = (paid, collects), _direct(edge)
    return UpwardStep(edge.supplier, edge.score, edge.first, edge.last, hops, link.payee, plain, hidden=True)


def _rung(buyer: int, behind: int, account: int) -> tuple[Source, ...]:
    """The buyer's calls with the person behind an account, first those around his payments to it; without
    calls, these payments.
    """
    paid = buyer, account
    return Source("calls", (buyer, behind), paid), Source("calls", (buyer, behind)), Source("payments", paid)


def _own_account(edge: SupplyEdge, link: PayeeLink) -> UpwardStep:
    """The same, continuing from the account: it pays upward itself, so it may belong to the supplier."""
    supply = _hop("supply", edge, edge.score)
    hand = _empty("identifier", edge.supplier, link.payee, OWN, Source("payments", (edge.buyer, link.payee)))
    hops = supply, hand
    return UpwardStep(link.payee, edge.score * OWN, edge.first, edge.last, hops, link.payee, hidden=True)


def _one_hand(owner: OwnerLink) -> UpwardStep:
    called, paid = (owner.phone, owner.seen_by), (owner.account, owner.seen_by)
    sources = Source("calls", called, paid), Source("calls", called), Source("payments", paid)
    hop = _empty("identifier", owner.phone, owner.account, owner.score, *sources)
    return UpwardStep(owner.account, owner.score, None, None, (hop,), hidden=True)


def _changed_phone(link: PayeeLink, same: Ints, steps: dict[int, list[UpwardStep]]) -> list[int]:
    """Other phones of the person behind an account, from which nothing leads up, where this phone leads up."""
    me = link.principal
    if not any(step.hops[0].kind != "identifier" for step in steps.get(me, ())):
        return []
    return [p for p in np.flatnonzero(same == same[me]).tolist() if p != me and p not in steps]


def _next_phone(other: int, link: PayeeLink) -> UpwardStep:
    hop = _empty(
        "identifier", other, link.principal, ONE_HAND, *_rung(link.buyer, link.principal, link.payee)
    )
    return UpwardStep(link.principal, ONE_HAND, None, None, (hop,), hidden=True)


def _kind(edge: SupplyEdge) -> str:
    if edge.count:
        return "supply" if edge.payer is None else "paid_for"
    names = {signal.name for signal in edge.signals}
    return "statement" if "statement" in names else "parcel" if "parcels" in names else "supply"


def _batch_hops(facts: Facts) -> list[tuple[int, int, Hop]]:
    """From the holder of less of a batch to a holder of at least ``BATCH_MORE`` times as much, in another case."""
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
        score = round(BATCH * min(1.0, FEW / len(holders)) ** 0.5, 6)
        for i in mine:
            for j in mine:
                low, high = facts.seizures[i], facts.seizures[j]
                if (
                    low.person != high.person
                    and low.case != high.case
                    and high.grams >= BATCH_MORE * low.grams
                ):
                    rows = tuple(dict.fromkeys((*low.evidence, *high.evidence)))
                    times = sorted((low.at, high.at))
                    hop = Hop("same_batch", low.person, high.person, times[0], times[1], 2, 0, score, rows)
                    found.append((low.person, high.person, hop))
    return found
