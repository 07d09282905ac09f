"""Correlation of calls with payments for pairs of numbers, whoever the numbers are registered to.

Definition: for each payer and payee, every pair of numbers is counted: how many payments have a call of the
pair nearby, against the pair's own calling rate (tail of the binomial distribution). The test presupposes
no identity. It is needed where both people use numbers that no register attributes to them, so that nothing
else links their calls to their money. The best pair is taken if it is too rare for chance. The other number
shows which of the two is the payer's. It is the payee's own, or it belongs to somebody known by more, or it
recurs around the payments of several payers to this payee.

Reference: the exact binomial test; ``RARE`` allows for the number of pairs tried (Bonferroni).

Cost: O(P log C + M) for P payments, C calls and M pairs of both near each other, M at most ``MOST``.

Against it: a pair of numbers that is busy at the hours of payments is near many of them; ``BUSY`` roughly
raises its chance. Pairs whose two sides cannot be distinguished are left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import binom

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import DAY, HOUR
from backend.analysis.arrays.grouping import Groups, group, spread
from backend.analysis.arrays.timeline import timeline
from backend.analysis.correlation.coincidence import LEAST_SPAN, MARGIN
from backend.analysis.correlation.identifiers import numbers_only
from backend.analysis.identity.successive_numbers import follow_in_role
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

BEFORE = whole_parameter("identity.beside_payments.before") * HOUR
AFTER = whole_parameter("identity.beside_payments.after") * HOUR
LEAST_PAYMENTS = whole_parameter("identity.beside_payments.least_payments")
LEAST_NEAR = whole_parameter("identity.beside_payments.least_near")
LEAST_ADDED = whole_parameter("identity.beside_payments.least_added")
RARE = parameter("identity.beside_payments.rare")
ALONE = parameter("identity.beside_payments.alone")
SOME = parameter("identity.beside_payments.some")
BUSY = parameter("identity.beside_payments.busy")
OFTEN = parameter("identity.beside_payments.often")
CHUNK = whole_parameter("identity.beside_payments.chunk")
MOST = whole_parameter("identity.beside_payments.most")


@dataclass(frozen=True)
class BestNumbers:
    """The best pair of numbers of each payer and payee: ``number`` is the payer's, ``other`` the one it talks to."""

    payer: Ints
    payee: Ints
    number: Ints  # holder
    other: Ints  # holder
    tail: Floats
    in_turn: tuple[tuple[int, int], ...] = ()  # holders of numbers that follow each other in one role

    def best(self) -> dict[int, int]:
        """Maps each number to the payer who most probably uses it."""
        order = np.lexsort((self.payer, -self.tail))  # the rarest last
        return dict(zip(self.number[order].tolist(), self.payer[order].tolist(), strict=True))


def numbers_beside(facts: Facts, payments: Channel, calls: Channel, standing: Bools) -> BestNumbers:
    """Examines payers and payees of whom one is on record for drugs, with ``LEAST_PAYMENTS`` known to the minute."""
    n = len(facts.person_ids)
    bare = np.array([numbers_only(refs) for refs in facts.refs], dtype=np.bool_)
    paid = _paid(payments, standing, n)
    pairs = _pairs(calls, bare, n)
    paid = _bounded(payments, paid, pairs)
    entry, k = _near(payments, paid, pairs)
    pay, talk = entry // len(pairs.keys), entry % len(pairs.keys)
    tail = _tails(payments, paid, pairs, pay, talk, k)
    keys, ends = paid.keys[pay], pairs.keys[talk]
    low, high = ends // n, ends % n
    in_turn = follow_in_role(pay, low, high, pairs.first[talk], pairs.last[talk], tail, bare)
    enough = np.flatnonzero(k >= LEAST_NEAR)
    order = enough[np.lexsort((talk[enough], tail[enough], pay[enough]))]
    first = order[np.r_[True, pay[order][1:] != pay[order][:-1]]] if len(order) else order
    best = first[tail[first] < RARE]
    sides = _sides(keys // n, keys % n, low, high, np.where(k >= LEAST_NEAR, tail, 1.0), best, bare)
    return replace(sides, in_turn=tuple(in_turn))


@dataclass(frozen=True)
class _Paid:
    """The payments examined, by payer and payee, in order of time."""

    position: Ints
    of: Ints
    keys: Ints


@dataclass(frozen=True)
class _Pairs:
    """Calls between two holders, one of whom is known by numbers only, in order of time, and how often each pair talks."""

    at: Ints
    of: Ints
    keys: Ints
    count: Ints
    first: Ints
    last: Ints


def _paid(payments: Channel, standing: Bools, n: int) -> _Paid:
    chosen = np.flatnonzero(payments.exact & (standing[payments.a] | standing[payments.b]))
    pairs = group(payments.a[chosen] * n + payments.b[chosen])
    return _taken(chosen, pairs, pairs.size >= LEAST_PAYMENTS)


def _taken(chosen: Ints, pairs: Groups, kept: Bools) -> _Paid:
    """The payments of the payers and payees in ``kept``."""
    rows = np.flatnonzero(kept[pairs.of])
    number = np.cumsum(kept) - 1
    return _Paid(chosen[rows], number[pairs.of[rows]], pairs.keys[kept])


def _bounded(payments: Channel, paid: _Paid, pairs: _Pairs) -> _Paid:
    """The pairs with the most payments, up to ``MOST`` payments in all."""
    at = payments.at[paid.position]
    load = np.searchsorted(pairs.at, at + AFTER, side="right") - np.searchsorted(pairs.at, at - BEFORE)
    if load.sum() <= MOST:
        return paid
    groups = group(paid.of)
    order = np.lexsort((np.arange(len(groups)), -groups.size))
    kept = np.zeros(len(groups), dtype=np.bool_)
    kept[order[np.cumsum(groups.sum(load)[order]) <= MOST]] = True
    taken = _taken(paid.position, groups, kept)
    return _Paid(taken.position, taken.of, paid.keys[kept])


def _pairs(calls: Channel, bare: Bools, n: int) -> _Pairs:
    chosen = np.flatnonzero(calls.exact & (bare[calls.a] | bare[calls.b]))
    chosen = chosen[np.argsort(calls.at[chosen], kind="stable")]
    low, high = np.minimum(calls.a[chosen], calls.b[chosen]), np.maximum(calls.a[chosen], calls.b[chosen])
    pairs = group(low * n + high)
    at = calls.at[chosen]
    often = (pairs.size >= LEAST_NEAR) & (_chance(pairs.size, pairs.first(at), pairs.last(at)) < OFTEN)
    number = np.cumsum(often) - 1
    kept = np.flatnonzero(often[pairs.of])
    return _Pairs(
        at[kept],
        number[pairs.of[kept]],
        pairs.keys[often],
        pairs.size[often],
        pairs.first(at)[often],
        pairs.last(at)[often],
    )


def _near(payments: Channel, paid: _Paid, pairs: _Pairs) -> tuple[Ints, Ints]:
    """Payments with a call nearby, by payer-payee pair and pair of numbers: the key of both, and the count."""
    keys = [np.zeros(0, dtype=np.int64)]
    for low in range(0, len(paid.position), CHUNK):
        some = slice(low, low + CHUNK)
        at = payments.at[paid.position[some]]
        start = np.searchsorted(pairs.at, at - BEFORE, side="left")
        stop = np.searchsorted(pairs.at, at + AFTER, side="right")
        which, call = spread(start.astype(np.int64), stop.astype(np.int64))
        seen = np.unique(which * len(pairs.keys) + pairs.of[call])  # one payment counts once
        keys.append(paid.of[some][seen // len(pairs.keys)] * len(pairs.keys) + seen % len(pairs.keys))
    found, k = np.unique(np.concatenate(keys), return_counts=True)
    often = k >= LEAST_ADDED
    return found[often], k[often].astype(np.int64)


def _tails(payments: Channel, paid: _Paid, pairs: _Pairs, pay: Ints, talk: Ints, k: Ints) -> Floats:
    """Probability, by chance, of so many payments with a call nearby among those made while the two were in touch."""
    paid_at = timeline(paid.of, payments.at[paid.position])
    start, stop = paid_at.slices(pay, pairs.first[talk] - MARGIN, pairs.last[talk] + MARGIN)
    n = stop - start
    chance = _chance(pairs.count[talk], pairs.first[talk], pairs.last[talk])
    return np.asarray(binom.sf(k - 1, np.maximum(n, k), chance))


def _chance(count: Ints, first: Ints, last: Ints) -> Floats:
    """Probability that a payment at any time has a call of the two nearby."""
    days = np.maximum((last - first) / DAY, LEAST_SPAN) + 1.0
    rate = BUSY * count / days / 24.0  # calls per hour
    return np.asarray(1.0 - np.exp(-rate * (BEFORE + AFTER) / HOUR))


def _sides(
    payer: Ints, payee: Ints, low: Ints, high: Ints, tail: Floats, best: Ints, bare: Bools
) -> BestNumbers:
    """Decides which of the two numbers is the payer's; leaves out pairs for which this is open or already known."""
    payers: dict[tuple[int, int], set[int]] = defaultdict(
        set
    )  # payers near whose payments to a payee a number talks
    some = np.flatnonzero(tail < SOME)
    for end in (low, high):
        for one, payed, number in zip(
            payer[some].tolist(), payee[some].tolist(), end[some].tolist(), strict=True
        ):
            payers[payed, number].add(one)
    rows = []
    for i in best[(low[best] != payer[best]) & (high[best] != payer[best])].tolist():
        sure = [
            (number, other)
            for number, other in ((int(low[i]), int(high[i])), (int(high[i]), int(low[i])))
            if bare[number]
            and len(payers[int(payee[i]), number]) == 1
            and (
                other == payee[i]
                or len(payers[int(payee[i]), other]) > 1
                or (not bare[other] and tail[i] < ALONE)
            )
        ]
        if len(sure) == 1:
            rows.append((payer[i], payee[i], *sure[0], i))
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T
    return BestNumbers(columns[0], columns[1], columns[2], columns[3], tail[columns[4]])
