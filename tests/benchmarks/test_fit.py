"""The fit behind the published weights, on candidates made up for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from backend.calibration.fit import Examples
from benchmarks.accuracy.fit import HELD, Known, fit, together
from graph_schema.arrays import Floats

NAMES = ("calls", "money", HELD[0])
START = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -2.0, -2.0])
"""Retail and restock weights of three signals, and where both begin."""


def retailer(main: float) -> Known:
    """A retailer and three candidates: who he has most from (``main`` more money, no calls), who helps out (calls), nobody."""
    restock = np.array([[0.0, main, 0.3], [1.0, 0.0, 0.3], [0.0, 0.0, 0.3]])
    values = np.hstack([np.zeros((3, 3)), restock, np.zeros((3, 1)), np.ones((3, 1))])
    right = np.array([True, True, False])
    choice = (np.arange(3), np.array([True, False, False]))
    return Known(Examples(values, right, np.zeros(3, dtype=np.int64), NAMES), [choice])


@pytest.fixture
def known() -> Known:
    return together([retailer(0.5 + 0.05 * k) for k in range(10)])


def first(known: Known, w: Floats) -> list[int]:
    """Which of his candidates stands first, per retailer."""
    return [int(np.argmax(known.all.values[rows] @ w)) for rows, _ in known.choices]


def test_the_main_supplier_leads_where_that_is_asked(known: Known) -> None:
    """Trap: who sells him most stands behind everybody whom a plain signal gives away."""
    assert set(first(known, START)) == {1}
    assert set(first(known, fit(known, START, pull=0.5, lead=10.0))) == {0}
    assert 1 in first(known, fit(known, START, pull=0.5, lead=0.0)), "not by what the scores mean alone"


def test_rows_of_several_districts_stay_with_their_own(known: Known) -> None:
    """Trap: the second district's retailers choose among the first one's candidates."""
    assert len(known.all) == 30 and [int(rows[0]) for rows, _ in known.choices] == list(range(0, 30, 3))


def test_signs_zeros_and_what_is_held_stay(known: Known) -> None:
    """Trap: a signal against a supply becomes one for it, because a few invented people fit better so."""
    start = START.copy()
    start[3], start[4] = -0.5, 0.0  # calls against, money nothing, of restock
    found = fit(known, start, pull=0.1, lead=10.0)
    assert found[3] <= 0 and found[4] == 0.0
    assert found[2] == start[2] and found[5] == start[5]
