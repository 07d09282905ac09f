"""Load, use and population: formulas of the reference, intervals, what enters what."""

from __future__ import annotations

import math

import pytest

from backend.district.water.findings import gathered
from backend.district.water.loads import load, use
from backend.district.water.series import sample as read
from tests.backend.district.test_deliveries import at
from tests.backend.district.waters import given, sample


def test_the_formula_of_the_reference() -> None:
    """Trap: a unit slips: 200 ng/L, 50,000 m³/d, 200,000 people are 50 mg/1000/d (reference F4)."""
    found = sample().load(given())
    assert found is not None and found.p50 == pytest.approx(50.0)
    assert found.p5 < 45 < 55 < found.p95 and found.p5 * found.p95 == pytest.approx(2500.0)


def test_cotinine_counts_people() -> None:
    """Trap: the domestic share forgotten in the population: 1,500 ng/L, 3.5 cigarettes are 153.06 thousand (F4)."""
    whole = sample(cotinine=1500.0).persons(given())
    assert whole["cotinine"] == pytest.approx(153_061, abs=1)
    assert sample(cotinine=1500.0, domestic=0.8).persons(given())["cotinine"] == pytest.approx(122_449, abs=1)
    assert sample(ammonium=32.0).persons(given())["ammonium"] == pytest.approx(200_000)


def test_the_domestic_share_changes_no_load() -> None:
    """Trap F1: at a share of 0.8 loads come out 25 % high."""
    assert sample(domestic=0.8).load(given()) == sample(domestic=1.0).load(given())


def test_below_the_limit_is_an_interval() -> None:
    """Trap: <LOQ becomes zero, half the limit, or is dropped."""
    found = sample(below=4.0).load(given())
    assert found is not None and (found.p5, found.p95) == (0.0, pytest.approx(1.0))
    assert 0 < found.p50 < found.p95
    used = use(found, given().factors["氯胺酮"], given())
    assert used.p5 == 0 and used.p95 == pytest.approx(1.0 / 0.2 / 0.9)


@pytest.mark.parametrize(
    ("props", "ends"),
    [
        ({"below": True, "limit_ng_l": 2.0}, (0.0, 2.0)),
        ({"below": True, "loq_ng_l": 3.0}, (0.0, 3.0)),
        ({"below": True}, None),
        ({"concentration_ng_l": 7.5}, (7.5, 7.5)),
        ({"concentration_ng_l": -1.0}, None),
        ({}, None),
    ],
)
def test_a_sample_keeps_its_interval(props: dict[str, object], ends: tuple[float, float] | None) -> None:
    """Trap: below a limit nobody states passes for a value; a negative concentration is charted."""
    found = read({"site": "示例厂", "target": "METH", "at": at("2024-03-01"), **props}, None, None, [])
    assert (None if found is None else (found.low, found.high)) == ends


def test_use_follows_the_factor_and_its_bounds() -> None:
    """Trap: one middle factor hides that 0.23 to 0.43 is a twofold difference; etomidate gets a factor from a bound."""
    factors = given().factors
    of = load(200.0, 200.0, 50_000.0, 200_000.0, given())
    used = use(of, factors["甲基苯丙胺"], given())
    assert used.p5 < 50 / 0.43 < used.p50 < 50 / 0.23 < used.p95
    assert used == use(of, factors["甲基苯丙胺"], given()), "a fixed seed"
    assert use(of, factors["氯胺酮"], given()).p50 == pytest.approx(50 / 0.2 / 0.95, rel=0.02)
    assert "依托咪酯酸" not in factors
    assert factors["苯甲酰爱康宁"].value == pytest.approx(1.048 / 0.29)
    assert not math.isnan(used.p50)


def test_one_fault_of_a_site_is_told_once() -> None:
    """Trap: a site that never tells its flow fills the list with a line for each sample."""
    found = [
        {
            "code": code,
            "zh": "无流量",
            "en": "No flow",
            "id": f"一厂|MDMA|2024-03-0{n}",
            "evidence": [f"f/-/{n}"],
        }
        for n, code in ((1, "no_flow"), (2, "no_flow"), (2, "no_limit"))
    ]
    first, second = gathered(found)  # type: ignore[arg-type]
    assert (first["id"], first["zh"], first["evidence"]) == (
        "一厂|MDMA",
        "无流量（2 个样本）",
        ["f/-/1", "f/-/2"],
    )
    assert second == found[2]
