"""Pass-through accounts: the person behind a payee, where no call shows him.

Somebody pays an account whose holder he never contacts. The holder in turn pays another person again and
again, soon after and no less, and hardly gets anything back. Then the money was that other person's, and
the holder is a payee (收款人).

Definition: a payment counts as passed on where the holder's next payment to that person comes within
``SOON`` and is at least ``WHOLE`` of all payments it may pass on together. The share passed on is k of n
such payments of the buyer.

Reference: none; a rule of this project. The catalogues of money laundering know the pattern as rapid
movement of funds.

Cost: O(P log P + M) for P payments and M pairs of a payment and a person the account pays (at most ``MOST``
of them).

Against it: money is fungible. A holder who buys his own goods with what he receives looks the same, so the
share counts little if another person is called around the payments (``attribute``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.clock import DAY, local_day
from backend.analysis.arrays.grouping import Groups, find, group, spread
from backend.analysis.arrays.timeline import Timeline, timeline
from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Bools, Floats, Ints

DAYS = whole_parameter("attribution.pass_through.days")
PAID = whole_parameter("attribution.pass_through.paid")
SOON = whole_parameter("attribution.pass_through.soon") * DAY
WHOLE = parameter("attribution.pass_through.whole")
BACK = parameter("attribution.pass_through.back")
LEAST_SHARE = parameter("attribution.pass_through.least_share")
MOST = whole_parameter("attribution.pass_through.most")
COVERED = parameter("attribution.pass_through.covered")
LEAST = whole_parameter("attribution.pass_through.least")


@dataclass(frozen=True)
class Passed:
    """Payments of one pair (buyer, account) that the account's holder passed on to ``principal``."""

    pair: Ints  # group of the buyer's payments to the account
    principal: Ints
    k: Ints  # of the buyer's payments passed on
    n: Ints  # of so many
    share: Floats  # of them taken for the principal's

    def __len__(self) -> int:
        return len(self.pair)


def passed_on(
    payments: Channel, chosen: Ints, pairs: Groups, asked: Bools, platform: Bools, n: int
) -> Passed:
    """Of the ``chosen`` payments, grouped by ``pairs`` (payer * n + payee), what was passed on; only pairs in ``asked``."""
    on = _transfers(payments, platform, n)
    payer, payee = pairs.keys // n, pairs.keys % n
    looked = np.flatnonzero(asked & (pairs.size >= PAID) & ~platform[payee]).astype(np.int64)
    owner, link = spread(
        np.searchsorted(on.holder, payee[looked], side="left").astype(np.int64),
        np.searchsorted(on.holder, payee[looked], side="right").astype(np.int64),
    )
    pair = looked[owner]
    kept = on.to[link] != payer[pair]
    pair, link = pair[kept], link[kept]
    entry, position = spread(pairs.start[pair], pairs.start[pair + 1])
    paid = chosen[pairs.order[position]]
    first, end = on.times.slices(link[entry], payments.at[paid], payments.at[paid] + SOON)
    gathered = group(entry * (len(on.amount) + 1) + first)  # payments that one transfer passes on together
    whole = WHOLE * gathered.sum(payments.amount[paid])[gathered.of]
    following = np.append(on.amount, 0.0)[first]
    k = np.bincount(entry, weights=(end > first) & (following >= whole), minlength=len(pair)).astype(np.int64)
    size = pairs.size[pair]
    kept = k >= np.maximum(COVERED * size, LEAST)
    return Passed(pair[kept], on.to[link[kept]], k[kept], size[kept], k[kept] / size[kept])


@dataclass(frozen=True)
class _Transfers:
    """Holders who pay a person again and again, sorted by holder; times and amounts of each such link."""

    holder: Ints
    to: Ints
    times: Timeline  # owner: number of the link
    amount: Floats  # in the order of ``times``


def _transfers(payments: Channel, platform: Bools, n: int) -> _Transfers:
    both = group(payments.a * n + payments.b)
    holder, to = both.keys // n, both.keys % n
    total = both.sum(payments.amount)
    turned = find(both.keys, to * n + holder)
    back = np.where(turned >= 0, np.append(total, 0.0)[turned], 0.0)
    income = np.bincount(payments.b, weights=payments.amount, minlength=n)[holder]
    often = both.distinct(local_day(payments.at)) >= DAYS
    many = np.bincount(holder[often], minlength=n)[holder]
    kept = often & (back < BACK * total) & (total >= LEAST_SHARE * income) & (many <= MOST)
    kept &= ~platform[holder] & ~platform[to]
    links = np.flatnonzero(kept)
    number = np.full(len(both), -1, dtype=np.int64)
    number[links] = np.arange(len(links))
    rows = np.flatnonzero((number[both.of] >= 0) & (payments.at >= 0)).astype(np.int64)
    times = timeline(number[both.of[rows]], payments.at[rows], rows)
    return _Transfers(holder[links], to[links], times, payments.amount[times.row].astype(np.float64))
