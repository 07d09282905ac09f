"""`A supplies B`: sums signed weak signals as log-odds, in two rounds, and explains every edge.

Definition: logit(score) = bias + sum of weight * value over the signals of a candidate. Signals of the
second round use the scores of the first: whether others buy there, whether the buyer sells, how strong his
other candidates are. A pair out of reach of a drug fact scores 0.

Reference: the weight of evidence of I. J. Good, Probability and the Weighing of Evidence, 1950; weights by
logistic regression (benchmarks/accuracy/fit.py). Two rounds are the iterative classification of J. Neville,
D. Jensen, Iterative Classification in Relational Data, AAAI Workshop on Learning Statistical Models from
Relational Data, 2000, stopped early.

Cost: O(candidates * signals + payments).

Against it: signals are not independent, so a sum of log-odds is overconfident; fitting all weights together
corrects that only for people like those in the fit. The second round may spread a mistake of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backend.analysis.arrays.grouping import group
from backend.analysis.attribution.attribute import Attributed
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import SignalFinding, SupplyEdge, SupplyMonth, UnlikelyPairs
from backend.analysis.model.weights import Weights
from backend.analysis.supply.features import Features, compute_features
from backend.analysis.supply.regular import regular
from backend.analysis.supply.signals import Signal, around_signals, first_signals
from backend.analysis.supply.signals.customers import RINGS
from backend.analysis.supply.signals.people import payers_who_call
from graph_schema.arrays import Bools, Floats, Ints
from graph_schema.beijing import AHEAD_MS
from graph_schema.declaration.drug_facts import load_drug_facts

SHOWN = parameter("supply.scoring.shown")
MOVED = parameter("supply.scoring.moved")
CLAIMED = parameter("supply.scoring.claimed")
CHEAP = parameter("supply.scoring.cheap")
BULK = parameter("supply.scoring.bulk")
RESTOCK = parameter("supply.scoring.restock")
SOURCE = parameter("supply.scoring.source")
CALLERS = whole_parameter("supply.scoring.callers")
MOSTLY_THIRD = parameter("supply.scoring.mostly_third")
MANY_MONTHS = 12_000  # more months than any date here has: packs candidate and month into one key


@dataclass(frozen=True)
class Scored:
    """Candidates with both rounds of signals and the resulting log-odds."""

    features: Features
    seen: Correlated
    behind: Attributed
    selling: Bools
    first: list[Signal]
    around: list[Signal]
    logit: Floats
    reached: Bools  # a drug fact is within reach; without one a pair is not a supply, however regular

    @cached_property
    def score(self) -> Floats:
        """Probability of a supply; 0 if no drug fact is within reach."""
        return np.where(self.reached, _chance(self.logit), 0.0)


def sells(features: Features) -> Bools:
    """Per candidate: whether the buyer sells on, so that his payment is a restock and not a purchase for
    his own use.

    He is recorded as dealing, at least ``CALLERS`` payers pay him near calls, or he pays several usual
    retail prices at once.
    """
    buyer, usual = features.candidates.buyer, features.people.usual_price
    bulk = (features.days >= 2) & (features.median >= BULK * usual) & (usual > 0)
    return np.asarray(features.people.dealing[buyer] | (payers_who_call(features)[buyer] >= CALLERS) | bulk)


def score_supplies(seen: Correlated, behind: Attributed, weights: Weights) -> Scored:
    """Scores every candidate pair."""
    features = compute_features(seen, behind)
    first = first_signals(features)
    selling = sells(features)
    logit = np.where(selling, weights.restock.first, weights.retail.first) + _added(first, weights, selling)
    around = around_signals(features, np.where(recorded_end(features), _chance(logit), 0.0), logit)
    final = np.where(selling, weights.restock.second, weights.retail.second)
    logit = final + _added([*first, *around], weights, selling)
    chance = _chance(logit)
    reached = within_reach(features, chance, selling)
    reached &= ~beside_supplier(features, np.where(reached, chance, 0.0), chance, selling)
    return Scored(features, seen, behind, selling, first, around, logit, reached)


def recorded_end(features: Features) -> Bools:
    """Pairs whose buyer is on record for drugs, or whose supplier is by facts that may indicate selling."""
    c, record = features.candidates, features.people.record
    return np.asarray(record.may_sell[c.supplier] | record.standing[c.buyer])


def within_reach(features: Features, chance: Floats, selling: Bools) -> Bools:
    """Pairs within reach of a drug fact, of those paid for at all like goods.

    One of two holds. One end is on record. Or the buyer almost certainly supplies somebody who is on record,
    since he must have a source; this continues upward while the supplies stay sure.

    Users alone make nobody a supplier unless they are at least the declared number and share of all who pay
    and call him, or whom ``chance`` makes his customers: they pay and call their driver too. That they are
    says nothing of his other payers. Nor do they if his returns show no source: they have a landlord and a
    counsellor as well.
    """
    c, standing, reach = features.candidates, features.people.record.standing, load_drug_facts().reach
    claimed = chance >= CLAIMED
    customers = np.bincount(c.supplier[claimed | (c.near >= RINGS)], minlength=features.n)
    known = np.bincount(c.supplier[claimed & standing[c.buyer]], minlength=features.n)
    enough = (known >= reach.customers) & (known >= reach.share * customers)
    enough &= ~without_source(features, chance)
    only_users = ~features.people.record.may_sell[c.supplier] & standing[c.buyer] & ~selling
    paid_for = ~below_price(features, selling)
    reached = np.asarray(recorded_end(features) & (~only_users | enough[c.supplier]) & paid_for)
    for _ in range(reach.steps):
        surely = np.zeros(features.n, dtype=np.bool_)
        surely[c.supplier[reached & (chance >= reach.sure)]] = True
        reached = reached | (surely[c.buyer] & paid_for)
    return reached


def without_source(features: Features, chance: Floats) -> Bools:
    """Persons whose returns are here and show nobody who may supply them (``SOURCE``)."""
    sourced = np.zeros(features.n, dtype=np.bool_)
    sourced[features.candidates.buyer[chance >= SOURCE]] = True
    return np.asarray(features.facts.asked & ~sourced)


def beside_supplier(features: Features, score: Floats, chance: Floats, selling: Bools) -> Bools:
    """Pairs of a seller and somebody he pays beside his supplier: a lawyer, a bookmaker, a driver.

    Nothing about drugs is known of the one paid, the money goes to his own account, and his returns show no source. Besides, one
    of the sellers he would supply pays somebody more often who supplies that one.
    """
    c, paid = features.candidates, np.diff(features.candidates.pay_start)
    bare = without_source(features, chance) & ~features.people.record.may_sell
    asked = selling & bare[c.supplier] & (c.third < MOSTLY_THIRD)
    most = np.zeros(features.n, dtype=np.int64)
    claimed = score >= CLAIMED
    np.maximum.at(most, c.buyer[claimed], paid[claimed])
    beside = np.zeros(features.n, dtype=np.bool_)
    beside[c.supplier[asked & claimed & (most[c.buyer] > paid)]] = True
    return np.asarray(asked & beside[c.supplier])


def below_price(features: Features, selling: Bools) -> Bools:
    """Pairs whose usual payment is less than ``CHEAP`` of a packet here, as recorded sellers take: a ride, a meal. Not where the
    supplier is recorded as dealing, for his drug may be cheaper. A seller who restocks pays ``RESTOCK`` packets at least, unless
    his supplier is on record by facts that may indicate selling.
    """
    c, people = features.candidates, features.people
    median, packet = features.median, people.usual_price
    cheap = (median < CHEAP * packet) & ~people.dealing[c.supplier]
    small = selling & (median < RESTOCK * packet) & ~people.record.may_sell[c.supplier]
    return np.asarray((median > 0) & (cheap | small))


def _chance(logit: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def _added(signals: list[Signal], weights: Weights, selling: Bools) -> Floats:
    total = np.zeros(len(selling))
    for signal in signals:
        total += _part(signal, weights, selling)
    return total


def _part(signal: Signal, weights: Weights, selling: Bools) -> Floats:
    """What a signal adds to each candidate."""
    weight = weights.signals[signal.name]
    return np.where(selling, weight.restock, weight.retail) * signal.value


def supply_edges(scored: Scored, weights: Weights) -> tuple[SupplyEdge, ...]:
    """Edges from ``SHOWN`` on, best first; equal scores by supplier and buyer."""
    score = scored.score
    kept = np.flatnonzero(score >= SHOWN)
    order = kept[np.lexsort((kept, -score[kept]))]
    months = _months(scored.features)
    return tuple(_edge(scored, weights, months, int(e), float(score[e])) for e in order)


def _edge(scored: Scored, weights: Weights, months: _Months, e: int, score: float) -> SupplyEdge:
    features, c = scored.features, scored.features.candidates
    rows = c.payment[c.pay_start[e] : c.pay_start[e + 1]]
    at = features.payments.at[rows]
    dated = at[at >= 0]
    payee, payer = int(c.payee[e]), int(c.payer[e])
    return SupplyEdge(
        supplier=int(c.supplier[e]),
        buyer=int(c.buyer[e]),
        score=round(score, 6),
        first=int(dated.min()) if len(dated) else None,
        last=int(dated.max()) if len(dated) else None,
        count=len(rows),
        fen=int(features.payments.amount[rows].sum()),
        payee=payee if payee >= 0 and c.third[e] >= MOSTLY_THIRD else None,
        payer=payer if payer >= 0 else None,
        signals=_findings(scored, weights, e),
        evidence=features.payment_rows(e),
        periods=months.of(e),
    )


def _findings(scored: Scored, weights: Weights, e: int) -> tuple[SignalFinding, ...]:
    """Signals that moved this edge by at least ``MOVED``, strongest first."""
    found = []
    for signal in (*scored.first, *scored.around):
        weight = weights.signals[signal.name]
        part = (weight.restock if scored.selling[e] else weight.retail) * float(signal.value[e])
        if abs(part) >= MOVED:
            found.append(SignalFinding(signal.name, round(part, 4), int(signal.n[e]), signal.rows(e)))
    return tuple(sorted(found, key=lambda f: (-abs(f.weight), f.name)))


def unlikely_pairs(scored: Scored, weights: Weights) -> UnlikelyPairs:
    """What ``supply_edges`` leaves out, by supplier and buyer."""
    candidates, score, signals = scored.features.candidates, scored.score, [*scored.first, *scored.around]
    left = np.flatnonzero(score < SHOWN)
    moved: list[tuple[Ints, Floats, Ints]] = []
    for signal in signals:
        part = _part(signal, weights, scored.selling)[left]
        at = np.flatnonzero(np.abs(part) >= MOVED)
        moved.append((at, part[at], signal.n[left][at]))
    pair, part, n = (np.concatenate(columns) for columns in zip(*moved, strict=True))
    name = np.repeat(np.arange(len(signals)), [len(at) for at, _, _ in moved])
    order = np.lexsort((name, -np.abs(part), pair))
    return UnlikelyPairs(
        supplier=candidates.supplier[left],
        buyer=candidates.buyer[left],
        score=_chance(scored.logit[left]).round(6),
        reached=scored.reached[left],
        regular=regular(scored.features, scored.reached)[left],
        names=tuple(signal.name for signal in signals),
        start=np.searchsorted(pair[order], np.arange(len(left) + 1)),
        signal=name[order],
        part=part[order].round(4),
        n=n[order].astype(np.int64),
    )


@dataclass(frozen=True)
class _Months:
    """Payments per candidate and calendar month, sorted by both."""

    candidate: Ints
    month: Ints  # months since 1970-01
    count: Ints
    fen: Ints
    start: Ints  # entries of candidate e: start[e]:start[e + 1]

    def of(self, e: int) -> tuple[SupplyMonth, ...]:
        return tuple(
            SupplyMonth(f"{1970 + int(m) // 12:04d}-{int(m) % 12 + 1:02d}", int(k), int(f))
            for m, k, f in zip(
                *(column[self.start[e] : self.start[e + 1]] for column in (self.month, self.count, self.fen)),
                strict=True,
            )
        )


def _months(features: Features) -> _Months:
    dated = np.flatnonzero(features.at >= 0)
    month = (features.at[dated] + AHEAD_MS).astype("datetime64[ms]").astype("datetime64[M]").astype(np.int64)
    cells = group(features.candidates.payments_of[dated] * MANY_MONTHS + month)
    candidate = cells.keys // MANY_MONTHS
    return _Months(
        candidate=candidate,
        month=cells.keys % MANY_MONTHS,
        count=cells.size,
        fen=cells.sum(features.amount[dated]).astype(np.int64),
        start=np.searchsorted(candidate, np.arange(features.size + 1)).astype(np.int64),
    )
