"""Time-respecting and shortest ways: right, bounded, and different from each other where time matters."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.analysis.paths import ordered_path, ordered_paths, shortest_paths, time_index

EVENTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 20)).filter(lambda e: e[0] != e[1]),
    max_size=14,
)


def columns(events: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    a, b, at = (np.array([e[i] for e in events], dtype=np.int64).reshape(len(events)) for i in range(3))
    return a, b, at


def earliest_by_hand(events: list[tuple[int, int, int]], hops: int) -> int | None:
    """Earliest arrival at 1 from 0 by trying every sequence of different events."""
    best: list[int] = []
    for size in range(1, hops + 1):
        for way in itertools.permutations(events, size):
            if way[0][0] != 0 or way[-1][1] != 1 or any(e[1] == 1 for e in way[:-1]):
                continue
            steps = list(itertools.pairwise(way))
            if all(x[1] == y[0] and x[2] < y[2] for x, y in steps):
                best.append(way[-1][2])
    return min(best, default=None)


@settings(max_examples=150, deadline=None)
@given(EVENTS)
def test_earliest_arrival_agrees_with_trying_everything(events: list[tuple[int, int, int]]) -> None:
    """Trap: a greedy search that keeps one time per person loses ways within a hop limit."""
    found = ordered_path(time_index(6, *columns(events)), 0, 1, hops=3)
    best = earliest_by_hand(events, 3)
    assert (found[-1].at if found else None) == best
    for one, next_one in itertools.pairwise(found):
        assert one.b == next_one.a and one.at < next_one.at


def test_static_way_without_ordered_way() -> None:
    """Trap: B paid C before A paid B, so A's money never reached C."""
    a, b, at = columns([(0, 1, 10), (1, 2, 5)])
    assert shortest_paths(3, a, b, 0, 2) == [(0, 1, 2)]
    assert ordered_path(time_index(3, a, b, at), 0, 2) == ()


def test_gap_and_since_bound_the_steps() -> None:
    """Trap: a payment half a year later is no continuation of the first."""
    index = time_index(3, *columns([(0, 1, 10), (1, 2, 500)]))
    assert len(ordered_path(index, 0, 2)) == 2
    assert ordered_path(index, 0, 2, gap=100) == ()
    assert ordered_path(index, 0, 2, since=11) == ()


def test_k_ways_are_capped() -> None:
    """Trap: enumerating all ways between hubs fills the memory."""
    events = [(0, m, 1) for m in range(2, 200)] + [(m, 1, 5 + m) for m in range(2, 200)]
    index = time_index(200, *columns(events))
    ways = list(ordered_paths(index, 0, 1, k=4))
    assert [w[-1].at for w in ways] == [7, 8, 9, 10]
    a, b, _ = columns(events)
    assert len(shortest_paths(200, a, b, 0, 1, k=5)) == 5


def test_events_without_time_carry_nothing_in_order() -> None:
    """Trap: an unknown time stored as -1 is earlier than everything."""
    index = time_index(3, *columns([(0, 1, -1), (1, 2, 5)]))
    assert ordered_path(index, 0, 2) == ()


def test_shortest_way_to_oneself_and_to_nobody() -> None:
    """Trap: endless search where there is no way."""
    a, b, _ = columns([(0, 1, 1), (2, 3, 1)])
    assert shortest_paths(4, a, b, 0, 0) == [(0,)]
    assert shortest_paths(4, a, b, 0, 3) == []
