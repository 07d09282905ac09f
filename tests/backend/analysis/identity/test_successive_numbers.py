"""Numbers that follow each other in one role are added up; numbers used side by side, or hardly seen, are not."""

from __future__ import annotations

from backend.analysis.identity.successive_numbers import CallSpan, heaviest
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at

WEEKS = 3


def changing(overlap: bool = False, handsets: int = 6) -> Tiny:
    """A buyer known by his wallet pays the till every five days; beside it his handset of these weeks rings the boss, whose
    other calls are at any hour. With ``overlap`` all handsets are in use all the time.
    """
    numbers = [f"burner{k}" for k in range(handsets)]
    refs = {"P": ["Account:wechat:P"], "Q": ["Account:wechat:Q"], "till": ["Account:wechat:till"]}
    refs |= {"boss": ["Phone:boss", "Account:card:boss"]}
    refs |= {number: [f"Phone:{number}"] for number in numbers}
    world = Tiny(refs=refs, unnamed=set(numbers))
    world.involve("P", world.case("A990000"))
    for n, day in enumerate(range(0, 7 * WEEKS * handsets, 5)):
        handset = numbers[n % handsets if overlap else day // (7 * WEEKS)]
        when = at(day, 9 + n * 5 % 13, n * 17 % 60)
        world.call(handset, "boss", when - 40 * MINUTE)
        world.pay("P", "till", when, 3000 + 500 * (n % 3))
        if n % 2:
            world.call(handset, "boss", at(day + 2, 8 + n * 7 % 14))
    world.asked |= {"boss"}
    return world


def hands(world: Tiny) -> set[str]:
    """Numbers counted for somebody else."""
    names = world.facts().person_ids
    return {names[each.person] for each in run(world.facts()).counted}


def test_handsets_that_follow_each_other_are_one_holders() -> None:
    """Trap: who changes his handset every three weeks stands beside his own payments as six numbers, each too seldom to tell."""
    world = changing()
    assert {name for name in hands(world) if name.startswith("burner")} >= {"burner1", "burner2", "burner3"}


def test_handsets_used_side_by_side_are_not_joined() -> None:
    """Trap: two runners who ring the same man by turns become one person."""
    assert not {name for name in hands(changing(overlap=True)) if name.startswith("burner")}


def test_the_heaviest_way_through_spans() -> None:
    """Trap: taking the first span that fits misses the row that says most."""
    day = 86_400_000
    spans = [
        CallSpan(0, 20 * day, 1, 5.0),
        CallSpan(10 * day, 40 * day, 2, 9.0),
        CallSpan(21 * day, 45 * day, 3, 6.0),
    ]
    assert [each.number for each in heaviest(spans)] == [1, 3]
    assert heaviest([]) == []
    far = [CallSpan(0, day, 1, 5.0), CallSpan(100 * day, 120 * day, 2, 6.0)]
    assert [each.number for each in heaviest(far)] == [2]
