"""The sewer tree: what halves what is left, what samples above a site tell, where the search stops."""

from __future__ import annotations

from random import Random

import pytest

from backend.district.water.sewers import (
    DrainingFirm,
    SewerNetwork,
    SewerNode,
    by_firms,
    by_population,
    network,
    split,
)


def _tree(people: dict[str, float], plant: float | None = None) -> SewerNetwork:
    """A tree by names: AB drains to A, A to the plant P."""
    nodes = [SewerNode("P", "污水厂", None, plant, None)]
    return network(
        [*nodes, *(SewerNode(name, "检查井", None, of, name[:-1] or "P") for name, of in people.items())]
    )


def test_the_next_manhole_is_nearest_to_half() -> None:
    """Trap: the node with most people of its own is taken instead of the one with half behind it."""
    net = _tree({"A": 100, "AA": 500, "AB": 600, "B": 1000, "BA": 200, "C": 700})
    found = split(net, "P", by_population(net))
    assert sum(found.prior.values()) == pytest.approx(1.0)
    assert (found.next, found.behind) == ("A", pytest.approx(1200 / 3100))


def test_people_of_a_manhole_are_read_as_the_table_means_them() -> None:
    """Trap: everybody above a manhole counted at it again, so the trunk gets all the weight."""
    apart = {"A": 100.0, "AA": 500.0, "AB": 600.0, "B": 1000.0, "BA": 200.0}
    behind = {"A": 1200.0, "AA": 500.0, "AB": 600.0, "B": 1200.0, "BA": 200.0}
    assert {**_tree(apart).own, "P": 0} == {**_tree(behind, 2400).own, "P": 0} == {**apart, "P": 0}
    assert _tree({"A": 900.0, "AA": 500.0}, 1400).own["A"] == 900.0, "the plant's figure tells which"
    assert _tree({"A": 900.0, "AA": 500.0}, 900).own["A"] == 400.0


def test_what_is_left_is_halved_until_the_source() -> None:
    """Trap: samples taken above a site change nothing; a cleared branch is asked again."""
    draw = Random(4)
    names = ["A", "B"]
    for _ in range(60):
        names.append(draw.choice(names) + draw.choice("ABCDEF"))
    people = {name: float(draw.randrange(300, 1500)) for name in dict.fromkeys(names)}
    net = _tree(people)
    for source in draw.sample(sorted(people), 12):
        raised: list[str] = []
        usual: list[str] = []
        steps = 0
        while (found := split(net, "P", by_population(net), raised, usual, 300)).next is not None:
            assert found.next not in raised and found.next not in usual
            (raised if source in net.catchment(found.next) else usual).append(found.next)
            assert source in found.prior, "the source is never cleared away"
            steps += 1
        assert list(found.prior) == [source]
        assert steps <= 20, "sixty nodes one after another would be sixty samples"


def test_the_search_stops_above_three_hundred_persons() -> None:
    """Trap: the last manhole is one house."""
    net = _tree({"A": 1000, "AA": 280, "AAA": 10, "AB": 15, "B": 400}, 1705)
    found = split(net, "P", by_population(net), least_persons=300)
    assert set(found.prior) == {"P", "A", "B"} and found.next == "A"
    assert found.prior["A"] == pytest.approx(1305 / 1705), "what lies above is weighed where the search stops"
    assert split(net, "P", by_population(net), ["A"], (), 300).next is None
    assert split(_tree({"A": 0, "B": 0}), "P", lambda _: 1.0, least_persons=300).next is None, (
        "nobody knows who lives there"
    )


def test_firms_weigh_by_risk_and_may_be_reached_where_nobody_lives() -> None:
    """Trap: manufacture is looked for where most people live; the industrial branch is folded away as uninhabited."""
    risky, plain = DrainingFirm("X", None, 4.0), DrainingFirm("Y", None, 1.0)
    net = network(
        [
            SewerNode("P", "污水厂", None, 9000, None),
            SewerNode("A", "检查井", None, 9000, "P", (plain,)),
            SewerNode("B", "检查井", None, 0, "P", (plain,)),
            SewerNode("BA", "检查井", None, 0, "B", (risky, plain)),
        ]
    )
    found = split(net, "P", by_firms(net), least_persons=300)
    assert found.prior["BA"] == pytest.approx(5 / 7) and found.next == "BA"


def test_a_circle_ends() -> None:
    """Trap: a faulty table hangs the search."""
    net = network(
        [
            SewerNode("A", None, None, 500, "B"),
            SewerNode("B", None, None, 500, "A"),
            SewerNode("C", None, None, 5, "C"),
        ]
    )
    assert split(net, "A", lambda _: 1.0).root == "A"
