"""Transfers as arrays sorted by time, with an index of what leaves and what enters each node.

Events are in the canonical order (time, event id), so the same events give the same answers whatever the
order they were loaded in. An event without a time is kept (``at`` -1) but stands in no index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_schema.arrays import Bools, Ints

SPAN = np.array([86_399_999, 59_999, 0], dtype=np.int64)
"""How long after ``at`` an event may have been, by its precision (day, minute, second)."""
LONGEST = int(SPAN[0])

Nodes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class EventsByEnd:
    """Events grouped by one of their ends: those of node n are ``order[start[n]:start[n + 1]]``, by time."""

    start: Ints
    order: Ints

    def within(self, at: Ints, nodes: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Slices of ``order`` with ``first <= at <= last`` for each node: a binary search for all at once."""
        return self._bound(at, nodes, first), self._bound(at, nodes, last + 1)

    def _bound(self, at: Ints, nodes: Ints, value: Ints) -> Ints:
        low, high = self.start[nodes].astype(np.int64), self.start[nodes + 1].astype(np.int64)
        while True:
            open_ = np.flatnonzero(low < high)
            if len(open_) == 0:
                return low
            middle = (low[open_] + high[open_]) >> 1
            before = at[self.order[middle]] < value[open_]
            low[open_] = np.where(before, middle + 1, low[open_])
            high[open_] = np.where(before, high[open_], middle)


@dataclass(frozen=True)
class Transfers:
    """E events between N nodes; ``fen`` in the currency ``unit`` numbers, ``stop`` marks pass-through nodes."""

    source: Nodes
    target: Nodes
    at: Ints
    precision: npt.NDArray[np.int8]
    fen: Ints
    unit: npt.NDArray[np.int16]
    stop: Bools
    out: EventsByEnd
    into: EventsByEnd

    def __len__(self) -> int:
        return len(self.at)

    @property
    def nodes(self) -> int:
        return len(self.stop)

    def alike(self, earlier: Ints, later: Ints, ratio: tuple[float, float] | None, exchange: bool) -> Bools:
        """Whether each later amount through its earlier one lies within the ratio (any where it is None).

        Amounts of two currencies are not compared: they fit where an ``exchange`` is allowed.
        """
        same = self.unit[earlier] == self.unit[later]
        if ratio is None:
            return np.asarray(same | exchange)
        before, after = self.fen[earlier].astype(np.float64), self.fen[later]
        within = (after >= ratio[0] * before) & (after <= ratio[1] * before)
        return np.asarray(np.where(same, within, exchange))

    def until(self, events: Ints) -> Ints:
        """The end of the span in which each event lies."""
        return np.asarray(self.at[events] + SPAN[self.precision[events]])


def side(ends: Nodes, kept: Ints, nodes: int) -> EventsByEnd:
    """Index of the events ``kept`` (in time order) by one end."""
    mine = ends[kept]
    order = kept[np.argsort(mine, kind="stable")]
    start = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(mine, minlength=nodes), out=start[1:])
    return EventsByEnd(start, order)


def indexed(
    source: Nodes,
    target: Nodes,
    at: Ints,
    precision: npt.NDArray[np.int8],
    fen: Ints,
    unit: npt.NDArray[np.int16],
    stop: Bools,
) -> Transfers:
    """Transfers from columns in canonical order; own transfers (source = target) are left out of the index."""
    kept = np.flatnonzero((at >= 0) & (source != target)).astype(np.int64)
    nodes = len(stop)
    out, into = side(source, kept, nodes), side(target, kept, nodes)
    return Transfers(source, target, at, precision, fen, unit, stop, out, into)
