"""Person-to-person ties: per channel how often, how much, when; common elements damped and named.

A shop, a hotline or a food stall is met by everybody and links nobody. The more partners somebody has
compared with an ordinary person of the same data, the less a tie with him counts (``damping``), and the
result lists whom it damped and by how much. Nobody recorded as part of a drug case is damped: a busy seller
is what we look for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays import Channel, channel, find, group, is_night, local_day
from backend.analysis.inputs import Bools, Facts, Floats, Ints


@dataclass(frozen=True)
class ChannelTies:
    """Directed pairs of one channel; every array has one entry per pair (a, b)."""

    name: str
    a: Ints
    b: Ints
    count: Ints
    total: Ints  # seconds | fen | 0
    first: Ints  # ms, -1 where no time is known
    last: Ints
    night: Floats  # share of events known to the minute that fall in 22:00-04:00
    days: Ints  # different days
    gap: Floats  # mean days from one active day to the next, 0 for a single day
    events: Ints  # channel positions, grouped
    start: Ints  # pair p holds events[start[p]:start[p + 1]]


@dataclass(frozen=True)
class Damped:
    """One common element: how many partners he has and the factor his ties are multiplied by."""

    person: int
    partners: int
    factor: float


@dataclass(frozen=True)
class Ties:
    calls: ChannelTies
    payments: ChannelTies
    parcels: ChannelTies
    a: Ints  # undirected pairs over all channels, a < b
    b: Ints
    weight: Floats  # damped strength
    damping: Floats  # per person, 0 < factor <= 1
    damped: tuple[Damped, ...]


def channel_ties(events: Channel, n: int) -> ChannelTies:
    """Groups one channel by directed pair; ``n`` is the number of persons."""
    pairs = group(events.a * n + events.b)
    days = np.where(events.at >= 0, local_day(events.at), -1)
    night = pairs.sum(is_night(events.at, events.exact))
    first = pairs.first(np.where(events.at >= 0, events.at, np.iinfo(np.int64).max))
    last = pairs.last(events.at)
    distinct = pairs.distinct(days)
    span = np.where(last >= 0, local_day(last) - local_day(np.where(last >= 0, first, 0)), 0)
    return ChannelTies(
        name=events.name,
        a=pairs.keys // n,
        b=pairs.keys % n,
        count=pairs.size,
        total=pairs.sum(events.amount).astype(np.int64),
        first=np.where(last >= 0, first, -1),
        last=last,
        night=night / np.maximum(pairs.sum(events.exact), 1.0),
        days=distinct,
        gap=np.where(distinct > 1, span / np.maximum(distinct - 1, 1), 0.0),
        events=pairs.order,
        start=pairs.start,
    )


def ties(facts: Facts) -> Ties:
    """All ties of a run. Strength of a pair: sum over channels of log(1 + count), damped at both ends."""
    n = len(facts.person_ids)
    parts = [
        channel_ties(channel(name, events), n)
        for name, events in (("calls", facts.calls), ("payments", facts.payments), ("parcels", facts.parcels))
    ]
    low = np.concatenate([np.minimum(part.a, part.b) for part in parts])
    high = np.concatenate([np.maximum(part.a, part.b) for part in parts])
    strength = np.concatenate([np.log1p(part.count) for part in parts])
    pairs = group(low * n + high)
    a, b = pairs.keys // n, pairs.keys % n
    factor, damped = damping(facts, a, b)
    weight = pairs.sum(strength) * factor[a] * factor[b]
    return Ties(parts[0], parts[1], parts[2], a, b, weight, factor, damped)


def damping(facts: Facts, a: Ints, b: Ints) -> tuple[Floats, tuple[Damped, ...]]:
    """Factor per person: 1 up to the common number of partners, then falling with the square root of the
    excess.

    "Common" is the 99th percentile of the persons with at least one partner, and at least 30.
    """
    n = len(facts.person_ids)
    partners = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
    present = partners[partners > 0]
    usual = max(30.0, float(np.percentile(present, 99))) if len(present) else 30.0
    factor = np.where(partners > usual, np.sqrt(usual / np.maximum(partners, 1)), 1.0)
    factor[in_drug_case(facts)] = 1.0
    factor[facts.platform] = np.minimum(factor[facts.platform], 0.1)
    hit = np.flatnonzero(factor < 1.0)
    hit = hit[np.lexsort((hit, factor[hit]))]
    return factor, tuple(Damped(int(p), int(partners[p]), round(float(factor[p]), 4)) for p in hit)


def in_drug_case(facts: Facts) -> Bools:
    """Persons recorded in a case in any role but witness."""
    mask = np.zeros(len(facts.person_ids), dtype=bool)
    for part in facts.involvements:
        if part.role != "witness":
            mask[part.person] = True
    return mask


def partners_among(pairs: ChannelTies, members: Bools, n: int) -> tuple[Ints, Ints]:
    """Per person: number of partners in this channel (either direction), and how many of them are
    ``members``.
    """
    low, high = np.minimum(pairs.a, pairs.b), np.maximum(pairs.a, pairs.b)
    keys = np.unique(low * n + high)
    a, b = keys // n, keys % n
    total = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
    inside = np.bincount(a[members[b]], minlength=n) + np.bincount(b[members[a]], minlength=n)
    return total.astype(np.int64), inside.astype(np.int64)


def position_of(pairs: ChannelTies, a: Ints, b: Ints, n: int) -> Ints:
    """Index of each directed pair (a, b) in ``pairs``, -1 where they have no event."""
    return find(pairs.a * n + pairs.b, a * n + b)
