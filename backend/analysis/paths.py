"""Ways from one person to another: time-respecting ones over sorted events, and capped shortest ones.

All searches are bounded and lazy: a predecessor graph is built once and ways are drawn from it until the cap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.grouping import spread
from backend.analysis.model.facts import Ints

FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Step:
    """One event used by a way: position in the arrays given."""

    event: int
    a: int
    b: int
    at: int


@dataclass(frozen=True)
class TimeIndex:
    """Events sorted by (a, at), so that "what leaves this person from then on" is one slice."""

    a: Ints
    b: Ints
    at: Ints
    event: Ints  # position in the arrays the index was built from
    start: Ints  # events of person p: start[p]:start[p + 1]


def time_index(n: int, a: Ints, b: Ints, at: Ints) -> TimeIndex:
    """Sorts events once; events without a time (-1) are left out."""
    kept = np.flatnonzero(at >= 0)
    order = kept[np.lexsort((kept, at[kept], a[kept]))]
    start = np.searchsorted(a[order], np.arange(n + 1))
    return TimeIndex(a[order], b[order], at[order], order.astype(np.int64), start.astype(np.int64))


def ordered_path(
    index: TimeIndex, source: int, target: int, *, since: int = 0, gap: int = FAR, hops: int = 6
) -> tuple[Step, ...]:
    """Earliest-arriving way in which every step is later than the one before, by at most ``gap`` ms; empty if
    none.

    ``since`` is the earliest time of the first step. Of equally early arrivals the one with fewest steps is
    taken.
    """
    return next(ordered_paths(index, source, target, since=since, gap=gap, hops=hops, k=1), ())


def ordered_paths(
    index: TimeIndex,
    source: int,
    target: int,
    *,
    since: int = 0,
    gap: int = FAR,
    hops: int = 6,
    k: int = 3,
    limit: int = 200_000,
) -> Iterator[tuple[Step, ...]]:
    """Up to ``k`` time-respecting ways by arrival, each ending with a different last event.

    Works on events as states: an event is reached when some reached event ends where it starts, earlier and
    within ``gap``. ``limit`` bounds the events looked at, newest discoveries being dropped.
    """
    if source == target:
        return
    low, high = index.start[source], index.start[source + 1]
    level = np.arange(low, high, dtype=np.int64)
    level = level[index.at[level] >= since]
    before = np.full(len(index.a), -2, dtype=np.int64)
    before[level] = -1
    ends: list[tuple[int, int, int]] = []
    looked = len(level)
    for depth in range(1, hops + 1):
        hit = level[index.b[level] == target]
        ends += [(int(index.at[e]), depth, int(e)) for e in hit.tolist()]
        if depth == hops or looked >= limit or not len(level):
            break
        level, looked = _next_level(index, level[index.b[level] != target], before, gap, looked, limit)
    for _, _, event in sorted(ends)[:k]:
        yield _trace(index, before, event)


def _next_level(
    index: TimeIndex, level: Ints, before: Ints, gap: int, looked: int, limit: int
) -> tuple[Ints, int]:
    """Events that may follow those of ``level``; each keeps the earliest event before it."""
    here, at = index.b[level], index.at[level]
    span = np.minimum(np.int64(gap), FAR - at)
    start = _bound(index, here, at, "right")
    stop = _bound(index, here, at + span, "right")
    owner, position = spread(start, stop)
    new = before[position] == -2
    owner, position = owner[new], position[new]
    if len(position) == 0:
        return position, looked
    order = np.lexsort((index.at[level[owner]], position))
    owner, position = owner[order], position[order]
    first = np.r_[True, position[1:] != position[:-1]]
    owner, position = owner[first][: max(limit - looked, 0)], position[first][: max(limit - looked, 0)]
    before[position] = level[owner]
    return position, looked + len(position)


def _bound(index: TimeIndex, person: Ints, at: Ints, side: str) -> Ints:
    """Binary search for ``at`` inside each person's slice, all persons at once."""
    low, high = index.start[person].copy(), index.start[person + 1].copy()
    while True:
        open_ = low < high
        if not open_.any():
            return low
        middle = (low + high) // 2
        value = index.at[np.minimum(middle, len(index.at) - 1)]
        go_right = open_ & (value <= at if side == "right" else value < at)
        low = np.where(go_right, middle + 1, low)
        high = np.where(open_ & ~go_right, middle, high)


def _trace(index: TimeIndex, before: Ints, event: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    while event >= 0:
        steps.append(
            Step(int(index.event[event]), int(index.a[event]), int(index.b[event]), int(index.at[event]))
        )
        event = int(before[event])
    return tuple(reversed(steps))


def shortest_paths(
    n: int, a: Ints, b: Ints, source: int, target: int, *, k: int = 3, hops: int = 8
) -> list[tuple[int, ...]]:
    """Up to ``k`` shortest ways (persons) in the undirected graph of the pairs, in order of their numbers."""
    if source == target:
        return [(source,)]
    ends = np.concatenate([b, a])
    order = np.lexsort((ends, np.concatenate([a, b])))
    ends = ends[order]
    start = np.searchsorted(np.concatenate([a, b])[order], np.arange(n + 1))
    distance = np.full(n, -1, dtype=np.int64)
    distance[source] = 0
    level = np.array([source], dtype=np.int64)
    for depth in range(1, hops + 1):
        _, position = spread(start[level], start[level + 1])
        near = np.unique(ends[position])
        level = near[distance[near] < 0]
        distance[level] = depth
        if distance[target] >= 0 or not len(level):
            break
    if distance[target] < 0:
        return []
    return _draw(ends, start, distance, source, target, k)


def _draw(ends: Ints, start: Ints, distance: Ints, source: int, target: int, k: int) -> list[tuple[int, ...]]:
    """Walks back from the target through nodes one step nearer, depth first, until ``k`` ways are found."""
    found: list[tuple[int, ...]] = []
    stack: deque[tuple[int, ...]] = deque([(target,)])
    while stack and len(found) < k:
        way = stack.pop()
        if way[0] == source:
            found.append(way)
            continue
        near = np.unique(ends[start[way[0]] : start[way[0] + 1]])
        nearer = near[distance[near] == distance[way[0]] - 1]
        for person in nearer[::-1].tolist():
            stack.append((int(person), *way))
    return found
