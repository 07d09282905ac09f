"""Whatever is missing or odd in the input, a run ends with a result."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.analysis.results import run
from backend.analysis.ties import ties
from tests.backend.analysis.tiny import DAY, Tiny, at

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
    ties(facts)


def test_service_events_are_left_out() -> None:
    """Trap: the hotline of the carrier is everybody's closest contact."""
    world = Tiny(platforms={"10086"})
    for day in range(30):
        world.call("a", "10086", at(day, 12))
        world.call("a", "b", at(day, 13))
    found = ties(world.facts())
    assert len(found.calls.a) == 1
    assert found.calls.count.tolist() == [30]


def test_common_elements_are_damped_and_named() -> None:
    """Trap: a noodle stall joins two hundred people who never met."""
    world = Tiny()
    for n in range(200):
        world.pay(f"guest{n:03d}", "stall", at(n % 50, 12), 20)
        world.call(f"guest{n:03d}", f"friend{n:03d}", at(n % 50, 13))
    found = ties(world.facts())
    assert [d.person for d in found.damped] == [world.index("stall")]
    assert found.damped[0].partners == 200
    assert found.damped[0].factor < 0.5


def test_a_busy_seller_is_not_damped() -> None:
    """Trap: damping by degree hides whom we look for."""
    world = Tiny()
    world.involve("seller", world.case("A990001"))
    for n in range(200):
        world.pay(f"user{n:03d}", "seller", at(n % 50, 12), 200)
    assert ties(world.facts()).damped == ()


def test_rhythm_of_a_pair() -> None:
    """Trap: night share counted over payments whose hour nobody knows."""
    world = Tiny()
    for k in range(4):
        world.pay("a", "b", at(3 * k, 23), 100)
        world.pay("a", "b", at(3 * k), 100, precision=0)
    pair = ties(world.facts()).payments
    assert pair.count[0] == 8 and pair.total[0] == 80_000
    assert pair.night[0] == 1.0
    assert pair.gap[0] == 3.0
    assert pair.last[0] - pair.first[0] == 9 * DAY + 23 * 3_600_000
