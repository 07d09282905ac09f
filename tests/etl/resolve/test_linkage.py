"""The scored model: what is put to a person, what never is, and that it says the same twice."""

from __future__ import annotations

from typing import Any

import pytest

from etl.resolve import Holder, Person
from etl.resolve.features import NumberHistory, Traits, table
from etl.resolve.linkage import CONDITIONS, ScoredPair, score_pairs
from etl.resolve.swaps import Swap
from etl.resolve.weights import load_weights
from graph_schema.errors import InputError

ADDRESS = "示例路1号2单元201室"


def person(key: str, name: str | None, rid: str | None = None) -> Person:
    refs = [f"Phone:+86139000000{key}", *([f"ResidentId:{rid}"] if rid else [])]
    names = [name] if name else []
    return Person(f"P{key}", name, names, rid, [Holder(ref, "registered", ()) for ref in refs], [f"r{key}"])


def pairs(
    *people: Person, told: dict[str, Traits] | None = None, network: NumberHistory | None = None
) -> list[ScoredPair]:
    return score_pairs(table(people, [], told or {}, network or NumberHistory(), frozenset()))


def same(name: str, other: str, **more: Any) -> list[ScoredPair]:
    """Two of the same birthday with these names."""
    born = Traits(birth="1990-01-01", **more)
    return pairs(person("01", name), person("02", other), told={"r01": born, "r02": born})


@pytest.mark.parametrize(
    ("name", "other", "level"),
    [
        ("章一凡", "章一凡", "exact"),
        ("章一凡", "张一帆", "sound"),
        ("章一己", "章一巳", "shape"),
        ("章一凡", "章凡一", "order"),
    ],
)
def test_names_as_they_are_mistaken(name: str, other: str, level: str) -> None:
    """Trap: a name taken down by ear, or typed from a bad copy, hides that it is the same person."""
    found = same(name, other)
    assert [pair.levels["name"] for pair in found] == [level]


def test_former_names_count() -> None:
    """Trap: who changed his name is a stranger to his own old file."""
    born = Traits(birth="1990-01-01")
    former = Traits(birth="1990-01-01", aliases=("章一凡",))
    found = pairs(person("01", "章一凡"), person("02", "季二水"), told={"r01": born, "r02": former})
    assert [pair.levels["name"] for pair in found] == ["former"]


def test_a_name_alone_is_never_put_to_anybody() -> None:
    """Trap: forty people of one name, region and sex in the queue."""
    told = {f"r0{n}": Traits(sex="male", region="示例省示例县") for n in (1, 2)}
    assert pairs(person("01", "章一凡"), person("02", "章一凡"), told=told) == []


def test_two_resident_ids_are_not_scored() -> None:
    """Trap: twins of one birthday, one address and names of one sound proposed as one person."""
    told = {f"r0{n}": Traits(birth="1990-01-01", address=ADDRESS) for n in (1, 2)}
    one, other = person("01", "章一凡", "990101199001010019"), person("02", "章一帆", "990101199001010035")
    assert pairs(one, other, told=told) == []


def test_network_evidence_finds_who_has_no_name() -> None:
    """Trap: an unnamed number that took over handset and contacts of a named one stays a stranger."""
    old, new = "Phone:+8613900000001", "Phone:+8613900000002"
    network = NumberHistory(
        [(old, "Device:99000000000001", 9), (new, "Device:99000000000001", 9)],
        {old: (0, 10), new: (20, 30)},
        [Swap(old, new, 10, 20, 5, 6, 20.0, 9.0)],
    )
    (found,) = pairs(person("01", "章一凡"), person("02", None), network=network)
    assert found.levels == {"handsets": "after", "succession": "strong"} and found.probability > 0.9


def test_a_handset_of_many_numbers_says_nothing() -> None:
    """Trap: a dealer's test phone makes all his customers one person."""
    people = [person(f"{n:02}", None) for n in range(8)]
    network = NumberHistory([(f"Phone:+86139000000{n:02}", "Device:99000000000001", 3) for n in range(8)])
    assert pairs(*people, network=network) == []


def test_evidence_against_counts() -> None:
    """Trap: a shared address outweighs that names and birthdays differ."""
    told = {
        "r01": Traits(birth="1990-01-01", address=ADDRESS),
        "r02": Traits(birth="1961-05-07", address=ADDRESS),
    }
    assert pairs(person("01", "章一凡"), person("02", "季二水"), told=told) == []


def test_every_level_has_its_published_weight() -> None:
    """Trap: a level without a value, or one that speaks the other way round."""
    weights = load_weights()
    for name, conditions in CONDITIONS.items():
        levels = weights.comparisons[name].levels
        assert list(levels) == [*conditions, "other"]
        assert weights.comparisons[name].source
        assert levels["other"].weight(10_000) < 0 < next(iter(levels.values())).weight(10_000)
        assert sum(level.m for level in levels.values()) == pytest.approx(1.0)


def test_a_misspelt_weight_file_is_refused(tmp_path: Any) -> None:
    """Trap: a value under a name nobody reads, and the model runs without it."""
    path = tmp_path / "weights.yaml"
    path.write_text("version: '1'\nexpected_twin: 0.1\nshown_from: 0.2\ncomparisons: {}\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected_twins"):
        load_weights(path)
