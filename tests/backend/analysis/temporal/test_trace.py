"""The ordered kernel against a reference that tries every walk, on random small sets of transfers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.analysis.temporal import Bounds, Transfers, indexed, merges, returns, splits, trace
from backend.analysis.temporal.transfers import SPAN

HOUR = 3_600_000
Row = tuple[int, int, int, int, int]  # source, target, hour, yuan, precision


def transfers(rows: list[Row], nodes: int = 5, stop: frozenset[int] = frozenset()) -> Transfers:
    ordered = sorted(rows, key=lambda row: row[2])
    source, target, hour, yuan, precision = (
        [list(column) for column in zip(*ordered, strict=True)] if rows else [[]] * 5
    )
    return indexed(
        np.array(source, dtype=np.int32),
        np.array(target, dtype=np.int32),
        np.array(hour, dtype=np.int64) * HOUR,
        np.array(precision, dtype=np.int8),
        np.array(yuan, dtype=np.int64) * 100,
        np.zeros(len(rows), dtype=np.int16),
        np.array([n in stop for n in range(nodes)], dtype=bool),
    )


def possible(held: Transfers, walk: tuple[int, ...], bounds: Bounds) -> bool:
    """Whether times exist for all events of a walk (earliest first): no negative cycle of differences."""
    n = len(walk)
    edges: list[tuple[int, int, int]] = []  # (i, j, c): t_j - t_i <= c; n is time zero
    for i, event in enumerate(walk):
        low, high = int(held.at[event]), int(held.until(np.array([event]))[0])
        edges += [(n, i, high), (i, n, -low)]
        if bounds.first is not None:
            edges.append((i, n, -bounds.first))
        if bounds.last is not None:
            edges.append((n, i, bounds.last))
    for i, j in pairwise(range(n)):
        edges.append((j, i, 0))
        if bounds.window is not None:
            edges.append((i, j, bounds.window))
    time = [0] * (n + 1)
    for _ in range(n + 1):
        for i, j, c in edges:
            time[j] = min(time[j], time[i] + c)
    return all(time[j] <= time[i] + c for i, j, c in edges)


def reference(held: Transfers, origin: int, bounds: Bounds) -> dict[int, int]:
    """Least layer of every event some walk reaches, by trying them all."""
    down = bounds.direction == "down"
    near, far = (held.source, held.target) if down else (held.target, held.source)
    events = [e for e in range(len(held)) if held.source[e] != held.target[e]]
    walks = [(e,) for e in events if near[e] == origin and possible(held, (e,), bounds)]
    found: dict[int, int] = {}
    for layer in range(1, bounds.layers + 1):
        for walk in walks:
            found.setdefault(walk[-1], layer)
        longer = []
        for walk in walks:
            for event in events:
                here = int(far[walk[-1]])
                if event == walk[-1] or near[event] != here or held.stop[here]:
                    continue
                if bounds.ratio is not None:
                    a, b = (walk[-1], event) if down else (event, walk[-1])
                    if not bounds.ratio[0] * held.fen[a] <= held.fen[b] <= bounds.ratio[1] * held.fen[a]:
                        continue
                if possible(held, (*walk, event) if down else (event, *walk[::-1]), bounds):
                    longer.append((*walk, event))
        walks = longer
    return found


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(0, 60),
        st.integers(1, 6),
        st.sampled_from([0, 1, 2, 2]),
    ),
    max_size=9,
)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    rows=ROWS,
    direction=st.sampled_from(["down", "up"]),
    window=st.sampled_from([None, 0, 3 * HOUR, 20 * HOUR]),
    ratio=st.sampled_from([None, (0.5, 1.0)]),
    first=st.sampled_from([None, 10 * HOUR]),
    last=st.sampled_from([None, 50 * HOUR]),
    stop=st.sampled_from([frozenset(), frozenset({2})]),
)
def test_kernel_reaches_what_trying_every_walk_reaches(
    rows: list[Row], direction: str, window: int | None, ratio, first, last, stop: frozenset[int]
) -> None:
    """Trap: a hop earlier than the one before it, a lost branch, a coarse time that rules out too much."""
    held = transfers(rows, stop=stop)
    bounds = Bounds(direction, 4, window, ratio, first, last)  # type: ignore[arg-type]
    found = trace(held, np.array([0]), bounds)
    reached: dict[int, int] = {}
    for event, layer in zip(found.event.tolist(), found.layer.tolist(), strict=True):
        reached[event] = min(reached.get(event, 99), layer)
    assert reached == reference(held, 0, bounds)
    assert not found.truncated
    for position in range(len(found)):
        back = found.back(position)
        assert [int(found.layer[p]) for p in back] == list(range(1, len(back) + 1))
        assert back[0] == int(found.root[position])


def test_truncation_keeps_the_newest_and_says_so() -> None:
    """Trap: a hub expanded without end, or cut without a word."""
    rows: list[Row] = [(0, 1, 1, 10, 2), *[(1, 2 + n % 3, 2 + n, 10, 2) for n in range(40)]]
    found = trace(transfers(rows), np.array([0]), Bounds(fan=7))
    hours = found.event[found.layer == 2]
    assert len(hours) == 7 and hours.tolist() == list(range(34, 41))
    assert found.truncated and found.cut == (1,)
    few = trace(transfers(rows), np.array([0]), Bounds(most=5))
    assert len(few) == 5 and few.truncated


def test_money_of_another_currency_is_another_sum() -> None:
    """Trap: dollars followed as yuan."""
    held = transfers([(0, 1, 1, 10, 2), (1, 2, 2, 10, 2)])
    held.unit[1] = 1
    assert len(trace(held, np.array([0]), Bounds())) == 1


def test_return_to_the_origin_by_each_first_payment() -> None:
    """Trap: a cycle missed because its events were already reached from another payment, or time-reversed."""
    rows: list[Row] = [
        (0, 1, 1, 100, 2),
        (0, 1, 2, 90, 2),
        (1, 2, 3, 90, 2),
        (2, 0, 4, 85, 2),
        (2, 0, 0, 85, 2),  # before the money was there
    ]
    cycles, found = returns(transfers(rows), 0, Bounds(layers=6))
    assert [cycle.events for cycle in cycles] == [(1, 3, 4), (2, 3, 4)] and not found.truncated
    assert [round(cycle.returned, 2) for cycle in cycles] == [0.85, 0.94]
    assert returns(transfers(rows), 0, Bounds(layers=6), total=HOUR)[0] == []


def test_split_and_merge_are_one_sum() -> None:
    """Trap: three parts of one sum taken for three unrelated payments, or a later payment counted in."""
    rows: list[Row] = [
        (0, 1, 1, 90, 2),
        (1, 2, 2, 30, 2),
        (1, 3, 3, 30, 2),
        (1, 4, 4, 25, 2),
        (2, 4, 5, 30, 2),
        (3, 4, 6, 30, 2),
        (4, 0, 8, 80, 2),
    ]
    held = transfers(rows)
    split = splits(held, np.arange(len(held)), 10 * HOUR)
    assert [(knot.whole, knot.parts) for knot in split] == [(0, (1, 2, 3))]
    merge = merges(held, np.arange(len(held)), 10 * HOUR)
    assert [(knot.whole, knot.parts) for knot in merge] == [(6, (3, 4, 5))]
    assert splits(held, np.arange(len(held)), HOUR) == []


def test_any_order_of_the_same_events_gives_the_same_trace() -> None:
    """Trap: an answer that depends on the order of loading; spans are those of the declaration."""
    assert SPAN.tolist() == [86_399_999, 59_999, 0]
    rows: list[Row] = [(0, 1, 1, 9, 2), (0, 2, 1, 8, 2), (1, 3, 2, 9, 2), (2, 3, 2, 8, 2), (3, 4, 3, 8, 2)]
    one, two = transfers(rows), transfers(rows)
    a, b = (trace(held, np.array([0]), Bounds()) for held in (one, two))
    assert a.event.tobytes() == b.event.tobytes() and a.parent.tobytes() == b.parent.tobytes()
