"""Time-ordered paths: every hop has an event that cannot have been before the event of the hop before it.

Earliest arrival by number of hops (the foremost journeys of Xuan, Ferreira and Jarry, 2003): for each hop
count the earliest time at which a node can be reached, so that the shortest and the earliest path come out.
A time known to the day or minute stands for that whole span: it rules a path out only where it must.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAY_MS = 86_400_000
_SPAN = {"day": DAY_MS - 1, "minute": 59_999, "second": 0}


@dataclass(frozen=True)
class Event:
    """One event between two nodes; ``at`` is the beginning of what is known of its time (ms)."""

    a: str
    b: str
    at: int
    precision: str
    index: int

    @property
    def until(self) -> int:
        """The end of the span of time in which it lies."""
        return self.at + _SPAN.get(self.precision, DAY_MS - 1)


@dataclass(frozen=True)
class OrderedHop:
    """One hop of a path: from where to where by which event, and the earliest time one is there."""

    start: str
    end: str
    event: Event
    arrival: int


class _Pair:
    """The events of one pair, by time."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._starts: list[int] = []

    def close(self) -> None:
        self.events.sort(key=lambda event: (event.at, event.index))
        self._starts = [event.at for event in self.events]

    def next(self, after: int) -> tuple[int, Event] | None:
        """The event by which one gets across earliest when one is there at ``after``, and when that is."""
        here = bisect_right(self._starts, after)
        for position in range(bisect_left(self._starts, after - DAY_MS), here):
            if self.events[position].until >= after:
                return after, self.events[position]
        return (self._starts[here], self.events[here]) if here < len(self.events) else None


def ordered_paths(
    events: Iterable[Event], source: str, target: str, most_hops: int, most_paths: int = 3
) -> list[list[OrderedHop]]:
    """Paths from ``source`` to ``target`` in time order: the shortest, then longer ones that arrive earlier.

    Events may be walked in either direction. At most ``most_hops`` hops and ``most_paths`` paths.
    """
    pairs = _pairs(events)
    earliest: dict[str, int] = {source: -(1 << 62)}
    frontier = dict(earliest)
    came: list[dict[str, OrderedHop]] = []
    paths: list[list[OrderedHop]] = []
    while frontier and len(came) < most_hops and len(paths) < most_paths:
        steps: dict[str, OrderedHop] = {}
        for node in sorted(frontier):
            for other, pair in pairs.get(node, {}).items():
                found = pair.next(frontier[node])
                if found is None:
                    continue
                arrival, event = found
                if arrival < earliest.get(other, 1 << 62) and (
                    other not in steps or arrival < steps[other].arrival
                ):
                    steps[other] = OrderedHop(node, other, event, arrival)
        came.append(steps)
        earliest |= {node: step.arrival for node, step in steps.items()}
        if target in steps:
            paths.append(_back(came, target))
        # Nothing is gained by going on through the target.
        frontier = {node: step.arrival for node, step in steps.items() if node != target}
    return paths


def _pairs(events: Iterable[Event]) -> dict[str, dict[str, _Pair]]:
    pairs: dict[str, dict[str, _Pair]] = {}
    every: list[_Pair] = []
    for event in events:
        pair = pairs.setdefault(event.a, {}).get(event.b)
        if pair is None:
            pair = _Pair()
            every.append(pair)
            pairs[event.a][event.b] = pair
            pairs.setdefault(event.b, {})[event.a] = pair
        pair.events.append(event)
    for pair in every:
        pair.close()
    return {node: dict(sorted(others.items())) for node, others in pairs.items()}


def _back(came: Sequence[dict[str, OrderedHop]], target: str) -> list[OrderedHop]:
    path = []
    node = target
    for steps in reversed(came):
        path.append(steps[node])
        node = steps[node].start
    return path[::-1]
