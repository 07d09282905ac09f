"""Event columns in one canonical order, and the grouping and joining that every analysis here is made of.

Shapes: N persons, E events. All times are epoch milliseconds UTC; hours and days are those of Beijing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.inputs import Bools, Events, Floats, Ints

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
BEIJING = 8 * HOUR
NIGHT_FROM, NIGHT_TO = 22, 4  # hours, design: 22:00 to 04:00


@dataclass(frozen=True)
class Channel:
    """Usable events of one channel, sorted by (a, b, at, amount, evidence): the same bytes for any input
    order.
    """

    name: str
    a: Ints
    b: Ints
    at: Ints
    exact: Bools  # the time is known to the minute
    amount: Ints
    event: Ints  # position in the Events it came from
    source: Events

    def __len__(self) -> int:
        return len(self.a)

    def rows(self, positions: Ints, cap: int) -> tuple[str, ...]:
        """Row references behind the newest ``cap`` of these events, oldest first, each once."""
        order = positions
        if len(positions) > 1:
            order = positions[np.argsort(self.at[positions], kind="stable")][-cap:]
        seen: dict[str, None] = {}
        for position in order.tolist():
            for row in self.source.evidence[int(self.event[position])]:
                seen[row] = None
        return tuple(seen)


def channel(name: str, events: Events) -> Channel:
    """Leaves out events with a service end, without two persons, or of a person with himself."""
    usable = (~events.service) & (events.a != events.b) & (events.a >= 0) & (events.b >= 0)
    kept = np.flatnonzero(usable).astype(np.int64)
    order = kept[np.lexsort((events.amount[kept], events.at[kept], events.b[kept], events.a[kept]))]
    order = _settle_ties(events, order)
    at = events.at[order].astype(np.int64)
    return Channel(
        name=name,
        a=events.a[order].astype(np.int64),
        b=events.b[order].astype(np.int64),
        at=at,
        exact=(events.precision[order] > 0) & (at >= 0),
        amount=events.amount[order].astype(np.int64),
        event=order,
        source=events,
    )


def _settle_ties(events: Events, order: Ints) -> Ints:
    """Orders events that are equal in every number by their evidence, so that no input order shows
    through.
    """
    if len(order) < 2:
        return order
    same = np.ones(len(order) - 1, dtype=bool)
    for column in (events.a, events.b, events.at, events.amount):
        values = column[order]
        same &= values[1:] == values[:-1]
    if not same.any():
        return order
    settled = order.copy()
    starts = np.flatnonzero(np.r_[True, ~same])
    ends = np.r_[starts[1:], len(order)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start > 1:
            settled[start:end] = sorted(
                order[start:end].tolist(), key=lambda i: (int(events.precision[i]), events.evidence[i])
            )
    return settled


def local_hour(at: Ints) -> Ints:
    """Hour of the day in Beijing, 0 to 23."""
    return ((at + BEIJING) // HOUR) % 24


def local_day(at: Ints) -> Ints:
    """Number of the Beijing day since the epoch."""
    return (at + BEIJING) // DAY


def is_night(at: Ints, exact: Bools) -> Bools:
    """22:00 to 04:00 in Beijing; a day-only or unknown time never counts as night."""
    hour = local_hour(at)
    return exact & ((hour >= NIGHT_FROM) | (hour < NIGHT_TO))


@dataclass(frozen=True)
class Groups:
    """Rows grouped by a key: group g holds ``order[start[g]:start[g + 1]]``, in stable order."""

    keys: Ints  # sorted, unique
    order: Ints
    start: Ints  # one longer than keys
    of: Ints  # group of each row

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def size(self) -> Ints:
        return np.diff(self.start)

    def sum(self, values: Floats | Ints | Bools) -> Floats:
        """Sum per group of a value per row."""
        total = np.bincount(self.of, weights=values.astype(np.float64), minlength=len(self.keys))
        return np.asarray(total, dtype=np.float64)

    def mean(self, values: Floats | Ints | Bools) -> Floats:
        return np.asarray(self.sum(values) / np.maximum(self.size, 1))

    def first(self, values: Ints) -> Ints:
        """Least value per group."""
        return _reduce(np.minimum, values, self)

    def last(self, values: Ints) -> Ints:
        """Greatest value per group."""
        return _reduce(np.maximum, values, self)

    def median(self, values: Floats | Ints) -> Floats:
        """Median per group (lower and upper middle averaged)."""
        if len(self.keys) == 0:
            return np.zeros(0)
        ordered = values[np.lexsort((values, self.of))].astype(np.float64)
        low = self.start[:-1] + (self.size - 1) // 2
        high = self.start[:-1] + self.size // 2
        return np.asarray((ordered[low] + ordered[high]) / 2)

    def distinct(self, values: Ints) -> Ints:
        """Number of different values per group."""
        if len(self.keys) == 0:
            return np.zeros(0, dtype=np.int64)
        order = np.lexsort((values, self.of))
        group, value = self.of[order], values[order]
        new = np.r_[True, (group[1:] != group[:-1]) | (value[1:] != value[:-1])]
        return np.bincount(group[new], minlength=len(self.keys)).astype(np.int64)

    def rows(self, group: int) -> Ints:
        return self.order[self.start[group] : self.start[group + 1]]


def _reduce(ufunc: np.ufunc, values: Ints, groups: Groups) -> Ints:
    if len(groups.keys) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.asarray(ufunc.reduceat(values[groups.order], groups.start[:-1]), dtype=np.int64)


def group(keys: Ints) -> Groups:
    """Groups rows by an integer key."""
    unique, of = np.unique(keys, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    order = np.argsort(of, kind="stable").astype(np.int64)
    start = np.r_[0, np.cumsum(np.bincount(of, minlength=len(unique)))].astype(np.int64)
    return Groups(unique.astype(np.int64), order, start, of)


def find(haystack: Ints, needles: Ints) -> Ints:
    """Position of each needle in a sorted unique haystack, -1 where it is not."""
    if len(haystack) == 0:
        return np.full(len(needles), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(haystack, needles), len(haystack) - 1)
    return np.where(haystack[at] == needles, at, -1).astype(np.int64)


def spread(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Unrolls slices: returns (which slice, position) for every position in every slice."""
    length = np.maximum(stop - start, 0)
    owner = np.repeat(np.arange(len(start), dtype=np.int64), length)
    offset = np.arange(int(length.sum()), dtype=np.int64) - np.repeat(np.cumsum(length) - length, length)
    return owner, start[owner] + offset


@dataclass(frozen=True)
class Timeline:
    """Rows sorted by (owner, time), so that one owner's rows within a time window are one slice."""

    owner: Ints
    at: Ints
    row: Ints
    _key: Ints
    _span: int
    _base: int

    def slices(self, owner: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Slice [start, stop) of each owner's rows with first <= at <= last."""
        low = np.clip(first - self._base, 0, self._span - 1)
        high = np.clip(last - self._base, -1, self._span - 1)
        start = np.searchsorted(self._key, owner * self._span + low, side="left")
        stop = np.searchsorted(self._key, owner * self._span + high, side="right")
        return start.astype(np.int64), stop.astype(np.int64)


def timeline(owner: Ints, at: Ints, row: Ints | None = None) -> Timeline:
    """Builds a timeline; owners are any non-negative integers below 2**26, times span less than 4 years in
    all.
    """
    row = np.arange(len(owner), dtype=np.int64) if row is None else row
    order = np.lexsort((row, at, owner))
    owner, at, row = owner[order], at[order], row[order]
    base = int(at.min()) if len(at) else 0
    span = (int(at.max()) - base if len(at) else 0) + 2
    return Timeline(owner, at, row, owner * span + (at - base), span, base)
