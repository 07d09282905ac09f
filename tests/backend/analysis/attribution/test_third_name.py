"""Money to one name, calls to another: the one called supplies, the account's holder collects."""

from __future__ import annotations

import pytest

from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer, restock


def third_name() -> Tiny:
    world = Tiny(refs={"boss": ["Phone:boss", "Account:card:boss"], "till": ["Account:wechat:till"]})
    dealer(world, "R")
    dealer(world, "Q")
    restock(world, "R", "boss", account="till")
    restock(world, "Q", "boss", account="till", yuan=2400)
    return world


def test_the_one_called_supplies_and_the_account_holder_is_payee() -> None:
    """Trap: the largest payee is taken for the supplier."""
    world = third_name()
    results = run(world.facts())
    best = max((e for e in results.supplies if e.buyer == world.index("R")), key=lambda e: e.score)
    assert best.supplier == world.index("boss")
    assert best.payee == world.index("till")
    assert best.score > 0.5
    assert world.score("till", "R") < 0.5
    link = next(p for p in results.payees if p.buyer == world.index("R"))
    assert (link.payee, link.principal) == (world.index("till"), world.index("boss"))
    roles = {m.person: m.role for gang in results.gangs for m in gang.members}
    assert roles[world.index("till")] == "payee"
    assert roles[world.index("boss")] in {"organiser", "wholesaler"}


def test_an_account_with_a_bare_number_behind_it_may_be_one_man() -> None:
    """Trap: a wholesaler's own account is called payee of his own unregistered number, and he himself stands nowhere."""
    world = third_name()
    world.refs["boss"] = ["Phone:boss"]
    results = run(world.facts())
    (till,) = [m for gang in results.gangs for m in gang.members if m.person == world.index("till")]
    assert (till.role, till.reasons[0]) == ("unknown", ("may_be_one_hand", "boss"))


def test_chain_goes_through_the_payee_to_the_person_behind() -> None:
    """Trap: a chain that ends at the third-name account never reaches the supplier."""
    world = third_name()
    results = run(world.facts())
    chain = results.cases[0].chains[0]
    assert [h.kind for h in chain.hops[:2]] == ["payment", "payee"]
    assert chain.persons[:3] == tuple(world.index(name) for name in ("R", "till", "boss"))
    assert all(hop.evidence for hop in chain.hops)
    assert {row.split("/")[0] for row in chain.hops[0].evidence} == {"pays"}
    assert "calls" in {row.split("/")[0] for row in chain.hops[1].evidence}


def test_phones_one_after_the_other_behind_one_account_are_one_alternative() -> None:
    """Trap: a supplier who changes his phone fills the list of chains with himself."""
    phones = {f"boss{n}": [f"Phone:boss{n}"] for n in range(3)}
    world = Tiny(refs={**phones, "till": ["Account:wechat:till"]})
    dealer(world, "R", days=120)
    for k, day in enumerate(range(1, 120, 4)):
        when = at(day, 14 + k % 7, 11)
        world.call("R", f"boss{day // 40}", when - 7 * MINUTE)
        world.pay("R", "till", when, 1500 + 500 * (k % 3))
    chains = run(world.facts()).cases[0].chains
    assert len([c for c in chains if c.persons[-1] in {world.index(name) for name in phones}]) == 1


def test_a_friend_called_all_day_is_not_behind_every_account() -> None:
    """Trap: whoever talks to the buyer hourly is near each of his payments."""
    world = third_name()
    for day in range(90):
        for hour in range(9, 24):
            world.call("R", "chatty", at(day, hour, 3 * day % 60))
    assert world.score("chatty", "R") < 0.5


def test_a_customer_whose_order_is_passed_on_at_once_is_no_supplier() -> None:
    """Trap: W is called by R, collects from R and pays his own supplier's payee, all within the hour."""
    world = third_name()
    world.asked.add("boss")
    for k, day in enumerate(range(4, 90, 6)):
        when = at(day, 16 + k % 4)
        world.call("S", "boss", when - 20 * MINUTE)
        world.pay("S", "boss", when - 15 * MINUTE, 1500)
        world.pay("boss", "far till", when, 4000)
        world.call("boss", "far boss", when - 5 * MINUTE)
    assert world.score("S", "boss") < 0.5
    assert world.score("far boss", "boss") > 0.5


DAYS = (3, 8, 15, 19, 27, 31, 39, 44, 52, 57, 65, 69, 77, 82, 89)


def unrung() -> Tiny:
    """R pays the till and is never in touch with its holder, who pays the boss two days later and keeps a twentieth."""
    world = Tiny(refs={"boss": ["Phone:boss", "Account:wechat:boss"], "till": ["Account:wechat:till"]})
    dealer(world, "R")
    world.involve("boss", world.case("A990099", tier="major"))
    for k, day in enumerate(DAYS):
        yuan = (1800, 3600, 2700)[k % 3]
        world.pay("R", "till", at(day, 15, 7), yuan)
        world.pay("till", "boss", at(day + 2, 20, 30), yuan * 0.95)
    return world


def test_who_is_paid_with_the_money_is_behind_the_account() -> None:
    """Trap: nobody is rung, so the holder of the account is taken for the supplier and the way up ends with him."""
    world = unrung()
    results = run(world.facts())
    boss, till, r = (world.index(name) for name in ("boss", "till", "R"))
    found = next(e for e in results.supplies if (e.supplier, e.buyer) == (boss, r))
    assert found.payee == till and found.score > 0.5 > world.score("till", "R")
    shown = next(s for s in found.signals if s.name == "passed_on")
    rows = {f"pays/-/{n}" for n, (a, b, *_) in enumerate(world.pays) if (a, b) == ("till", "boss")}
    assert shown.weight > 0 and set(shown.evidence) == rows
    (link,) = [p for p in results.payees if (p.payee, p.principal) == (till, boss)]
    passed = sum(fen for a, b, _, fen, _ in world.pays if (a, b) == ("till", "boss"))
    assert (link.count, link.fen) == (15, passed) and set(link.evidence) == rows
    hops = results.cases[0].chains[0].hops
    assert [(hop.kind, hop.start, hop.end) for hop in hops[:2]] == [
        ("payment", r, till),
        ("payee", till, boss),
    ]


def test_a_dealer_who_is_rung_and_restocks_is_no_payee() -> None:
    """Trap: the money a retailer pays for his stock is taken for money he collected, and his supplier for theirs."""
    world = unrung()
    for k, day in enumerate(DAYS):
        world.call("R", "till", at(day, 14, 50 + k % 5))
    assert world.score("boss", "R") == 0.0
    assert world.score("till", "R") > 0.3


def test_money_that_comes_back_was_not_passed_on() -> None:
    """Trap: the account's holder and his partner pay each other all the time."""
    world = unrung()
    for day in DAYS:
        world.pay("boss", "till", at(day + 3, 9), 3000)
    assert world.score("boss", "R") == 0.0


def test_a_smaller_or_later_payment_is_not_the_money() -> None:
    """Trap: rent and pocket money after every payment, stakes weeks later."""
    world = unrung()
    world.pays = [row for row in world.pays if row[:2] != ("till", "boss")]
    for day in DAYS:
        world.pay("till", "boss", at(day + 2, 20), 300)
    for day in (30, 60, 90, 120, 150):
        world.pay("till", "banker", at(day + 13, 20), 9000)
    assert world.score("boss", "R") == world.score("banker", "R") == 0.0


def test_an_account_that_pays_half_the_town_passes_nothing_on() -> None:
    """Trap: a shop, an agent, a payroll: somebody of theirs is always paid soon after."""
    world = unrung()
    for day in range(0, 90, 9):
        for n in range(45):
            world.pay("till", f"worker{n}", at(day, 12), 3000)
    assert world.score("boss", "R") == 0.0


def test_money_that_may_be_of_two_goes_to_the_one_recorded_as_dealing() -> None:
    """Trap: each of two persons the holder pays counts as sure as if there were no other."""
    world = unrung()
    alone = world.value("passed_on", "boss", "R")
    for k, day in enumerate(DAYS):
        world.pay("till", "friend", at(day + 3, 20), (1800, 3600, 2700)[k % 3])
    assert 0 < world.value("passed_on", "friend", "R") < world.value("passed_on", "boss", "R") < alone


def by_another_number() -> Tiny:
    """R pays an account and rings a number about it; the account pays the boss, and the number talks with him."""
    world = unrung()
    world.refs["number"] = ["Phone:number"]
    for k, day in enumerate(DAYS):
        world.call("R", "number", at(day, 14, 50 + k % 7))
        world.call("number", "boss", at(day + 1, 11 + k % 5))
    return world


def test_whoever_deals_with_the_receiver_himself_is_no_payees_buyer() -> None:
    """Trap: a wholesaler is rung on a number nobody knows to be his, and the one he restocks from counts as supplier of his
    buyers, for whom his account collects.
    """
    world = by_another_number()
    assert world.score("boss", "R") < 0.5 < world.score("number", "R")
    world.calls = [call for call in world.calls if call[:2] != ("number", "boss")]
    assert world.score("boss", "R") > 0.5, "nothing shows that the number deals with the boss"


def test_a_collector_who_pays_the_upline_pays_for_whom_he_collects() -> None:
    """Trap: the wholesaler pays nobody himself, so the way up ends with him though his money goes on to the boss."""
    world = by_another_number()
    results = run(world.facts())
    number, boss = (world.index(name) for name in ("number", "boss"))
    edge = next(e for e in results.supplies if (e.supplier, e.buyer) == (boss, number))
    assert edge.payer == world.index("till") and edge.payee is None
    assert edge.count == len(DAYS) and edge.score > 0.3
    shown = next(s for s in edge.signals if s.name == "paid_by_collector")
    rows = {f"pays/-/{n}" for n, (a, b, *_) in enumerate(world.pays) if (a, b) == ("till", "boss")}
    assert shown.weight > 0 and set(shown.evidence) == rows
    hops = [(h.kind, h.start, h.end) for chain in results.cases[0].chains for h in chain.hops]
    assert ("paid_for", number, boss) in hops


def test_what_a_stranger_pays_says_nothing_of_whom_he_is_rung_for() -> None:
    """Trap: R pays the till for something else, and whoever he rings then is charged with the till's payments."""
    world = by_another_number()
    for day in DAYS:
        world.pay("number", "R", at(day + 1, 9), 4000)  # no supplier: he pays R more than R pays
    assert world.score("number", "R") < 0.3
    assert world.score("boss", "number") < 0.3


def changing(registered: bool = False) -> Tiny:
    """R pays the till and rings a number about it, another each month."""
    numbers = {f"n{k}": [f"Phone:n{k}"] for k in range(3)}
    world = Tiny(refs={**numbers, "till": ["Account:wechat:till"]}, unnamed=set(numbers))
    if registered:
        world.refs["n1"] = ["Phone:n1", "ResidentId:5"]
        world.unnamed.discard("n1")
    dealer(world, "R")
    for k, day in enumerate(range(3, 90, 5)):
        when = at(day, 13 + k % 6, 11)
        world.call("R", f"n{day // 30}", when - 7 * MINUTE)
        world.pay("R", "till", when, 1500 + 300 * (k % 4))
    return world


@pytest.mark.parametrize("registered", [False, True])
def test_numbers_rung_one_after_the_other_about_one_account_are_counted_as_one(registered: bool) -> None:
    """Trap: a supplier with a new number each month is three with a few deals each, or the stranger one is registered to."""
    world = changing(registered)
    results = run(world.facts())
    people = world.everyone()
    found = {(people[each.person], people[each.counted_as], each.reason) for each in results.counted}
    assert found == {("n1", "n0", "account"), ("n2", "n0", "account")}
    assert {people[contact] for each in results.counted for contact in each.contacts} == {"R"}
    best = max((e for e in results.supplies if e.buyer == world.index("R")), key=lambda e: e.score)
    assert (best.supplier, best.count) == (world.index("n0"), len(range(3, 90, 5)))


def test_two_numbers_in_use_at_the_same_time_are_two() -> None:
    """Trap: two sellers who share a payee become one."""
    world = changing()
    for day in range(4, 80, 5):
        world.call("R", "other", at(day, 12, 3))
        world.pay("R", "till", at(day, 12, 10), 1500)
    world.refs["other"] = ["Phone:other"]
    people = world.everyone()
    assert "other" not in {
        people[n] for each in run(world.facts()).counted for n in (each.person, each.counted_as)
    }


def test_what_was_judged_two_is_not_one_behind_an_account() -> None:
    """Trap: a person's word overruled by the account."""
    world = changing()
    world.apart = {("n0", "n1")}
    people = world.everyone()
    pairs = [{people[each.person], people[each.counted_as]} for each in run(world.facts()).counted]
    assert {"n0", "n1"} not in pairs and not {"n0", "n1"} <= set().union(*pairs, set())


@pytest.mark.parametrize("collects", [True, False])
def test_what_a_shared_payee_hands_on_is_no_money_back(collects: bool) -> None:
    """Trap: one payee collects for the seller and for his supplier; the seller's own income, handed on to him, looks like the
    supplier's money coming back, as with a lender.
    """
    world = third_name()
    for k, day in enumerate(range(2, 88, 3)):
        when = at(day, 12 + k % 7, 5 * k % 60)
        if collects:
            for u in (0, 1):
                world.call(f"R-user{u}", "R", when - (4 + 3 * u) * MINUTE)
                world.pay(f"R-user{u}", "till", when + u * MINUTE, 300)
        world.pay("till", "R", when + 600 * MINUTE, 590)
    back = world.value("money_back", "boss", "R")
    assert back == 0.0 if collects else back > 0.3
