"""Rows by owner and time, for questions about spans of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_schema.arrays import Ints

_LIMIT = 2**62
"""Keys stay below it, so that neither a row's nor a question's wraps around."""


@dataclass(frozen=True)
class Timeline:
    """Rows sorted by (owner, time), so that one owner's rows within a time window are one slice."""

    owner: Ints
    at: Ints
    row: Ints
    _line: _Line
    _key: Ints

    def slices(self, owner: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Slice [start, stop) of each owner's rows with first <= at <= last."""
        start = np.searchsorted(self._key, self._line.low(owner, first), side="left")
        stop = np.searchsorted(self._key, self._line.high(owner, last), side="right")
        return start.astype(np.int64), stop.astype(np.int64)


@dataclass(frozen=True)
class _Line:
    """Owner and time in one number; ``low`` is the least for a time or later, ``high`` the most for it or earlier."""

    nobody: int  # above all owners that have rows
    base: int
    span: int

    def low(self, owner: Ints, at: Ints) -> Ints:
        return self._owner(owner) + np.clip(at - self.base, 0, self.span - 1)

    def high(self, owner: Ints, at: Ints) -> Ints:
        return self._owner(owner) + np.clip(at - self.base, -1, self.span - 1)

    def _owner(self, owner: Ints) -> Ints:
        return np.asarray(np.minimum(owner, self.nobody) * self.span)


@dataclass(frozen=True)
class _Places(_Line):
    """The same by place in order, where the numbers themselves do not fit: holds for any owners and any times."""

    owners: Ints
    times: Ints

    def low(self, owner: Ints, at: Ints) -> Ints:
        return self._owner(owner) + np.searchsorted(self.times, at, side="left")

    def high(self, owner: Ints, at: Ints) -> Ints:
        return self._owner(owner) + np.searchsorted(self.times, at, side="right") - 1

    def _owner(self, owner: Ints) -> Ints:
        # the two sides add up to an odd number for an owner that has rows, to an even one that is nobody's for others
        place = np.searchsorted(self.owners, owner, "left") + np.searchsorted(self.owners, owner, "right")
        return np.asarray(place * self.span)


def timeline(owner: Ints, at: Ints, row: Ints | None = None) -> Timeline:
    """Builds a timeline of any non-negative owners and any times. Raises ``OverflowError`` beyond 2**30 rows where
    owners and times together leave no room in 64 bits.
    """
    row = np.arange(len(owner), dtype=np.int64) if row is None else row
    order = np.lexsort((row, at, owner))
    owner, at, row = owner[order], at[order], row[order]
    line = _line(owner, at)
    return Timeline(owner, at, row, line, line.low(owner, at))


def _line(owner: Ints, at: Ints) -> _Line:
    """Packs the numbers as they are where that fits, their places otherwise; owners are sorted."""
    base = int(at.min()) if len(at) else 0
    span = (int(at.max()) - base if len(at) else 0) + 2
    nobody = (int(owner[-1]) if len(owner) else 0) + 1
    if (nobody + 1) * span < _LIMIT:
        return _Line(nobody, base, span)
    owners, times = np.unique(owner), np.unique(at)
    span = len(times) + 2
    if (2 * len(owners) + 1) * span >= _LIMIT:
        raise OverflowError(f"{len(owners)} owners at {len(times)} times do not fit on one line of time")
    return _Places(nobody, base, span, owners, times)
