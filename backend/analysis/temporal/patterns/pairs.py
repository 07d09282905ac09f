"""Two payments in a row: what a node received and what it paid on, the ground of several patterns.

Cost: O(E * fan), spread out in chunks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.grouping import spread
from backend.analysis.temporal.patterns.model import PatternLimits
from backend.analysis.temporal.transfers import LONGEST, EventsByEnd, Transfers, side
from graph_schema.arrays import Ints

CHUNK = 20_000
"""First payments whose followers are spread out at a time."""


@dataclass(frozen=True)
class Pairs:
    """Two payments in a row, positions alike: ``first`` into a node, ``second`` out of it; nodes that were cut.

    ``full`` says that there may be more pairs than were taken.
    """

    first: Ints
    second: Ints
    cut: tuple[int, ...]
    full: bool

    @property
    def truncated(self) -> bool:
        return self.full or bool(self.cut)


def consecutive(transfers: Transfers, received: Ints, paid: Ints, limits: PatternLimits) -> Pairs:
    """Pairs of one of ``received`` and one of ``paid`` after it within the window whose sums fit, in order of both."""
    out = side(transfers.source, paid, transfers.nodes)
    firsts, seconds, cut, total = [], [], [], 0
    for begin in range(0, len(received), CHUNK):
        first, second, many = _followed(transfers, out, received[begin : begin + CHUNK], limits)
        firsts.append(first)
        seconds.append(second)
        cut.append(many)
        total += len(first)
        if total >= limits.most:
            break
    none = np.zeros(0, dtype=np.int64)
    first, second = (np.concatenate([none, *each])[: limits.most] for each in (firsts, seconds))
    return Pairs(first, second, tuple(np.unique(np.concatenate([none, *cut])).tolist()), total >= limits.most)


def _followed(
    transfers: Transfers, out: EventsByEnd, events: Ints, limits: PatternLimits
) -> tuple[Ints, Ints, Ints]:
    """Each event with what its receiver paid on in time, the earliest ``fan``; and the receivers that were cut."""
    nodes = transfers.target[events].astype(np.int64)
    at, until = transfers.at[events], transfers.until(events)
    start, stop = out.within(transfers.at, nodes, at - LONGEST, until + limits.window)
    many = stop - start > limits.fan
    owner, position = spread(start, np.minimum(stop, start + limits.fan))
    first, second = events[owner], out.order[position].astype(np.int64)
    fits = (transfers.until(second) >= transfers.at[first]) & (first != second)
    fits &= transfers.target[second] != transfers.source[first]
    fits &= transfers.alike(first, second, limits.ratio, limits.exchange)
    return first[fits], second[fits], nodes[many]
