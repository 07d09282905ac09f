"""换号 in spite of stray calls and in circles, and what is no change."""

from __future__ import annotations

import random

from etl.resolve.swaps import DAY, Swap, swaps

Rows = list[tuple[str, str, float]]
LENGTH, TURN = 10.0, 7.0


def talk(
    rng: random.Random, number: str, contacts: list[str], start: float, end: float, each: int = 8
) -> Rows:
    """So many calls with every contact, spread over some days."""
    return [(number, contact, rng.uniform(start, end)) for contact in contacts for _ in range(each)]


def town(rng: random.Random) -> Rows:
    """People who talk with each other for ten days and change nothing."""
    names = [f"t{n}" for n in range(120)]
    return [row for name in names for row in talk(rng, name, rng.sample(names, 4), 0, LENGTH)]


def found(rows: Rows) -> list[Swap]:
    a, b = ([f"Phone:{row[end]}" for row in rows] for end in (0, 1))
    return swaps(a, b, [int(row[2] * DAY) for row in rows], frozenset())


def pairs(rows: Rows) -> set[tuple[str, str]]:
    return {(each.old.removeprefix("Phone:"), each.new.removeprefix("Phone:")) for each in found(rows)}


HIS = [f"t{n}" for n in range(12)]


def test_stray_calls_hide_no_change() -> None:
    """Trap: one call of the old number two days later, and nobody is asked."""
    rng = random.Random(1)
    change = [*talk(rng, "old", HIS, 0, TURN), *talk(rng, "new", HIS[1:], TURN, LENGTH)]
    strays: Rows = [("old", "t3", 9.5), ("t4", "new", 2.0)]
    (swap,) = found([*town(rng), *change, *strays])
    assert (swap.old, swap.new, swap.strays, swap.shared) == ("Phone:old", "Phone:new", 2, 11)
    assert swap.silent < TURN * DAY <= swap.started


def test_two_who_share_their_contacts_and_both_go_on_are_two() -> None:
    """Trap: husband and wife talk with the same people; she gets her phone when he talks a little less."""
    rng = random.Random(2)
    his = [*talk(rng, "old", HIS, 0, TURN), *talk(rng, "old", HIS, TURN, LENGTH, each=2)]
    assert pairs([*town(rng), *his, *talk(rng, "new", HIS, TURN, LENGTH)]) == set()


def test_some_contacts_in_common_are_not_enough_where_calls_go_on() -> None:
    """Trap: a clerk who leaves and one who comes, in one office, with some customers in common."""
    rng = random.Random(3)
    gone = [*talk(rng, "old", HIS, 0, TURN), ("old", "t3", 9.5)]
    assert (
        pairs(
            [
                *town(rng),
                *gone,
                *talk(rng, "new", [*HIS[:4], *(f"t{n}" for n in range(40, 48))], TURN, LENGTH),
            ]
        )
        == set()
    )


def circle(rng: random.Random) -> Rows:
    """A head who talks with four men only; all change on one day, each man keeps his own people."""
    men = [[f"t{n}" for n in range(10 * k, 10 * k + 9)] for k in range(4)]
    rows = [row for k, people in enumerate(men) for row in talk(rng, f"m{k}", people, 0, TURN)]
    rows += [row for k, people in enumerate(men) for row in talk(rng, f"n{k}", people, TURN, LENGTH)]
    return [*town(rng), *rows, *talk(rng, "head", [f"m{k}" for k in range(4)], 0, TURN)]


def test_a_circle_that_changes_together_is_matched_by_structure() -> None:
    """Trap: all contacts of the head changed as well, so the new head shares none with the old."""
    rng = random.Random(4)
    rows = [*circle(rng), *talk(rng, "chief", [f"n{k}" for k in range(4)], TURN, LENGTH)]
    assert pairs(rows) == {("head", "chief"), *((f"m{k}", f"n{k}") for k in range(4))}
    (head,) = [each for each in found(rows) if each.old == "Phone:head"]
    assert (head.shared, head.replaced) == (4, 4)


def test_somebody_new_to_two_of_a_circle_is_not_its_head() -> None:
    """Trap: a taxi driver two of the men begin to ring when they have new numbers."""
    rng = random.Random(5)
    driver = talk(rng, "driver", ["n0", "n1", "t70", "t80"], TURN, LENGTH)
    assert ("head", "driver") not in pairs([*circle(rng), *driver])
