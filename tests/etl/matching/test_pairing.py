"""Pairing of legs: one-to-one, within the clocks' difference, whatever the order of loading."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from etl.matching.pairing import CALL_WINDOW_MS, Leg, cluster, compatible

T0 = 1_700_000_000_000


def leg(
    name: str, side: str, second: float, file: str = "", serial: str | None = None, precision: str = "second"
) -> Leg:
    return Leg(
        name, (side, file or f"file-{side}"), T0 + int(second * 1000), precision, serial, "carrier", side
    )


def groups(legs: list[Leg]) -> set[frozenset[str]]:
    return {frozenset(one.leg_id for one in members) for members in cluster(legs, CALL_WINDOW_MS)}


def test_two_ends_with_different_clocks_are_one_call() -> None:
    """Trap: keys alone (both ends and the second) count one call twice when the clocks differ."""
    assert groups([leg("a", "start", 0), leg("b", "end", 3)]) == {frozenset("ab")}


def test_two_quick_calls_stay_two() -> None:
    """Trap: a window without one-to-one matching merges a redial into the first call."""
    legs = [leg("a1", "start", 0), leg("a2", "start", 3), leg("b1", "end", 2), leg("b2", "end", 5)]
    assert groups(legs) == {frozenset({"a1", "b1"}), frozenset({"a2", "b2"})}


def test_the_same_side_is_compared_on_its_own_clock() -> None:
    """Trap: two returns of one carrier overlap; a redial four seconds later is no repetition of the first call."""
    legs = [leg("a", "start", 0, "x"), leg("b", "start", 4, "y"), leg("c", "start", 0, "y")]
    assert groups(legs) == {frozenset("ac"), frozenset("b")}


def test_different_serials_of_one_book_never_meet() -> None:
    """Trap: two payments of the same amount in the same second are told apart by their serial only."""
    legs = [leg("a", "start", 0, "x", "1"), leg("b", "start", 0, "y", "2")]
    assert groups(legs) == {frozenset("a"), frozenset("b")}


def test_a_serial_outweighs_the_clock() -> None:
    """Trap: a late booking of the other side is the same payment when both carry its number."""
    assert compatible(leg("a", "start", 0, serial="9"), leg("b", "end", 4000, serial="9"), CALL_WINDOW_MS)


def test_a_minute_is_compared_as_a_minute() -> None:
    """Trap: a self-service bill without seconds must still meet the carrier's return."""
    assert groups([leg("a", "start", 20), leg("b", "start", 20, "y", precision="minute")]) == {
        frozenset("ab")
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(["start", "end"]), st.sampled_from("xyz"), st.integers(0, 40)),
        min_size=1,
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_loading_changes_nothing(drawn: list[tuple[str, str, int]], chance: random.Random) -> None:
    """Trap: greedy matching in order of arrival gives another graph when the files come in another order."""
    legs = [leg(f"{n}", side, second, side + file) for n, (side, file, second) in enumerate(drawn)]
    shuffled = legs[:]
    chance.shuffle(shuffled)
    found = groups(legs)
    assert found == groups(shuffled)
    by_id = {one.leg_id: one for one in legs}
    for members in found:
        views = [by_id[name].view for name in members]
        assert len(views) == len(set(views)), "a view saw one event twice"
    assert sum(map(len, found)) == len(legs), "a leg was lost"
