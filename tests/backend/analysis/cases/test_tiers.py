"""Tiers of cases and persons from grams, and the weight file."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.analysis.cases.tiers import case_tier, case_tiers, ranked_tiers
from backend.analysis.model.facts import Case
from backend.analysis.model.weights import DEFAULT, default_weights, load_weights
from backend.analysis.pipeline import run
from graph_schema.errors import InputError
from tests.backend.analysis.tiny import Tiny, at


@pytest.mark.parametrize(
    ("tier", "grams", "level", "expected"),
    [
        ("unknown", {"甲基苯丙胺": 9.99}, None, ("packet", "grams")),
        ("unknown", {"甲基苯丙胺": 10.0}, None, ("small", "grams")),
        ("unknown", {"甲基苯丙胺": 50.0}, None, ("major", "grams")),
        ("unknown", {"氯胺酮": 99.0}, None, ("packet", "grams")),
        ("packet", {"甲基苯丙胺": 80.0}, None, ("packet", "recorded")),
        ("unknown", {}, None, ("unknown", "grams")),
        ("packet", {}, "部级", ("major", "target")),
    ],
)
def test_tier_of_a_case(
    tier: str, grams: dict[str, float], level: str | None, expected: tuple[str, str]
) -> None:
    """Trap: an override by a person is overwritten by the table; a target case is major whatever was
    seized.
    """
    assert case_tier(Case("A990001", tier, at(0), grams, level), at(0)) == expected


def test_quantities_of_a_person_are_cumulated() -> None:
    """Trap: three packet cases of one person stay three packet cases."""
    world = Tiny()
    for n in range(3):
        case = world.case(f"A99000{n}", when=at(n), grams=6)
        world.seize("R", case, at(n), 6.0)
    person = run(world.facts()).persons[0]
    assert person.tier == "small"
    assert person.grams == (("甲基苯丙胺", 18.0),)
    assert person.cases == (0, 1, 2)


def test_every_weight_gives_reason_and_source() -> None:
    """Trap: a number nobody can defend."""
    for weight in default_weights().signals.values():
        assert weight.reason_zh and weight.reason_en and weight.source and weight.zh and weight.en


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("retail: 0.", "retail: high #", "high"),
        ("    zh: 多日重复付款\n", "", "repeated"),
        ("version:", "versio:", "version"),
        ("first:", "frist:", "bias"),
        ("hops:", "hop:", "chain"),
    ],
)
def test_a_bad_weight_file_names_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Trap: a misspelt weight silently counts as zero."""
    path = tmp_path / "weights.yaml"
    path.write_text(DEFAULT.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_weights(path)


def test_a_case_of_a_drug_without_a_legal_quantity_is_ranked_and_told_apart() -> None:
    """Trap: 300 g of 依托咪酯 rank below packets; or the example quantity is published as the tier of the law."""
    world = Tiny()
    world.case("A990001", when=at(0))
    world.cases[0].tier, world.cases[0].grams = "unknown", {"依托咪酯": 300.0}
    world.case("A990002", when=at(0))
    world.cases[1].tier, world.cases[1].grams = "unknown", {"甲基苯丙胺": 60.0}
    facts = world.facts()
    tiers = case_tiers(facts)
    assert [tier for tier, _ in tiers] == ["unknown", "major"]
    assert [tier for tier, _ in ranked_tiers(facts, tiers)] == ["major", "major"]
    found = run(facts).cases
    assert [(each.tier, each.provisional) for each in found] == [("unknown", "major"), ("major", None)]
    world.cases[0].tier = "packet"
    judged = world.facts()
    assert ranked_tiers(judged, case_tiers(judged))[0][0] == "packet", "what a person recorded stands"
