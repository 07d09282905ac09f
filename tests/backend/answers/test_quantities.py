"""Legal tier and what is missing for the next one, on the small district."""

from __future__ import annotations

from typing import Any

import pytest

from backend import answers
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import LONELY, MAJOR, PACKET, Builder


def kinds(answer: dict[str, Any]) -> dict[str, int]:
    return {each["kind"]: each["count"] for each in answer["missing"]}


def test_grams_to_the_next_tier(district: Store) -> None:
    """Trap: 0.62 g are called a tier, and nobody learns that 9.38 g are missing for the next."""
    found = answers.case_quantities(district, LOCAL, PACKET)
    assert (found["tier"], found["grams"]) == ("packet", {"甲基苯丙胺": 0.62})
    assert found["next"] == {
        "tier": "small",
        "heroin_equivalent_g": 9.38,
        "of_substance_g": {"甲基苯丙胺": 9.38},
    }
    assert found["evidence"], "a quantity without its rows is worth nothing"
    assert "法释" in found["basis"]["rules"][0]["law"] or "刑法" in found["basis"]["rules"][0]["law"]


def test_what_counts_for_nothing_is_named(district: Store) -> None:
    """Trap: a seizure without weight, or of a substance without a rule, lowers the sum and nobody sees it."""
    build = Builder(district)
    build.event("SEIZED_IN", "Seizure:s2", f"Case:{PACKET}", "2026-04-18T00:00:00", "sz2")
    build.event("SEIZED_IN", "Seizure:s3", f"Case:{PACKET}", "2026-04-18T00:00:00", "sz3")
    build.do("MATCH (s:Seizure {seizure_id: 's2'}) SET s.substance = '海洛因'")
    build.do("MATCH (s:Seizure {seizure_id: 's3'}) SET s.substance = '某新物质', s.net_g = 5.0")
    found = answers.case_quantities(district, LOCAL, PACKET)
    assert kinds(found) == {"unweighed": 1, "unrated": 1}
    assert found["next"]["heroin_equivalent_g"] == 9.38, "what has no rule adds nothing"
    assert found["basis"]["provisional"] is None


def test_no_national_standard_is_said_with_where_the_site_puts_its_own(district: Store) -> None:
    """Trap: 300 g of 依托咪酯 are told as nothing at all; the example quantity lifts the tier of the law."""
    build = Builder(district)
    build.event("SEIZED_IN", "Seizure:s2", f"Case:{PACKET}", "2026-04-18T00:00:00", "sz2")
    build.do("MATCH (s:Seizure {seizure_id: 's2'}) SET s.substance = '依托咪酯', s.net_g = 300.0")
    found = answers.case_quantities(district, LOCAL, PACKET)
    (said,) = [each for each in found["missing"] if each["kind"] == "unrated"]
    assert "国家没有数量标准" in said["zh"] and "dictionaries/tiers.csv" in said["en"]
    assert found["tier"] == "packet" and found["basis"]["provisional"]["tier"] == "major"


def test_quantities_of_a_person_add_up(district: Store) -> None:
    """Trap: two packets in two cases stay two packets, though the law adds them (347 para 7)."""
    build = Builder(district)
    build.event("SEIZED_FROM", "Seizure:s1", "Record:rec1", None, "sf1")
    build.event("SEIZED_IN", "Seizure:s4", f"Case:{LONELY}", "2026-05-01T00:00:00", "sz4")
    build.event("SEIZED_FROM", "Seizure:s4", "Phone:+8613900000003", None, "sf4")
    build.do("MATCH (s:Seizure {seizure_id: 's4'}) SET s.substance = '甲基苯丙胺', s.net_g = 9.38")
    found = answers.person_quantities(district, LOCAL, "P-seller")
    assert (found["tier"], found["grams"]) == ("small", {"甲基苯丙胺": 10.0})
    assert found["next"]["tier"] == "major" and found["next"]["heroin_equivalent_g"] == 40.0
    assert answers.case_quantities(district, LOCAL, LONELY)["tier"] == "packet"


def test_nothing_seized(district: Store) -> None:
    """Trap: no seizure reads as innocent; it is unknown, and the case says what is missing."""
    found = answers.case_quantities(district, LOCAL, MAJOR)
    assert (found["tier"], found["next"]) == ("unknown", None)
    assert kinds(found) == {"no_seizure": 1}
    with pytest.raises(NotFound):
        answers.person_quantities(district, LOCAL, "P-nobody")


def test_buyers_and_payments_are_a_lead(district: Store) -> None:
    """Trap: sales to several persons, grave whatever the weight, stay in the bank's rows."""
    build = Builder(district)
    before = kinds(answers.case_quantities(district, LOCAL, PACKET))
    assert "several" not in before, "one candidate below the threshold is nobody"
    for n in range(3):
        key = f"{build.run}/B{n}"
        build.do(
            "CREATE (:Person {key: $key, run: $run, person_id: $id})", key=key, run=build.run, id=f"B{n}"
        )
        build.do(
            "MATCH (a:Person {key: $a}) MATCH (b:Person {key: $b}) "
            "CREATE (a)-[:SUPPLIES {run: $run, score: 0.9, signals: '[]'}]->(b)",
            a=f"{build.run}/P-seller",
            b=key,
            run=build.run,
        )
    found = answers.case_quantities(district, LOCAL, PACKET)
    several = next(each for each in found["missing"] if each["kind"] == "several")
    assert sorted(several["about"]) == ["B0", "B1", "B2"] and "0 次" in several["zh"]
