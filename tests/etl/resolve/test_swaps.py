"""换号: successions found by the contacts two numbers have in common, and what is no succession."""

from __future__ import annotations

import pytest

from benchmarks._town import DAY, town
from etl.resolve.swaps import swaps


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_of_five_changes_are_found(seed: int) -> None:
    """Trap: a fugitive's new phone stays a stranger, or a friend's phone is taken for it."""
    made = town(seed)
    found = {(swap.old, swap.new) for swap in swaps(made.a, made.b, made.at, frozenset())}
    right = found & made.successions
    assert len(made.successions) > 30
    assert len(right) >= 0.8 * len(made.successions)
    assert len(right) >= 0.8 * len(found)


def calls(*rows: tuple[str, str, int]) -> tuple[list[str], list[str], list[int]]:
    """Calls by day between named phones."""
    return (
        [f"Phone:{a}" for a, _, _ in rows],
        [f"Phone:{b}" for _, b, _ in rows],
        [day * DAY for _, _, day in rows],
    )


OTHERS = [(f"x{n}", f"y{n}", day) for n in range(20) for day in (0, 100)]
BEFORE = [("old", contact, day) for contact in ("c1", "c2", "c3") for day in (1, 20, 40)]
AFTER = [("new", contact, day) for contact in ("c1", "c2", "c3") for day in (43, 60, 90)]


def test_a_new_number_with_the_old_ones_contacts() -> None:
    """Trap: the days of silence and start are lost, and nobody can check them."""
    found = swaps(*calls(*BEFORE, *AFTER, *OTHERS), frozenset())
    assert [(each.old, each.new, each.shared) for each in found] == [("Phone:old", "Phone:new", 3)]
    assert (found[0].silent, found[0].started) == (40 * DAY, 43 * DAY)


def test_two_numbers_in_use_together_are_no_succession() -> None:
    """Trap: husband and wife, who call the same people at the same time, become one person."""
    both = [("other", contact, day) for contact in ("c1", "c2", "c3") for day in (2, 21, 60, 90)]
    assert swaps(*calls(*BEFORE, *both, *OTHERS), frozenset()) == []


def test_a_service_number_is_no_common_contact() -> None:
    """Trap: everybody calls 10086 and the courier, so everybody is everybody's next number."""
    services = frozenset({"Phone:c1", "Phone:c2"})
    assert swaps(*calls(*BEFORE, *AFTER, *OTHERS), services) == []


def test_silence_at_the_end_of_the_data_says_nothing() -> None:
    """Trap: a return that ends in March makes every number silent in March."""
    rows = [(a, b, day) for a, b, day in (*BEFORE, *AFTER, *OTHERS) if day <= 45]
    assert swaps(*calls(*rows), frozenset()) == []
