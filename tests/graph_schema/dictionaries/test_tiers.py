"""Quantity tiers: thresholds of the law at their edges, several substances together, days before a rule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.dictionaries import load, rate, rule_for, substance, tier_of
from graph_schema.dictionaries.own import add_entry, forget

DAY = dt.date(2023, 4, 13)


@pytest.mark.parametrize(
    ("grams", "tier"),
    [
        ({"甲基苯丙胺": 0.4}, "packet"),
        ({"甲基苯丙胺": 9.99}, "packet"),
        ({"甲基苯丙胺": 10}, "small"),
        ({"甲基苯丙胺": 49.99}, "small"),
        ({"海洛因": 50}, "major"),
        ({"阿片": 199}, "packet"),
        ({"阿片": 200}, "small"),
        ({"阿片": 1000}, "major"),
        ({"氯胺酮": 99}, "packet"),
        ({"氯胺酮": 100}, "small"),
        ({"氯胺酮": 500}, "major"),
        ({"3,4-亚甲二氧基甲基苯丙胺": 20}, "small"),
        ({"4-氟苯丙胺": 100}, "major"),
        ({"二氢埃托啡": 0.002}, "small"),
        ({"大麻叶及大麻烟": 29_999}, "packet"),
        ({"大麻叶及大麻烟": 150_000}, "major"),
        ({"芬太尼": 25}, "small"),
        ({"依托咪酯": 30}, "unknown"),
        ({}, "unknown"),
        ({"甲基苯丙胺": 0}, "unknown"),
    ],
)
def test_thresholds(grams: dict[str, float], tier: str) -> None:
    """Trap: 10 g counted as below 10 g; methamphetamine counted as one of the other amphetamines (20 g)."""
    assert tier_of(grams, DAY) == tier


@pytest.mark.parametrize(
    ("grams", "tier", "equivalent"),
    [
        ({"甲基苯丙胺": 5, "氯胺酮": 49}, "packet", 9.9),
        ({"甲基苯丙胺": 5, "氯胺酮": 50}, "small", 10.0),
        ({"海洛因": 25, "甲基苯丙胺": 25}, "major", 50.0),
        ({"甲基苯丙胺": 0.1, "海洛因": 9.9}, "small", 10.0),
        ({"阿片": 100, "吗啡": 10}, "small", 10.0),
    ],
)
def test_several_substances_add_up(grams: dict[str, float], tier: str, equivalent: float) -> None:
    """Trap: 0.1 + 9.9 grams fall below 10 by a rounding error of the computer."""
    rating = rate(grams, DAY)
    assert rating.tier == tier and rating.heroin_equivalent_g == pytest.approx(equivalent)


def test_target_case_is_major_whatever_was_seized() -> None:
    """Trap: a ministry's target case without a seizure shown as unknown."""
    assert tier_of({}, DAY, target=True) == "major"


def test_rules_are_effective_dated() -> None:
    """Trap: a rule of 2016 applied to a case of 2010 without a word."""
    assert rule_for("氯胺酮", dt.date(2016, 4, 11)) is not None
    assert rule_for("氯胺酮", dt.date(2016, 4, 10)) is None
    assert tier_of({"氯胺酮": 600}, dt.date(2010, 1, 1)) == "unknown"
    assert tier_of({"海洛因": 60}, dt.date(2010, 1, 1)) == "major"


def test_basis_names_law_article_and_what_was_left_out() -> None:
    """Trap: a tier nobody can check."""
    basis = rate({"甲基苯丙胺": 12, "依托咪酯": 3}, DAY).basis()
    assert basis["unrated"] == ["依托咪酯"]
    assert basis["rules"][0]["law"] == "刑法" and basis["rules"][0]["article"] == "347"  # type: ignore[index]


def test_every_rule_keeps_the_ratio_and_a_known_name() -> None:
    """Trap: a typing error in one threshold; a rule for a substance no report is ever translated to."""
    for entry in load("tiers"):
        assert float(entry.extra["major_g"]) == pytest.approx(5 * float(entry.extra["large_g"]))
        assert substance(entry.value) == entry.value


@given(st.floats(0.01, 1000), st.floats(1, 10))
def test_more_is_never_less(grams: float, factor: float) -> None:
    """Trap: a tier that falls when more was seized."""
    order = ["packet", "small", "major"]
    less, more = tier_of({"甲基苯丙胺": grams}, DAY), tier_of({"甲基苯丙胺": grams * factor}, DAY)
    assert order.index(less) <= order.index(more)


LISTED = dt.date(2024, 5, 1)


def test_a_substance_the_law_gives_no_quantity_for_is_ranked_by_an_example() -> None:
    """Trap: an example quantity becomes the tier; a large seizure ranks below packets; legal grams are left out of the sum."""
    rating = rate({"依托咪酯": 300}, LISTED)
    assert (rating.tier, rating.provisional, rating.ranking) == ("unknown", "major", "major")
    told = rating.basis()
    assert told["heroin_equivalent_g"] == 0 and told["unrated"] == ["依托咪酯"]
    assert isinstance(told["provisional"], dict) and "示例" in told["provisional"]["examples"][0]["note"]
    both = rate({"依托咪酯": 15, "甲基苯丙胺": 9}, LISTED)
    assert (both.tier, both.ranking) == ("packet", "small"), "7.5 g and 9 g of heroin equivalent"
    assert rate({"4-氟依托咪酯": 120}, LISTED).ranking == "major"
    none = rate({"依托咪酯": 300}, DAY)
    assert none.provisional is None and none.ranking == "unknown", "not listed before October 2023"
    assert rate({"甲基苯丙胺": 60}, LISTED).provisional is None


def test_a_site_standard_takes_the_place_of_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a province has a standard of its own, and cases are ranked by our example all the same."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    forget()
    row = {"value": "依托咪酯", "meaning": "省标准", "source": "省文件", "verified": "yes", "match": "exact"}
    add_entry("tiers", {**row, "large_g": "40", "major_g": "200", "law": "省规定", "article": "1"})
    rating = rate({"依托咪酯": 120}, LISTED)
    forget()
    assert (rating.tier, rating.provisional, rating.unrated) == ("small", None, ())
