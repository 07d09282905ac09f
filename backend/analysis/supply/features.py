"""Everything a signal may use: candidates, channels, profiles, and sums needed more than once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import local_day
from backend.analysis.arrays.grouping import Groups, find, group
from backend.analysis.attribution.attribute import Attributed, Paying, ThirdAccounts
from backend.analysis.correlation.correlate import Correlated
from backend.analysis.correlation.profile import Profiles
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.supply.candidates import Candidates, find_candidates
from graph_schema.arrays import Floats, Ints

CAP = whole_parameter("supply.features.cap")
"""Rows named per signal, the newest."""
REMEMBERED = whole_parameter("supply.features.remembered")

CandidateRows = Callable[[int], tuple[str, ...]]
"""Row references that show something about candidate e."""


@dataclass(frozen=True)
class Features:
    """Everything a signal may use."""

    facts: Facts
    n: int  # persons
    payments: Channel
    calls: Channel
    parcels: Channel
    people: Profiles
    candidates: Candidates
    links: ThirdAccounts
    paying: Paying
    paid: Groups  # candidate rows grouped by candidate (keys are candidates that have payments)
    amount: Ints  # per candidate row, fen
    at: Ints
    median: Floats  # per candidate, fen
    total: Floats  # per candidate, fen
    days: Ints  # per candidate, different days with a payment
    gap: Floats  # per candidate, median days from one paying day to the next, 0 with fewer than two
    till: Ints  # per candidate, the payee whose payments to the buyer count as money back; -1 if he collects for the buyer
    back: Floats  # fen in the opposite direction: from supplier or payee to the buyer
    pair_pay: Groups  # all payments by payer * n + payee
    pair_call: Groups  # all calls by caller * n + called

    @property
    def size(self) -> int:
        return len(self.candidates)

    def per_candidate(self, values: Floats | Ints) -> Floats:
        """Places one value per group of ``paid`` at its candidate, 0 elsewhere."""
        placed = np.zeros(self.size)
        placed[self.paid.keys] = values
        return placed

    def candidate(self, supplier: Ints, buyer: Ints) -> Ints:
        """Position of the candidate of each pair, -1 where the pair is none."""
        return find(self._pairs, supplier * self.n + buyer)

    @cached_property
    def _pairs(self) -> Ints:
        return self.candidates.supplier * self.n + self.candidates.buyer

    @cached_property
    def rung(self) -> Floats:
        """Per candidate: share of the calls near its payments that the supplier placed; 0 without calls."""
        c = self.candidates
        size = np.diff(c.call_start)
        of = np.repeat(np.arange(self.size, dtype=np.int64), size)
        his = np.bincount(of, weights=self.calls.a[c.call] == c.supplier[of], minlength=self.size)
        return np.asarray(his / np.maximum(size, 1))

    @cached_property
    def unordered(self) -> Floats:
        """Per candidate: share of the payments without a call of the buyer near, as far as calls show; 0 where another
        pays for him.
        """
        c = self.candidates
        ordered = np.minimum(c.near / np.maximum(c.near_of, 1), 1.0) * (1.0 - self.rung)
        return np.asarray(np.where(c.payer >= 0, 0.0, 1.0 - ordered))

    @cached_property
    def payment_rows(self) -> CandidateRows:
        """Rows of the payments of a candidate; cached, because many signals use the same rows."""
        c = self.candidates
        return lru_cache(maxsize=REMEMBERED)(
            lambda e: self.payments.rows(c.payment[c.pay_start[e] : c.pay_start[e + 1]], CAP)
        )

    @cached_property
    def call_rows(self) -> CandidateRows:
        """Rows of the calls near the payments of a candidate; cached likewise."""
        c = self.candidates
        return lru_cache(maxsize=REMEMBERED)(
            lambda e: self.calls.rows(np.unique(c.call[c.call_start[e] : c.call_start[e + 1]]), CAP)
        )


def compute_features(seen: Correlated, behind: Attributed) -> Features:
    """Computes the shared sums of one run."""
    facts, payments, calls, links = seen.facts, seen.payments, seen.calls, behind.links
    candidates = find_candidates(seen, behind)
    n = len(facts.person_ids)
    paid = group(candidates.payments_of)
    amount = payments.amount[candidates.payment]
    at = payments.at[candidates.payment]
    day = np.where(at >= 0, local_day(at), -1)
    pair_pay = group(payments.a * n + payments.b)
    size = len(candidates)
    till = _till(candidates, links, n)

    def place(values: Floats | Ints) -> Floats:
        placed = np.zeros(size)
        placed[paid.keys] = values
        return placed

    return Features(
        facts=facts,
        n=n,
        payments=payments,
        calls=calls,
        parcels=seen.parcels,
        people=seen.people,
        candidates=candidates,
        links=links,
        paying=behind.paying,
        paid=paid,
        amount=amount,
        at=at,
        median=place(paid.median(amount)),
        total=place(paid.sum(amount)),
        days=place(paid.distinct(day)).astype(np.int64),
        gap=place(_median_gap(paid, day)),
        till=till,
        back=_money_back(payments, pair_pay, candidates, till, n),
        pair_pay=pair_pay,
        pair_call=group(calls.a * n + calls.b),
    )


def _median_gap(paid: Groups, day: Ints) -> Floats:
    """Median days between consecutive different paying days."""
    order = np.lexsort((day, paid.of))
    of, when = paid.of[order], day[order]
    step = (of[1:] == of[:-1]) & (when[1:] > when[:-1])
    gaps = group(of[1:][step])
    result = np.zeros(len(paid.keys))
    result[gaps.keys] = gaps.median((when[1:] - when[:-1])[step])
    return result


def _till(candidates: Candidates, links: ThirdAccounts, n: int) -> Ints:
    """The payee of each candidate, -1 where he collects for the buyer too: what he passes on to the buyer is
    then the buyer's own income.
    """
    his = find(np.unique(links.payee * n + links.behind), candidates.payee * n + candidates.buyer) >= 0
    return np.where(his, -1, candidates.payee)


def _money_back(payments: Channel, pairs: Groups, candidates: Candidates, till: Ints, n: int) -> Floats:
    total = pairs.sum(payments.amount)
    back = np.zeros(len(candidates))
    for giver in (candidates.supplier, till):
        at = find(pairs.keys, giver * n + candidates.buyer)
        back += np.where((at >= 0) & (giver >= 0), total[at] if len(total) else 0.0, 0.0)
    return back


def both_ways(groups: Groups, a: Ints, b: Ints, n: int) -> tuple[Ints, Ints]:
    """Positions in ``groups`` of a→b and b→a, -1 where there is none."""
    return find(groups.keys, a * n + b), find(groups.keys, b * n + a)
