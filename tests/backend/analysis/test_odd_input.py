"""Whatever is missing or odd in the input, a run ends with a result."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import Tiny, at

NAMES = st.sampled_from(["a", "b", "c", "d", "shop"])
TIMES = st.one_of(st.just(-1), st.integers(at(0), at(60)))
ROWS = st.lists(st.tuples(NAMES, NAMES, TIMES, st.integers(0, 500_000), st.integers(0, 2)), max_size=25)


def test_nothing_at_all() -> None:
    """Trap: an empty graph right after installation."""
    results = run(Tiny().facts())
    assert results.supplies == results.gangs == results.cases == ()


def test_a_case_without_persons() -> None:
    """Trap: cases are loaded before their persons."""
    world = Tiny()
    world.case("A990001")
    world.call("x", "y", at(1))
    case = run(world.facts()).cases[0]
    assert case.chains == () and case.checked and case.tier == "packet"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ROWS, ROWS, ROWS)
def test_any_events(
    calls: list[tuple[str, str, int, int, int]],
    pays: list[tuple[str, str, int, int, int]],
    parcels: list[tuple[str, str, int, int, int]],
    said: list[tuple[str, str, int, int, int]],
) -> None:
    """Trap: unknown times, payments to oneself, platforms, zero sums, persons without identifiers."""
    world = Tiny(calls=calls, pays=pays, parcels=parcels, said=said, platforms={"shop"}, refs={"d": []})
    world.involve("a", world.case("A990001", when=at(30)), when=at(30))
    world.involve("b", world.case("A990002", "major", when=at(40), grams=99), "carrying")
    world.seize("a", 0, at(30), 1.0, "B")
    world.seize("b", 1, at(40), 90.0, "B")
    facts = world.facts()
    results = run(facts)
    assert all(0.0 <= edge.score <= 1.0 for edge in results.supplies)
    assert all(chain.hops and chain.persons for case in results.cases for chain in case.chains)
    for edge in results.supplies:
        assert not facts.platform[edge.supplier]


def test_a_stall_paid_by_everybody_is_damped() -> None:
    """Trap: a noodle stall joins two hundred people who never met."""
    world = Tiny()
    for n in range(200):
        for visit in range(4):
            world.pay(f"guest{n:03d}", "stall", at((7 * visit + n) % 50, 12), 20)
        world.call(f"guest{n:03d}", f"friend{n:03d}", at(n % 50, 13))
    results = run(world.facts())
    assert results.gangs == ()
    assert all(edge.supplier != world.index("stall") for edge in results.supplies)


def test_a_busy_seller_is_not_damped() -> None:
    """Trap: damping by degree hides whom we look for."""
    world = Tiny()
    world.involve("seller", world.case("A990001"))
    for n in range(200):
        for visit in range(4):
            when = (7 * visit + n) % 50
            world.call(f"user{n:03d}", "seller", at(when, 11, 50))
            world.pay(f"user{n:03d}", "seller", at(when, 12), 200)
    edges = [edge for edge in run(world.facts()).supplies if edge.supplier == world.index("seller")]
    assert len(edges) == 200
    assert all(signal.name != "many_payers_no_calls" for edge in edges for signal in edge.signals)
