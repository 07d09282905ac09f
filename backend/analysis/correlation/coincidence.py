"""Correlation of calls with payments: which contact coincides with which payments more often than chance
gives.

Definition: for a group of payments and each contact C of the person observed (payer or payee), k of n
payments have a call or message with C in a window. By chance each has one with probability 1 - exp(-rate *
width): a Poisson process with the contact's own calls per hour of the day, over the time the two were in
contact. The log-likelihood ratio of k/n against that chance is taken for the best of four windows, less the
logarithm of how many windows and contacts were tried. So a spouse who calls six times a day is near many
payments by chance and scores nothing; a number called only before payments scores high.

Reference: the binomial log-likelihood ratio of T. Dunning, Accurate Methods for the Statistics of Surprise
and Coincidence, Computational Linguistics 19(1), 1993, 61-74 (without the factor 2); the correction is
Bonferroni's.

Cost: O(L log L + P log L + M) for L calls, P payments and M pairs of a payment and a call within ``REACH``
of it.

Against it: calls are not a Poisson process. They come in bursts, so a busy evening makes a coincidence look
rarer than it is. A rhythm estimated from a few calls is poor; ``LEAST`` and ``LEAST_SPAN`` keep it from
looking impossible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import DAY, HOUR, MINUTE, local_hour
from backend.analysis.arrays.grouping import Groups, find, group, spread
from backend.analysis.arrays.timeline import Timeline, timeline
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

NEAR = whole_parameter("correlation.coincidence.near") * MINUTE
REACH = whole_parameter("correlation.coincidence.far") * HOUR
WINDOWS: tuple[tuple[str, int, int], ...] = (
    ("before", -NEAR, 0),
    ("before_long", -REACH, 0),
    ("after", 0, NEAR),
    ("after_long", 0, REACH),
)
"""Where a call lies relative to the payment, ms; both orders, because habits differ between markets."""

LEAST = parameter("correlation.coincidence.least_chance")
MOST = parameter("correlation.coincidence.most_chance")
CHUNK = whole_parameter("correlation.coincidence.chunk")
LEAST_SPAN = parameter("correlation.coincidence.least_span")
MARGIN = whole_parameter("correlation.coincidence.margin") * HOUR
NEIGHBOUR = parameter("correlation.coincidence.neighbour")
EVEN_DAY = parameter("correlation.coincidence.even_day")


@dataclass(frozen=True)
class Contacts:
    """Call legs seen from each person, and the rhythm of every (person, contact)."""

    legs: Timeline  # owner = person; row = leg
    other: Ints  # per leg
    call: Ints  # channel position per leg
    pairs: Groups  # legs by person * n + contact
    first: Ints  # per pair
    last: Ints
    n: int

    def rate(self, pair: Ints, hours: Floats, payments: Ints) -> Floats:
        """Calls per hour with the contact at the hours of the payments; ``hours`` is (groups, 24) of
        shares.
        """
        rates = np.zeros(len(pair))
        for low in range(0, len(pair), CHUNK):
            some = slice(low, low + CHUNK)
            count = self.pairs.size[pair[some]]
            days = np.maximum((self.last[pair[some]] - self.first[pair[some]]) / DAY, LEAST_SPAN) + 1.0
            share = np.einsum("ij,ij->i", self._profile(pair[some]), hours[payments[some]])
            rates[some] = count / days * share
        return rates

    def _profile(self, pair: Ints) -> Floats:
        """Share of calls per hour of the day, smoothed over neighbouring hours and mixed with an even day."""
        wanted, back = np.unique(pair, return_inverse=True)
        owner, position = spread(self.pairs.start[wanted], self.pairs.start[wanted + 1])
        hour = local_hour(self._leg_at[self.pairs.order[position]])
        table = np.bincount(owner * 24 + hour, minlength=len(wanted) * 24).reshape(len(wanted), 24)
        share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
        smooth = (1 - 2 * NEIGHBOUR) * share
        smooth = smooth + NEIGHBOUR * np.roll(share, 1, axis=1) + NEIGHBOUR * np.roll(share, -1, axis=1)
        return np.asarray(((1 - EVEN_DAY) * smooth + EVEN_DAY / 24.0)[back.reshape(-1)])

    @cached_property
    def _leg_at(self) -> Ints:
        at = np.empty(len(self.legs.at), dtype=np.int64)
        at[self.legs.row] = self.legs.at
        return at


def contacts(calls: Channel, n: int, seen: Bools) -> Contacts:
    """Legs, seen from the persons in ``seen``, of every call known to the minute."""
    out, back = np.flatnonzero(calls.exact & seen[calls.a]), np.flatnonzero(calls.exact & seen[calls.b])
    owner = np.concatenate([calls.a[out], calls.b[back]])
    other = np.concatenate([calls.b[out], calls.a[back]])
    at = np.concatenate([calls.at[out], calls.at[back]])
    return legs_of(owner, other, at, np.concatenate([out, back]), n)


def legs_of(owner: Ints, other: Ints, at: Ints, call: Ints, n: int) -> Contacts:
    """Legs of calls as seen from ``owner``, with the time and the channel position of each; ``n`` is more than any owner or
    other.
    """
    pairs = group(owner * n + other)
    return Contacts(
        legs=timeline(owner, at),
        other=other,
        call=call,
        pairs=pairs,
        first=pairs.first(at),
        last=pairs.last(at),
        n=n,
    )


@dataclass(frozen=True)
class Coincidences:
    """One entry per (payment group, contact) with at least one payment near a call."""

    group: Ints
    contact: Ints
    k: Ints  # payments with a call in the chosen window
    n: Ints  # payments known to the minute while the two were in contact
    expected: Floats  # of the n, by chance
    llr: Floats  # log-likelihood ratio, >= 0
    window: Ints  # index into WINDOWS
    payment: Ints  # rows of entry e: payment[start[e]:start[e + 1]] and call[...]
    call: Ints
    start: Ints

    def __len__(self) -> int:
        return len(self.group)


def coincidences(
    payments: Channel, chosen: Ints, groups: Groups, observed: Ints, known: Contacts
) -> Coincidences:
    """Compares the payments ``chosen`` (channel positions, grouped by ``groups``) with the calls of
    ``observed``.

    ``observed`` is one person per chosen payment: its payer or its payee.
    """
    exact = np.flatnonzero(payments.exact[chosen])
    at = payments.at[chosen[exact]]
    start, stop = known.legs.slices(observed[exact], at - REACH, at + REACH)
    owner, position = spread(start, stop)
    leg = known.legs.row[position]
    which, contact = exact[owner], known.other[leg]
    delay = known.legs.at[position] - at[owner]
    entries = group(groups.of[which] * known.n + contact)
    g, c = entries.keys // known.n, entries.keys % known.n
    person = observed[groups.order[groups.start[g]]] if len(g) else g
    pair = find(known.pairs.keys, person * known.n + c)
    n = _in_contact(payments, chosen, exact, groups, g, known.first[pair], known.last[pair])
    rate = known.rate(pair, _hours(payments, chosen, exact, groups), g) if len(g) else np.zeros(0)
    k, chance, llr = _windows(entries, which, delay, n, rate)
    best = np.argmax(llr, axis=0) if len(g) else np.zeros(0, dtype=np.int64)
    pick = np.arange(len(g))
    inside = _inside(delay, best[entries.of])
    rows = group(entries.of[inside])
    sizes = np.zeros(len(g), dtype=np.int64)
    sizes[rows.keys] = rows.size
    return Coincidences(
        group=g,
        contact=c,
        k=k[best, pick],
        n=n,
        expected=chance[best, pick] * n,
        llr=np.maximum(llr[best, pick] - np.log(len(WINDOWS)), 0.0),
        window=best,
        payment=chosen[which[inside][rows.order]],
        call=known.call[leg[inside][rows.order]],
        start=np.r_[0, np.cumsum(sizes)].astype(np.int64),
    )


def _inside(delay: Ints, window: Ints) -> Ints:
    low = np.array([w[1] for w in WINDOWS], dtype=np.int64)[window]
    high = np.array([w[2] for w in WINDOWS], dtype=np.int64)[window]
    return np.flatnonzero((delay >= low) & (delay <= high))


def _in_contact(
    payments: Channel, chosen: Ints, exact: Ints, groups: Groups, g: Ints, first: Ints, last: Ints
) -> Ints:
    """How many payments of group g happened while payer (or payee) and contact were in touch, ``MARGIN``
    around.
    """
    when = timeline(groups.of[exact], payments.at[chosen[exact]])
    start, stop = when.slices(g, first - MARGIN, last + MARGIN)
    return np.asarray(np.maximum(stop - start, 1))


def _hours(payments: Channel, chosen: Ints, exact: Ints, groups: Groups) -> Floats:
    """Share of each group's payments per hour of the day, (groups, 24)."""
    hour = local_hour(payments.at[chosen[exact]])
    table = np.bincount(groups.of[exact] * 24 + hour, minlength=len(groups) * 24).reshape(len(groups), 24)
    return np.asarray(table / np.maximum(table.sum(axis=1, keepdims=True), 1))


def _windows(entries: Groups, which: Ints, delay: Ints, n: Ints, rate: Floats) -> tuple[Ints, Floats, Floats]:
    """Hits, chance probability and log-likelihood ratio, each (windows, entries)."""
    hits, chances, ratios = [], [], []
    for _, low, high in WINDOWS:
        near = (delay >= low) & (delay <= high)
        payment = np.where(near, which, -1)
        k = entries.distinct(payment) - _any_outside(entries, near)
        k = np.minimum(k, n)
        chance = np.clip(1.0 - np.exp(-rate * (high - low) / HOUR), LEAST, MOST)
        hits.append(k)
        chances.append(chance)
        ratios.append(binomial_llr(k, n, chance))
    shape = (len(WINDOWS), len(entries))
    return (
        np.array(hits, dtype=np.int64).reshape(shape),
        np.array(chances).reshape(shape),
        np.array(ratios).reshape(shape),
    )


def _any_outside(entries: Groups, near: Bools) -> Ints:
    """1 where an entry has a row outside the window (its placeholder was counted as one distinct value)."""
    return (entries.sum(~near) > 0).astype(np.int64)


def surprise(k: Ints, n: Ints, expected: Floats) -> Floats:
    """Log-likelihood ratio of ``k`` of ``n`` payments with a call nearby where chance gives ``expected``,
    before any correction.
    """
    return binomial_llr(k, n, np.clip(expected / np.maximum(n, 1), LEAST, MOST))


def binomial_llr(k: Ints, n: Ints, chance: Floats) -> Floats:
    """Log-likelihood ratio of the observed share k/n against ``chance``; 0 where it is not above chance."""
    share = np.clip(k / np.maximum(n, 1), 1e-9, 1 - 1e-9)
    ratio = k * np.log(share / chance) + (n - k) * np.log((1 - share) / (1 - chance))
    return np.where(share > chance, ratio, 0.0)


def charged(found: Coincidences) -> Floats:
    """Log-likelihood ratios minus the log of the number of contacts tried for the same payments."""
    if len(found) == 0:
        return np.zeros(0)
    tried = np.bincount(found.group)[found.group]
    return np.maximum(found.llr - np.log(tried), 0.0)


def companions(payee_side: Coincidences, payer: Ints) -> tuple[Ints, Floats]:
    """For each payment pair, the contact of the payee whose calls coincide best with it, other than the payer himself."""
    llr = charged(payee_side)
    entries = np.flatnonzero(
        (payee_side.contact != payer[payee_side.group]) & (llr > 0) & (payee_side.k >= 2)
    )
    order = entries[np.lexsort((payee_side.contact[entries], -llr[entries], payee_side.group[entries]))]
    first = np.r_[True, payee_side.group[order][1:] != payee_side.group[order][:-1]] if len(order) else []
    best = order[np.asarray(first, dtype=bool)]
    return best, llr[best]
