"""The score: 1 for the truth itself, 0 for nothing, and the right reading of what lies between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.demo.score import Matcher, calibration_error, score
from backend.demo.truth import CaseTruth, OrganisationTruth, PersonTruth, SupplyTruth, Truth

Get = Callable[[str], tuple[Path, Truth]]
SHARES = (
    "organiser_in_top_three",
    "major_case_reached",
    "supplier_first",
    "supplier_in_three",
    "one_supplier_first",
    "one_supplier_in_three",
    "supply_precision",
    "supply_recall",
    "gangs_found",
    "organiser_among_first_three",
)


def answer(truth: Truth) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What the command line would say if it knew everything."""
    people = {
        p.id: {
            "id": f"X{p.id}",
            "name": None,
            "resident_id": None,
            "phones": ["+86" + n for n in p.phones],
            "accounts": p.accounts,
        }
        for p in truth.persons
    }
    cases = [
        {
            "case_no": c.case_no,
            "tier": c.kind,
            "chains": [
                {"score": 1.0, "persons": [people[p] for p in c.path], "reaches": [c.case_no, *c.major_cases]}
            ]
            if c.shown
            else [],
        }
        for c in truth.cases
    ]
    best: dict[str, str | None] = {c.suspect: c.supplier for c in truth.cases}
    edges = [
        {
            "supplier": people[s.supplier],
            "buyer": people[s.buyer],
            "score": 1.0 if best.get(s.buyer, s.supplier) == s.supplier else 0.99,
        }
        for s in truth.supplies
        if s.shown
    ]
    order = ["organiser", "wholesaler", "retailer", "payee", "runner", "user"]
    gangs = [
        {
            "members": [
                {"person": people[pid], "role": role, "rank": k + 1, "score": 1.0}
                for k, (pid, role) in enumerate(sorted(o.members.items(), key=lambda m: order.index(m[1])))
                if next(p for p in truth.persons if p.id == pid).visible
            ]
        }
        for o in truth.organisations
    ]
    return {"cases": cases}, {"edges": edges}, {"gangs": gangs}, {"persons": list(people.values())}


@pytest.mark.parametrize("preset", ["base", "adversarial"])
def test_the_truth_scores_one(district: Get, preset: str) -> None:
    """Trap: a figure that even the perfect answer cannot reach."""
    _, truth = district(preset)
    figures = score(truth, *answer(truth))
    assert {name: figures[name] for name in SHARES} == dict.fromkeys(SHARES, 1.0)
    assert figures["unrelated_wrongly_chained"] == 0.0
    assert figures["supply_calibration_error"] == pytest.approx(0.0, abs=0.01)
    assert figures["chain_calibration_error"] == 0.0
    assert figures["counts"]["packet_cases_shown"] > 0


def test_nothing_scores_zero(district: Get) -> None:
    """Trap: an empty answer that divides by zero or counts as right."""
    _, truth = district("base")
    figures = score(truth, {"cases": []}, {"edges": []}, {"gangs": []}, {"persons": []})
    assert {name: figures[name] for name in SHARES} == dict.fromkeys(SHARES, 0.0)
    assert figures["unrelated_wrongly_chained"] == 0.0
    assert figures["supply_calibration_error"] is None


def small() -> Truth:
    def person(pid: str, phone: str) -> PersonTruth:
        return PersonTruth(
            pid, "申屠例安", f"99010119800101{pid[1:]}", [phone], [f"wxid_demo{pid}"], visible=True
        )

    persons = [person(f"P{k:04d}", f"1990000{k:04d}") for k in range(1, 9)]
    supply = SupplyTruth("P0002", "P0001", "2025-01-01", "2025-05-01", 9, 20.0, 100, 9, 9, 8)
    above = SupplyTruth("P0003", "P0002", "2025-01-01", "2025-05-01", 9, 90.0, 900, 9, 9, 8)
    members = {"P0001": "retailer", "P0002": "wholesaler", "P0003": "organiser", "P0004": "user"}
    linked = CaseTruth("A1", "packet", "O1", "P0001", "P0002", ["P0002"], None, "P0003", ["A9"], True)
    lone = CaseTruth("A2", "packet", None, "P0005", None, [], None, None, [], False)
    return Truth(
        seed=1,
        preset="base",
        size=1.0,
        persons=persons,
        organisations=[OrganisationTruth("O1", "pyramid", "P0003", members, ["A9"])],
        supplies=[supply, above],
        cases=[linked, lone],
        files=[],
        calls=0,
        messages=0,
        payments=0,
        payments_apart=0,
    )


def holder(*numbers: int) -> dict[str, Any]:
    """An unnamed holder of some phones."""
    phones = [f"+861990000{n:04d}" for n in numbers]
    return {"id": f"h{numbers}", "name": None, "resident_id": None, "phones": phones, "accounts": []}


def test_an_unnamed_holder_is_found_by_his_phone_or_by_the_list_of_persons() -> None:
    """Trap: an unknown upline has neither name nor resident id, and a chain may name him by id only."""
    matcher = Matcher(small(), [{**holder(3), "id": "u3"}])
    assert matcher.find(holder(2)) == "P0002"
    assert matcher.find({"id": "u3"}) == "P0003"
    assert matcher.find({"id": "nobody"}) is None


def test_a_wrong_merge_counts_as_the_larger_part() -> None:
    """Trap: a cluster of two persons must not count as both."""
    assert Matcher(small(), []).find(holder(4, 6) | {"accounts": ["wxid_demoP0006"]}) == "P0006"


def test_reaching_another_case_from_an_unrelated_one_is_wrong() -> None:
    """Trap: reaching only its own number is not reaching another case."""
    truth = small()
    own = {"case_no": "A2", "chains": [{"score": 0.4, "persons": [], "reaches": ["A2"]}]}
    other = {"case_no": "A2", "chains": [{"score": 0.4, "persons": [], "reaches": ["A9"]}]}
    for case, expected in ((own, 0.0), (other, 1.0)):
        figures = score(truth, {"cases": [case]}, {}, {}, {})
        assert figures["unrelated_wrongly_chained"] == expected


def test_only_the_first_three_chains_and_eight_persons_count() -> None:
    """Trap: a long list finds everybody."""
    truth = small()
    empty = [{"score": s, "persons": [], "reaches": []} for s in (0.9, 0.8, 0.7)]
    late = {"case_no": "A1", "chains": [*empty, {"score": 0.6, "persons": [holder(3)], "reaches": ["A9"]}]}
    deep = {
        "case_no": "A1",
        "chains": [{"score": 0.9, "persons": [holder(1)] * 8 + [holder(3)], "reaches": []}],
    }
    for case in (late, deep):
        figures = score(truth, {"cases": [case]}, {}, {}, {})
        assert figures["organiser_in_top_three"] == 0.0
        assert figures["major_case_reached"] == 0.0


def test_supplies_below_the_threshold_are_ranked_but_not_claimed() -> None:
    """Trap: precision over everything down to 0.05 would punish honesty."""
    edges = [
        {"supplier": holder(2), "buyer": holder(1), "score": 0.9},
        {"supplier": holder(7), "buyer": holder(1), "score": 0.95},
        {"supplier": holder(3), "buyer": holder(2), "score": 0.3},
    ]
    figures = score(small(), {}, {"edges": edges}, {}, {})
    assert (figures["supply_precision"], figures["supply_recall"]) == (0.5, 0.5)
    assert (figures["supplier_first"], figures["supplier_in_three"]) == (0.0, 1.0)


def test_a_second_true_supplier_in_first_place_is_told_from_a_stranger() -> None:
    """Trap: of two sellers who help each other out either truly supplies; only one is the main supplier."""
    truth = small()
    truth.supplies.append(SupplyTruth("P0007", "P0001", "2025-01-01", "2025-05-01", 3, 5.0, 100, 3, 3, 3))
    for first, expected in ((holder(7), (0.0, 1.0)), (holder(8), (0.0, 0.0)), (holder(2), (1.0, 1.0))):
        edges = [{"supplier": first, "buyer": holder(1), "score": 0.95}]
        figures = score(truth, {}, {"edges": edges}, {}, {})
        assert (figures["supplier_first"], figures["one_supplier_first"]) == expected


def test_users_do_not_decide_whether_a_gang_is_found() -> None:
    """Trap: a gang swollen by its customers still is the gang; one of strangers is not."""

    def gang(*members: tuple[int, str]) -> dict[str, Any]:
        return {
            "members": [{"person": holder(n), "role": r, "rank": k + 1} for k, (n, r) in enumerate(members)]
        }

    core = ((2, "wholesaler"), (1, "retailer"), (4, "user"), (3, "organiser"))
    figures = score(small(), {}, {}, {"gangs": [gang(*core, (6, "user"), (7, "user"))]}, {})
    assert figures["gangs_found"] == 1.0
    assert figures["organiser_among_first_three"] == 0.0
    figures = score(small(), {}, {}, {"gangs": [gang((3, "organiser"), (6, "runner"), (7, "runner"))]}, {})
    assert figures["gangs_found"] == 0.0
    assert figures["organiser_among_first_three"] == 1.0


def test_calibration_error_weighs_bins_by_their_claims() -> None:
    """Trap: ten sure wrong claims must weigh more than one."""
    assert calibration_error([(0.95, True)] * 19 + [(0.95, False)]) == pytest.approx(0.0)
    assert calibration_error([(1.0, False)] * 3 + [(0.05, False)]) == pytest.approx((3 * 1.0 + 0.05) / 4)
