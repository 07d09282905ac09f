"""What was damped is said with the result."""

from __future__ import annotations

from backend.analysis.model.results import Damped
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import Tiny, at


def told(world: Tiny) -> dict[str, Damped]:
    return {each.kind: each for each in run(world.facts()).damped}


def test_nothing_common_nothing_told() -> None:
    """Trap: a note on every run that somebody learns to read past."""
    world = Tiny()
    world.call("a", "b", at(1))
    world.pay("a", "b", at(1), 300)
    assert told(world) == {}


def test_what_is_common_is_named_with_how_many_and_what_is_left() -> None:
    """Trap: a batch found with twelve weighs a third, a till and a busy number nothing, and no line of the result says so."""
    world = Tiny()
    world.platforms.add("shop")
    for n in range(12):
        case = world.case(f"A{n}", when=at(2))
        world.parts.append((f"seller{n}", case, "dealing", None))
        world.seized.append((f"seller{n}", case, at(2), 1.0, "B-7"))
        world.pay(f"seller{n}", "shop", at(1), 20)
    for n in range(201):
        world.call("taxi", f"rider{n}", at(1, n / 60))
    found = told(world)
    assert found["platform"].named == (("shop", 12, 0.0),)
    assert found["hub"].named == (("taxi", 201, 0.0),)
    assert found["batch"] == Damped("batch", 1, (("B-7", 12, 4 / 12),))
    assert "case" not in found, "one seller each"


def test_a_raid_ties_nobody_and_says_so() -> None:
    """Trap: thirteen strangers taken in one raid become a gang."""
    world = Tiny()
    case = world.case("A1", when=at(2))
    for n in range(13):
        world.parts.append((f"seller{n}", case, "dealing", None))
    results = run(world.facts())
    assert results.gangs == ()
    assert [each.named for each in results.damped] == [(("A1", 13, 0.0),)]


def test_the_commonest_are_named_and_all_are_counted() -> None:
    """Trap: a list cut short that looks whole."""
    world = Tiny()
    for n in range(250):
        world.platforms.add(f"shop{n}")
        world.pay("a", f"shop{n}", at(1), 20)
    found = told(world)["platform"]
    assert (found.total, len(found.named)) == (250, 200)
