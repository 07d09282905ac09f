"""Spans of time by owner: the same slices whatever the numbers of the owners and however long the time."""

from __future__ import annotations

import numpy as np
import pytest

from backend.analysis.arrays.timeline import timeline

ROWS = 400


@pytest.mark.parametrize("owners", [(0, 3, 7), (0, 2**27, 2**40), (2**61, 2**61 + 1, 2**62)])
@pytest.mark.parametrize("times", [1_000, 2**41, 2**62])
def test_any_owner_and_any_span_of_time_fit(owners: tuple[int, ...], times: int) -> None:
    """Trap: owners from 2**26 on, or an undated row at -1 beside today's, wrap around 64 bits, and rows of others
    are counted.
    """
    rng = np.random.default_rng(7)
    owner, at = rng.choice(np.array(owners), ROWS), rng.integers(-1, times, ROWS)
    asked = rng.choice(np.array([*owners, 1, 2**26, 2**60, 2**62 + 5]), ROWS)
    first = rng.integers(-5, times, ROWS)
    last = first + rng.integers(-times // 4, times // 4, ROWS)
    made = timeline(owner, at)
    start, stop = made.slices(asked, first, last)
    for n in range(ROWS):
        found = sorted(made.row[start[n] : stop[n]].tolist())
        assert found == np.flatnonzero((owner == asked[n]) & (at >= first[n]) & (at <= last[n])).tolist()


def test_nothing_at_all_is_asked() -> None:
    """Trap: no rows, and the least time of none is asked."""
    none = np.zeros(0, dtype=np.int64)
    start, stop = timeline(none, none).slices(np.array([5]), np.array([0]), np.array([2**60]))
    assert start.tolist() == stop.tolist() == [0]
