"""Running balances: a hole is named by the rows beside it, and order within a second does not matter."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.checks.balance import BalanceRow, Break, breaks

MOVES = st.lists(st.integers(-10_000, 10_000).filter(bool), min_size=3, max_size=30)


def book(moves: list[int], per_time: int = 1) -> list[BalanceRow]:
    balance, out = 1_000_000, []
    for n, move in enumerate(moves):
        balance += move
        out.append(BalanceRow(n + 2, n // per_time, move, balance))
    return out


@given(MOVES)
def test_a_whole_book_has_no_break(moves: list[int]) -> None:
    """Trap: files run forwards and backwards."""
    rows = book(moves)
    assert breaks(rows) == []
    turned = [BalanceRow(n + 2, e.at, e.change, e.balance) for n, e in enumerate(reversed(rows))]
    assert breaks(turned) == []


@given(MOVES, st.data())
def test_a_lost_row_is_found_between_its_neighbours(moves: list[int], data: st.DataObject) -> None:
    """Trap: the break must name the two rows between which something is missing, and how much."""
    rows = book(moves)
    at = data.draw(st.integers(1, len(rows) - 2))
    lost = rows.pop(at)
    if len({row.balance for row in rows}) > 1:
        assert breaks(rows) == [Break(rows[at - 1].row, rows[at].row, lost.change)]


@pytest.mark.parametrize("seed", range(5))
def test_rows_of_one_second_stand_in_any_order(seed: int) -> None:
    """Trap: banks write rows of one day in any order; that is no hole."""
    dice = random.Random(seed)
    rows = book([100, -30, 70, -5, 900, -333, 12, 8, -77], per_time=3)
    dice.shuffle(rows)
    assert breaks(rows) == []
