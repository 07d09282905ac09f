"""Rows by owner and time, for questions about spans of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.model.facts import Ints


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
