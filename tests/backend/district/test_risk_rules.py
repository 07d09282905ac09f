"""The rules of the risk net on plain values: worked examples of district.md B2 to B4, and what ordinary life looks like."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest

from backend.district.risk.around import MG, against_peers, balance, let_idle, peers_of, size_class
from backend.district.risk.items import items_of, two_sided
from backend.district.risk.measure import deviations, kilometres, modified_z
from backend.district.risk.net import Net, net_on
from backend.district.risk.persons import agents_of, from_minority
from backend.district.risk.told import (
    Deal,
    District,
    Firm,
    FirmMonth,
    FirmTie,
    ListedPerson,
    Look,
    Stay,
    StockMove,
)
from backend.district.risk.usage import against_output, discharge, no_output, own_history

ON = dt.date(2024, 12, 31)
EXAMPLE = [100, 104, 98, 102, 99, 101, 97, 103, 100, 150]


def net() -> Net:
    return net_on(ON)


def month(n: int) -> dt.date:
    """The n-th month from January 2023."""
    return dt.date(2023 + n // 12, n % 12 + 1, 1)


def firm(uscc: str = "F", factor: dict[int, float] | None = None, output: dict[int, float] | None = None,
         months: int = 24, **more: object) -> Firm:  # fmt: skip
    """A firm with 2 % noise; ``factor`` multiplies power and water of single months, ``output`` its output."""
    rng = Random(uscc)
    told = tuple(
        FirmMonth(
            month(n),
            10_000 * rng.uniform(0.98, 1.02) * (factor or {}).get(n, 1.0),
            500 * rng.uniform(0.98, 1.02) * (factor or {}).get(n, 1.0),
            300 * rng.uniform(0.98, 1.02),
            1_000_000 * rng.uniform(0.98, 1.02) * (output or {}).get(n, 1.0),
            (f"u/-/{uscc}{n}",),
        )
        for n in range(months)
    )
    about = {"industry": "化学原料", "park": "甲园", "employees": 50, "lon": 121.0, "lat": 29.6, **more}
    return Firm(uscc, f"{uscc}公司", months=told, **about)  # type: ignore[arg-type]


def test_the_worked_example_of_the_modified_z() -> None:
    """Source: district.md B4. Trap: the mean and the standard deviation, which the outlier itself inflates."""
    assert round(modified_z(150, EXAMPLE), 2) == 16.69
    assert round(modified_z(150, EXAMPLE, floor=0.02), 2) == 16.61, (
        "the floor of 2.01 is just above the MAD of 2"
    )


def test_base_rate_example() -> None:
    """Source: district.md B3, B4. Trap: a detector's 94.8 % taken for the share of true leads."""
    true, false = 2 * 0.948, 365 * 0.1
    assert round(true / (true + false), 4) == 0.0494
    both = (2 * 0.948 * 0.5) / (2 * 0.948 * 0.5 + 365 * 0.1 * 0.02)
    assert round(both, 2) == 0.56


def test_an_idle_plant_has_a_floor() -> None:
    """Trap: MAD is 0 while the plant is idle, so that one kilowatt-hour more is infinitely strange."""
    assert modified_z(101, [100] * 11 + [101], floor=0.02) == pytest.approx(0.6745 / 2)
    assert modified_z(1, [0] * 11 + [1], least=1.0) == pytest.approx(0.6745)


def test_fewer_than_twelve_months_are_no_history() -> None:
    """Trap: a new firm's start-up is judged against three months of its own."""
    assert deviations({month(n): float(value) for n, value in enumerate(EXAMPLE)}, 12, 0.02) is None
    young = firm("J", {9: 3.0, 10: 3.0}, months=11)
    assert own_history(young, ON, net()) == []
    (item,) = items_of(District(ON, (young,)), net())
    assert "no_history@1" in {each["rule"] for each in item["missing"]}


def test_a_season_is_no_anomaly_of_its_own_history() -> None:
    """Trap: every winter's drying stands out against the summer."""
    season = dict.fromkeys((10, 11, 22, 23), 2.5)
    assert own_history(firm("S", season), ON, net()) == []
    assert own_history(firm("S", {22: 2.5, 23: 2.5}), ON, net())


def test_output_tells_a_new_line_from_use_nobody_sold_anything_of() -> None:
    """Trap: growth is suspicious; or power that doubles with the same output passes."""
    grown = dict.fromkeys(range(19, 24), 2.0)
    partly = dict.fromkeys(range(19, 24), 1.7)
    firms = [firm(f"P{k}") for k in range(9)]
    firms += [firm("G", grown, grown), firm("N", grown, partly), firm("W", grown)]
    found = against_output(firms, ON, net())
    assert {uscc for uscc, facts in found.items() if facts} >= {"W"} and not found.get("G")
    items = {each["id"]: each for each in items_of(District(ON, tuple(firms)), net())}
    assert items["G"]["firm_facts"] == [], "who sells twice as much uses twice as much"
    assert "new_line@1" in {each["rule"] for each in items["N"]["against"]}
    assert "new_line@1" not in {each["rule"] for each in items["W"]["against"]}


def test_output_declared_late_or_by_the_quarter_is_not_zero_output() -> None:
    """Trap: the two months of a quarter without a figure, or the months not declared yet, count as no output."""
    late = firm("L")
    cut = tuple(replace(m, output=None) if m.at >= month(22) else m for m in late.months)
    by_quarter = tuple(replace(m, output=3e6 if m.at.month % 3 == 0 else None) for m in late.months)
    firms = [replace(late, months=cut), replace(late, uscc="Q", months=by_quarter)]
    assert not any(against_output(firms, ON, net()).values())
    assert not any(no_output(each, ON, net()) for each in firms)
    zero = replace(
        late, months=tuple(replace(m, output=0.0) if m.at >= month(20) else m for m in late.months)
    )
    (fact,) = no_output(zero, ON, net())
    assert fact.value == 4 and (fact.first, fact.last) == (month(20), ON)


def test_peers_are_eight_of_trade_and_size_else_the_park_else_none() -> None:
    """Trap: three firms of a small trade are called peers; a firm is its own peer."""
    trade = [firm(f"P{k}") for k in range(9)]
    small = [firm(f"K{k}", industry="生化") for k in range(3)]
    alone = firm("A", industry="生化", park="乙园")
    found = peers_of([*trade, *small, alone], 8)
    assert found["P0"][1] == "industry" and len(found["P0"][0]) == 8
    assert found["K0"][1] == "park" and "K0" not in found["K0"][0]
    assert found["A"] == ([], "none")
    assert [size_class(n) for n in (None, 19, 20, 299, 300, 1000)] == [None, "微", "小", "小", "中", "大"]


def test_a_boom_of_the_whole_trade_is_nobodys_anomaly() -> None:
    """Trap: all firms of a trade run double shifts and each of them is flagged against its peers."""
    boom = dict.fromkeys((21, 22, 23), 2.0)
    firms = [firm(f"P{k}", boom) for k in range(9)]
    assert not against_peers(firms, ON, net())
    assert set(against_peers([*(firm(f"P{k}") for k in range(9)), firm("W", boom)], ON, net())) == {"W"}


def test_an_idle_plant_that_was_let() -> None:
    """Trap: a let plant with workers in it, a let of last year, or one month of moving in is flagged."""
    idle = dict.fromkeys(range(20), 0.02)
    plant = firm("I", {**idle, **dict.fromkeys((20, 21, 22, 23), 0.3)}, employees=0)
    let = FirmTie("T", "I", "承租", dt.date(2024, 8, 15))
    (fact,) = let_idle(plant, [let], ON, net())
    assert fact.value > 10 and fact.first == dt.date(2024, 8, 15)
    assert let_idle(plant, [let, FirmTie("X", "I", "员工")], ON, net()) == []
    assert let_idle(plant, [replace(let, first=dt.date(2023, 6, 1))], ON, net()) == []
    once = firm("I", {**idle, 20: 0.02, 21: 0.3, 22: 0.02, 23: 0.02}, employees=0)
    assert let_idle(once, [let], ON, net()) == []


def test_discharge_of_its_own() -> None:
    """Trap: waste that triples while water stays the same is seen by no rule."""
    plant = firm("D")
    assert discharge(plant, ON, net()) == []
    more = tuple(replace(m, discharge=900.0) if m.at >= month(21) else m for m in plant.months)
    assert {fact.first for fact in discharge(replace(plant, months=more), ON, net())} == {month(21)}


def test_purchases_are_compared_with_use_sales_and_stock() -> None:
    """Source: district.md C4 (MUF 70 kg within 96.9 kg is no alarm). Trap: any gap is called a loss."""
    day = dt.date(2024, 3, 1)

    def gap(bought: int, end: int = 430) -> object:
        deals = [(Deal("F", "S", "丙酮", day, bought * MG, evidence=("b",)), 1),
                 (Deal("C", "F", "丙酮", day, 3_200 * MG, evidence=("s",)), -1)]  # fmt: skip
        moves = [StockMove("F", "丙酮", dt.date(2024, 1, 1), 1_000 * MG, "counted"),
                 StockMove("F", "丙酮", dt.date(2024, 6, 30), end * MG, "counted", ("c",)),
                 StockMove("F", "丙酮", day, 2_300 * MG, "生产")]  # fmt: skip
        return balance("丙酮", deals, moves, net(), {})

    assert gap(5_000) is None
    fact = gap(5_200)
    assert fact is not None and "270.0 kg" in fact.zh and "产品" not in fact.zh  # type: ignore[attr-defined]
    no_books = [(Deal("F", "S", "丙酮", day, 900 * MG), 1)]
    assert balance("丙酮", no_books, [], net(), {}) is None, "without books nothing can be told"


WORKSHOP = firm("W", dict.fromkeys(range(20, 24), 2.0))
RECORD = ListedPerson("X", "甲某", "制毒前科", dt.date(2020, 1, 1), None, ("c/-/2",))


def person_rules(**more: object) -> set[str]:
    told = {"entries": (RECORD,), **more}
    items = items_of(District(ON, (WORKSHOP,), **told), net())  # type: ignore[arg-type]
    return {each["rule"].partition("@")[0] for each in items[0]["person_facts"]}


def test_a_record_alone_scores_nothing() -> None:
    """Trap: someone on the list lives in the district, so that every anomaly becomes a lead."""
    assert person_rules() == set()
    far = Stay("X", dt.date(2024, 11, 1), dt.date(2024, 11, 2), "旅馆", 121.2, 29.6)
    assert kilometres(121.0, 29.6, 121.2, 29.6) > 5 and person_rules(stays=(far,)) == set()
    assert person_rules(stays=(replace(far, lon=121.04),)) == {"stay"}
    assert person_rules(stays=(replace(far, lon=121.04, ident="Y"),)) == set()


def test_person_facts_lie_within_ninety_days_of_the_anomaly() -> None:
    """Trap: a night in the hotel two years ago, or a job given up long before."""
    near = Stay("X", dt.date(2024, 6, 3), dt.date(2024, 6, 4), "旅馆", 121.0, 29.6)
    assert person_rules(stays=(near,)) == {"stay"}, "2024-09-01 less 90 days is 06-03"
    assert person_rules(stays=(replace(near, first=dt.date(2024, 6, 1), last=dt.date(2024, 6, 2)),)) == set()
    gone = FirmTie("X", "W", "员工", dt.date(2021, 1, 1), dt.date(2024, 3, 1))
    assert person_rules(ties=(gone,)) == set()
    assert person_rules(ties=(replace(gone, last=None),)) == {"work"}
    assert person_rules(ties=(replace(gone, role="承租", last=None),)) == {"lease"}


def test_an_entry_counts_only_on_days_it_was_valid() -> None:
    """Trap: the entry of this month turns a stay of last autumn into a fact."""
    stay = Stay("X", dt.date(2024, 9, 10), dt.date(2024, 9, 11), "旅馆", 121.0, 29.6)
    later = replace(RECORD, first=dt.date(2024, 10, 1))
    assert person_rules(stays=(stay,), entries=(later,)) == set()


def test_region_is_no_class_and_skill_no_reason_to_suspect_a_job() -> None:
    """Trap: chemists work at chemical firms; people from one county are a class of concern."""
    job = FirmTie("X", "W", "员工", dt.date(2019, 1, 1))
    chemist = replace(RECORD, kind="化工技能")
    assert person_rules(ties=(job,), entries=(chemist,)) == set()
    assert person_rules(ties=(replace(job, first=dt.date(2024, 8, 1)),), entries=(chemist,)) == {"work"}
    for kind in ("制毒重点地区", "外籍人员", "某地户籍"):
        assert person_rules(ties=(job,), entries=(replace(RECORD, kind=kind),)) == set()


def test_agents_of_more_than_twenty_firms_are_removed() -> None:
    """Trap: the accountant of half a park ties every firm to everybody."""
    serves = tuple(FirmTie("X", f"F{k}", "代办") for k in range(19))
    assert agents_of((*serves, FirmTie("X", "W", "代办")), 20) == set()
    assert person_rules(ties=(*serves, FirmTie("X", "W", "代办"))) == {"work"}
    assert person_rules(ties=(*serves, FirmTie("X", "F19", "代办"), FirmTie("X", "W", "代办"))) == set()


def test_trade_and_founding_links() -> None:
    """Trap: two steps are followed against the order of time, or through somebody who joined a firm years later."""
    other = replace(firm("B"), founded=dt.date(2024, 10, 1), months=())
    mine = (FirmTie("Q", "W", "股东", dt.date(2020, 1, 1)), FirmTie("Q", "B", "股东", dt.date(2024, 10, 1)))
    told = {"entries": (RECORD,), "ties": (*mine, FirmTie("X", "B", "高管", dt.date(2024, 10, 5)))}

    def rules(**more: object) -> set[str]:
        item = next(
            i for i in items_of(District(ON, (WORKSHOP, other), **{**told, **more}), net()) if i["id"] == "W"
        )  # type: ignore[arg-type]
        return {each["rule"].partition("@")[0] for each in item["person_facts"]}

    assert rules() == {"founding"}
    assert rules(ties=(*mine, FirmTie("X", "B", "高管", dt.date(2024, 12, 5)))) == set()
    deal = Deal("W", "B", "丙酮", dt.date(2024, 11, 1), MG)
    assert rules(deals=(deal,)) == {"founding", "trade_link"}
    assert person_rules(deals=(replace(deal, handlers=("X",)),)) == {"trade_link"}


def test_both_sides_make_a_lead_and_groups_come_before_weight() -> None:
    """Trap: ten facts of one kind outrank three independent ones; a firm without a person is a lead."""
    stay = Stay("X", dt.date(2024, 11, 1), dt.date(2024, 11, 2), "旅馆", 121.0, 29.6)
    items = items_of(District(ON, (WORKSHOP, firm("N")), entries=(RECORD,), stays=(stay,)), net())
    assert [(each["id"], two_sided(each)) for each in items] == [("W", True), ("N", False)]
    top = items[0]
    assert top["groups"] == sorted(set(top["groups"])) and {"use", "presence"} <= set(top["groups"])
    assert all(each["kind"] == "person" and each["subject"]["id"] == "X" for each in top["person_facts"])
    assert "c/-/2" in top["evidence"] and top["score"] < sum(9.5 for _ in top["firm_facts"]) + 5


def test_checked_and_nothing_found_is_said() -> None:
    """Source: 52 people checked, nothing found. Trap: a firm found clean last week is reported like a fresh one."""
    look = Look("Company:W", dt.date(2024, 12, 20), True, "已核查", "Checked")
    (item,) = items_of(District(ON, (WORKSHOP,), looks=(look,)), net())
    assert "checked@1" in {each["rule"] for each in item["against"]}
    (item,) = items_of(District(ON, (WORKSHOP,), looks=(replace(look, day=dt.date(2024, 1, 5)),)), net())
    assert "checked@1" not in {each["rule"] for each in item["against"]}, "before the anomaly began"


def test_records_from_minority_never_enter() -> None:
    """Source: district.md B3, E1. Trap: a record of a sixteen-year-old follows him for life."""
    ident = "990101200006150019"
    assert from_minority(ident, dt.date(2018, 6, 14), ON)
    assert not from_minority(ident, dt.date(2018, 6, 15), ON)
    assert not from_minority(ident, None, ON) and from_minority(ident, None, dt.date(2018, 1, 1))
