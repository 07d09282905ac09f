"""Without a drug fact within reach nobody supplies anybody, however regularly money moves."""

from __future__ import annotations

import pytest

from backend.analysis.correlation.drug_facts import on_record, stated
from backend.analysis.model.facts import DrugFact, Facts
from backend.analysis.pipeline import run
from tests.backend.analysis.supply.test_signals import customers
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer, restock


def claimed(facts: Facts) -> set[tuple[str, str]]:
    ids = facts.person_ids
    return {(ids[e.supplier], ids[e.buyer]) for e in run(facts).supplies}


def test_a_driver_with_forty_fares_supplies_nobody() -> None:
    """Trap: payers who ring before each ride carry one another to certainty, and stand in a gang of forty as users."""
    world = Tiny()
    customers(world, "driver", 40, 0)
    dealer(world, "R")
    for day in range(1, 90, 4):  # the dealer rides with him too, which is why his books were asked for
        world.call("R", "driver", at(day, 22) - 5 * MINUTE)
        world.pay("R", "driver", at(day, 22), 30)
    found = run(world.facts())
    assert not {pair for pair in claimed(world.facts()) if pair[0] == "driver" and pair[1] != "R"}
    named = {world.everyone()[m.person] for gang in found.gangs for m in gang.members}
    named |= {world.everyone()[p.person] for gang in found.gangs for p in gang.payers}
    assert not {name for name in named if name.startswith("driver")}


def test_users_carry_no_further_than_their_own_payments() -> None:
    """Trap: one user's driver becomes his dealer; three users make drug users of a landlord's other tenants; two of twelve do."""
    world = Tiny()
    customers(world, "someone", 8, 1)
    assert ("someone", "someone-c0") not in claimed(world.facts())
    world.registered |= {"someone-c1", "someone-c2"}
    assert not {pair for pair in claimed(world.facts()) if pair[0] == "someone"}, (
        "a counsellor, who buys from nobody"
    )
    restock(world, "someone", "W")
    assert {buyer for seller, buyer in claimed(world.facts()) if seller == "someone"} == {
        f"someone-c{n}" for n in range(3)
    }
    customers(world, "driver", 12, 2)
    assert not {pair for pair in claimed(world.facts()) if pair[0] == "driver"}, "two of twelve are chance"


def test_the_price_of_a_ride_buys_no_drugs() -> None:
    """Trap: nine users of twelve fares ring and pay a motorcyclist, so he sells them packets for fifteen yuan."""
    world = Tiny()
    dealer(world, "R")
    for yuan, supplies in ((15, False), (150, True)):
        world.pays = [row for row in world.pays if row[1] != "rider"]
        for n in range(12):
            for day in range(n % 7, 90, 9):
                world.call(f"fare{n}", "rider", at(day, 12 + n % 9, 3))
                world.pay(f"fare{n}", "rider", at(day, 12 + n % 9, 20), yuan)
        world.registered |= {f"fare{n}" for n in range(9)}
        assert any(seller == "rider" for seller, _ in claimed(world.facts())) is supplies, yuan


def lawyer_of_dealers() -> Tiny:
    """R and Q buy from W, and pay a lawyer whose returns are here; each time they rang him before."""
    world = Tiny()
    for name in ("R", "Q"):
        dealer(world, name)
        restock(world, name, "W")
        for day in range(4, 90, 20):
            world.call(name, "lawyer", at(day, 15) - 8 * MINUTE)
            world.pay(name, "lawyer", at(day, 15), 3500 + 500 * (day % 3))
    world.asked.add("lawyer")
    return world


def test_who_is_paid_beside_the_supplier_supplies_nobody() -> None:
    """Trap: two dealers pay their lawyer round sums after a call, so he heads them; or who buys himself is let off as well."""
    world = lawyer_of_dealers()
    before = claimed(world.facts())
    assert ("W", "R") in before
    assert not {pair for pair in before if pair[0] == "lawyer"}
    restock(world, "lawyer", "boss", yuan=9000)
    assert {("lawyer", "R"), ("lawyer", "Q")} <= claimed(world.facts()), "he has a source"


def test_a_lawyer_whose_returns_are_not_here_may_still_be_a_supplier() -> None:
    """Trap: who was never looked at is let off because nothing was seen of him."""
    world = lawyer_of_dealers()
    world.asked.remove("lawyer")
    assert {pair for pair in claimed(world.facts()) if pair[0] == "lawyer"}


def test_less_than_a_packet_is_no_stock() -> None:
    """Trap: a dealer rings his driver before each ride and pays him more than a fifth of a packet."""
    world = Tiny()
    dealer(world, "R")
    for yuan, supplies in ((180, False), (1800, True)):
        world.pays = [row for row in world.pays if row[1] != "driver"]
        restock(world, "R", "driver", yuan=yuan // 2)
        assert (("driver", "R") in claimed(world.facts())) is supplies, yuan


def test_a_clue_makes_no_drugs_of_fares() -> None:
    """Trap: a driver named in a clue supplies each user who rides with him."""
    world = Tiny(names=["rider"], registered={f"fare{n}" for n in range(9)})
    dealer(world, "R")
    for n in range(9):
        for day in range(n % 7, 90, 9):
            world.call(f"fare{n}", "rider", at(day, 12 + n % 9, 3))
            world.pay(f"fare{n}", "rider", at(day, 12 + n % 9, 20), 15)
    facts = world.facts()
    facts.drug_facts = [DrugFact(facts.person_ids.index("rider"), "clue", ["clues/-/1"])]
    assert not {pair for pair in claimed(facts) if pair[0] == "rider"}


def test_a_registered_user_who_drives_supplies_none_of_his_fares() -> None:
    """Trap: the driver is on the register himself, so all who ride with him stand within reach of a fact."""
    world = Tiny(registered={"driver"})
    customers(world, "driver", 30, 1)
    assert not {pair for pair in claimed(world.facts()) if pair[0] == "driver"}
    world.registered.clear()
    world.involve("driver", world.case("A990001"), "hosting")
    assert not {pair for pair in claimed(world.facts()) if pair[0] == "driver"}, "hosting is no selling"
    world.involve("driver", 0, "dealing")
    assert {pair for pair in claimed(world.facts()) if pair[0] == "driver"}


def test_facts_carry_upwards_while_supplies_are_sure() -> None:
    """Trap: two wholesalers nobody arrested yet cut the way up, for neither stands on record."""
    world = Tiny()
    for name in ("R", "Q"):
        dealer(world, name)
        restock(world, name, "W")
    world.asked.add("W")
    restock(world, "W", "boss", yuan=9000)
    assert ("boss", "W") in claimed(world.facts())


def test_a_theft_is_no_fact_about_drugs() -> None:
    """Trap: whoever was ever a suspect of anything counts as recorded."""
    world = Tiny()
    world.involve("thief", world.case("A990001"))
    world.cases[0].drugs = False
    assert not on_record(world.facts()).standing.any()
    world.cases[0].drugs = True
    assert on_record(world.facts()).standing.any()


@pytest.mark.parametrize(
    ("kinds", "standing"),
    [(("clue",), True), (("parcel",), True), (("words",), False), (("words", "statement"), True)],
)
def test_weak_facts_add_up(kinds: tuple[str, ...], standing: bool) -> None:
    """Trap: two messages with a word make a record; or a clue and a parcel count for nothing."""
    world = Tiny(names=["X"])
    if "statement" in kinds:
        world.say("Y", "X")
    facts = world.facts()
    facts.drug_facts = [
        DrugFact(facts.person_ids.index("X"), k, [f"{k}/-/1"]) for k in kinds if k != "statement"
    ]
    found = on_record(facts)
    assert bool(found.standing[facts.person_ids.index("X")]) is standing
    assert set(found.kinds[facts.person_ids.index("X")]) == {*kinds}


def test_each_fact_names_its_cases_and_rows() -> None:
    """Trap: a fact without rows cannot be checked; one of a case the viewer may not see cannot be held back."""
    world = Tiny(registered={"user"})
    first, second = world.case("A990001"), world.case("A990002")
    world.involve("R", first)
    world.involve("witness", first, "witness")
    world.seize("R", second, at(3), 1.0)
    world.say("R", "W")
    world.say("nobody", "W")
    facts = world.facts()
    names = facts.person_ids
    facts.drug_facts = [DrugFact(names.index("W"), "parcel", ["p/-/1"], ("A990002",))]
    told = {(names[f.person], f.kind, f.cases, f.evidence) for f in stated(facts)}
    assert told == {
        ("R", "case", ("A990001",), ("cases/-/0",)),
        ("R", "seizure", ("A990002",), ("seized/-/0",)),
        ("user", "user", (), ()),
        ("W", "parcel", ("A990002",), ("p/-/1",)),
        ("W", "statement", ("A990001",), ("said/-/0",)),
        ("W", "statement", (), ("said/-/1",)),
    }
