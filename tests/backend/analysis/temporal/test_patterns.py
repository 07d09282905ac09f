"""Patterns of money on transfers made by hand: each shape found, and what only looks like it left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.analysis.model.kinds import PatternKind
from backend.analysis.temporal import (
    PATTERN_KINDS,
    Pattern,
    PatternLimits,
    Transfers,
    find_patterns,
)
from graph_schema.legend import PATTERNS
from tests.backend.analysis.temporal.test_trace import HOUR, Row, transfers

THREE = PatternLimits(least=3)
FAN = [(k, 9, k, 100, 2) for k in range(3)]
SPREAD = [(9, 10 + k, 10 + k, 95, 2) for k in range(3)]
BETWEEN = [(8, k, k, 300, 2) for k in range(3)] + [(k, 9, 10 + k, 290, 2) for k in range(3)]
LAYER = [(a, b, a, 50 + b, 2) for a in range(3) for b in range(3, 6)]
SECOND = [(b, c, 20 + b, 70, 2) for b in range(3, 6) for c in range(6, 9)]
ROUND = [(0, 1, 0, 1000, 2), (1, 2, 5, 950, 2), (2, 0, 9, 900, 2)]


def found(
    rows: list[Row], kind: PatternKind, limits: PatternLimits = THREE, nodes: int = 20
) -> list[Pattern]:
    return list(find_patterns(transfers(rows, nodes), kind, limits).found)


@pytest.mark.parametrize(
    ("rows", "kind", "centre", "branches"),
    [
        (FAN, "fan_in", (9,), 3),
        (SPREAD, "fan_out", (9,), 3),
        (FAN + SPREAD, "gather_scatter", (9,), 3),
        (BETWEEN, "scatter_gather", (8, 9), 3),
        (FAN + SPREAD, "pass_through", (9,), 3),
        (ROUND, "cycle", (0,), 3),
        (LAYER, "bipartite", (), 3),
        (LAYER + SECOND, "stack", (3, 4, 5), 3),
    ],
)
def test_each_shape_is_found_with_all_its_payments(
    rows: list[Row], kind: PatternKind, centre: tuple[int, ...], branches: int
) -> None:
    """Trap: a shape found without some of its payments, so that its rows do not show it."""
    (one,) = found(rows, kind)
    assert (one.centre, one.branches) == (centre, branches)
    assert sorted(one.events) == list(range(len(rows)))


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([(0, 9, hour, 100, 2) for hour in range(5)], "fan_in"),  # one regular customer
        ([(k, 9, 100 * k, 100, 2) for k in range(3)], "fan_in"),  # three in as many weeks
        (
            SPREAD[:1] + [(k, 9, 30 + k, 100, 2) for k in range(3)] + SPREAD[1:],
            "gather_scatter",
        ),  # paid before
        (FAN + [(9, 10 + k, 10 + k, 9500, 2) for k in range(3)], "gather_scatter"),  # not that money
        (
            [(8, k, 20 + k, 300, 2) for k in range(3)] + [(k, 9, k, 290, 2) for k in range(3)],
            "scatter_gather",
        ),
        (FAN + [(9, k, 10 + k, 95, 2) for k in range(3)], "pass_through"),  # given back to who paid
        ([ROUND[0], (1, 2, 9, 950, 2), (2, 0, 5, 900, 2)], "cycle"),  # back in time
        ([*ROUND[:2], (2, 0, 9, 100, 2)], "cycle"),  # hardly anything came back
        (LAYER[:-1], "bipartite"),  # one of nine payments is missing
        (
            [*SECOND, *[(a, b, 60 + a, 50, 2) for a in range(3) for b in range(3, 6)]],
            "stack",
        ),  # the wrong order
    ],
)
def test_what_only_looks_like_it_is_left_out(rows: list[Row], kind: PatternKind) -> None:
    """Traps: a regular customer as many payers, money paid back as passed on, payments before those they come from."""
    assert found(rows, kind) == []


def test_currencies_change_only_where_asked() -> None:
    """Traps: a cycle through an exchange never found; yuan and dollars compared as if they were one."""
    held = transfers(ROUND, 20)
    other = replace(held, unit=np.array([0, 1, 1], dtype=np.int16))
    assert find_patterns(other, "cycle", THREE).found == ()
    (one,) = find_patterns(other, "cycle", replace(THREE, exchange=True)).found
    assert one.events == (0, 1, 2) and one.share is None


def test_a_time_known_to_the_day_rules_out_no_more_than_it_must() -> None:
    """Trap: a payment booked without a time counted as made at midnight, before the money came in."""
    rows = [(0, 9, 14, 100, 2), (1, 9, 15, 100, 2), (2, 9, 16, 100, 2)]
    later = [(9, 10 + k, 0, 95, 0) for k in range(3)]
    assert [one.branches for one in found(rows + later, "pass_through")] == [3]


def test_a_bound_says_that_it_cut() -> None:
    """Trap: a search that stops at its bound and looks as if it had seen everything."""
    held = transfers(FAN + SPREAD, 20)
    cut = find_patterns(held, "pass_through", replace(THREE, most=2))
    assert cut.truncated
    cut = find_patterns(held, "pass_through", replace(THREE, fan=1, window=1000 * HOUR))
    assert cut.truncated and cut.cut == (9,)


ROWS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 6),
        st.integers(0, 40),
        st.sampled_from([90, 95, 100]),
        st.sampled_from([0, 2]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_every_pattern_keeps_its_limits(rows: list[Row]) -> None:
    """Traps: a payment twice in one stage; a stage over its window; another answer the second time."""
    limits = PatternLimits(least=2, window=24 * HOUR)
    held: Transfers = transfers(rows, 7)
    for kind in PATTERN_KINDS:
        once = find_patterns(held, kind, limits)
        assert once == find_patterns(held, kind, limits)
        for each in once.found:
            assert all(len(set(stage)) == len(stage) for stage in each.stages)
            assert each.branches >= limits.least
            if kind in ("fan_in", "fan_out", "bipartite"):
                at = held.at[list(each.events)]
                assert at.max() - at.min() <= limits.window


def test_every_shape_has_its_words() -> None:
    """Trap: a shape the analysis finds and nobody has a word for, or a word of a shape that is never found."""
    assert tuple(PATTERNS) == PATTERN_KINDS
