"""A number and an account of which nothing says that they are one man's but that calls and payments go together."""

from __future__ import annotations

import pytest

from backend.analysis.identity.counting import counted
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer, restock


def two_holders(*numbers: str) -> Tiny:
    """R sells and restocks with W and V; his account is known by his name, his calls are those of numbers without a name,
    each used as long as the others, one after the other.
    """
    world = Tiny()
    dealer(world, "R")
    restock(world, "R", "W")
    restock(world, "R", "V", yuan=1300)
    numbers = numbers or ("number",)

    def held(who: str, when: int) -> str:
        return numbers[(when - at(0)) * len(numbers) // (at(91) - at(0))] if who == "R" else who

    world.calls = [(held(a, when), held(b, when), when, *rest) for a, b, when, *rest in world.calls]
    world.refs = {"R": ["Account:wechat:R", "ResidentId:1"], **{n: [f"Phone:{n}"] for n in numbers}}
    world.unnamed, world.asked = set(numbers), world.asked | set(numbers)
    return world


def pairs(world: Tiny) -> set[tuple[str, str, str]]:
    """Whom a run counts for whom, and why."""
    people = world.everyone()
    return {
        (people[each.person], people[each.counted_as], each.reason) for each in run(world.facts()).counted
    }


@pytest.mark.parametrize("registered", [False, True])
def test_a_number_that_goes_along_with_an_account_is_its_holders(registered: bool) -> None:
    """Trap: the arrested man's calls are nobody's, so whoever he rings before he pays is silent; or the stranger's the
    number is registered to.
    """
    world = two_holders()
    if registered:
        world.refs["number"].append("ResidentId:2")
        world.unnamed.clear()
    assert pairs(world) == {("number", "R", "payments")}
    results = run(world.facts())
    best = {edge.supplier: edge for edge in results.supplies if edge.buyer == world.index("R")}
    assert all(best[world.index(who)].score > 0.5 for who in "WV")
    assert all(
        any(signal.name == "call_share" for signal in best[world.index(who)].signals) for who in "WV"
    ), "the calls of the number bear out what the account paid"
    (each,) = results.counted
    assert world.index("W") in each.contacts and world.index("R-user0") in each.contacts


def test_numbers_counted_as_one_go_along_together() -> None:
    """Trap: a hand of several numbers is known by more than one number, and so by nobody's account."""
    world = two_holders("n0", "n1", "n2")
    world.followed = [("n0", "n1", 0.8, 50.0), ("n1", "n2", 0.8, 50.0)]
    people = world.everyone()
    assert {people[each.counted_as] for each in run(world.facts()).counted} == {"R"}
    assert {number for number, _, _ in pairs(world)} == {"n0", "n1", "n2"}


def test_who_is_found_to_be_one_shows_that_others_are() -> None:
    """Trap: R's account pays W's account and R's number rings W's number; nobody is in touch with both until W is one."""
    world = Tiny()
    dealer(world, "R")
    for n, (buyer, source) in enumerate(
        [("R", "W"), ("R", "V"), ("W", "S1"), ("W", "S2"), ("V", "S3"), ("V", "S4")]
    ):
        for k, day in enumerate(range(n + 1, 88, 6)):
            when = at(day, 9 + (3 * k + 2 * n) % 13, 7 * k % 60)
            world.call(buyer, source, when - 8 * MINUTE)
            world.pay(buyer, source, when, 1800 + 100 * (k % 3))
    for source in ("W", "S1", "S2", "S3", "S4"):
        world.involve(source, world.case(f"A99{source}", "major"))
    split = {"R", "W", "V"}

    def held(who: str) -> str:
        return f"{who}'s number" if who in split else who

    world.calls = [(held(a), held(b), *rest) for a, b, *rest in world.calls]
    world.pays = [row for row in world.pays if "user" not in row[0]]
    world.refs = {who: [f"Account:wechat:{who}"] for who in split} | {
        held(who): [f"Phone:{who}"] for who in split
    }
    world.unnamed = {held(who) for who in split}
    assert pairs(world) == {(held(who), who, "payments") for who in split}


def test_who_collects_is_not_the_one_he_collects_for() -> None:
    """Trap: those who pay a payee ring the boss around it, so the boss's calls become the payee's."""
    world = Tiny(refs={"boss": ["Phone:boss"], "till": ["Account:wechat:till"]}, unnamed={"boss"})
    for who in ("R", "Q"):
        dealer(world, who)
        restock(world, who, "boss", account="till", yuan=2000 if who == "R" else 2400)
    world.asked |= {"boss", "till"}
    assert "payments" not in {reason for *_, reason in pairs(world)}
    for day in range(6, 90, 9):  # and pays whom the boss buys from
        world.call("boss", "source", at(day, 11, 5))
        world.pay("till", "source", at(day, 11, 20), 8000)
    assert "payments" not in {reason for *_, reason in pairs(world)}


@pytest.mark.parametrize("why", ["recorded", "registered", "at large", "judged"])
def test_who_is_known_for_himself_goes_along_with_nobody(why: str) -> None:
    """Trap: a person's own record is lost in another's, or a word is overruled."""
    world = two_holders()
    world.make_known("number", why, "R")
    assert pairs(world) == set()


def lent(*numbers: str) -> Tiny:
    """As ``two_holders``, the last number registered to O, who has an account and a telephone of his own."""
    world = two_holders(*numbers)
    number = numbers[-1] if numbers else "number"
    world.refs["O"] = [f"Phone:{number}", "Phone:O", "Account:wechat:O", "ResidentId:2"]
    del world.refs[number]
    world.registered_to[number] = "O"
    world.asked = world.asked - {number} | {"O"}
    for day in range(1, 90, 4):
        world.call("O", f"friend{day % 3}", at(day, 12, day % 60))
        world.pay("O", f"shop{day % 2}", at(day, 18, 7 * day % 60), 37.5)
        world.pay(f"friend{day % 3}", "O", at(day, 20, 3 * day % 60), 66)
    return world


def test_a_number_registered_to_somebody_with_an_account_is_its_users() -> None:
    """Trap: the arrested man's calls stand with whoever lent him the card, and the lender's with him; or his chain with both."""
    world = lent()
    people = world.everyone()
    results = run(world.facts())
    (each,) = results.counted
    assert (people[each.person], people[each.counted_as]) == ("O", "R")
    assert (each.reason, each.number) == ("payments", "Phone:number")
    assert world.index("W") in each.contacts and world.index("R-user0") in each.contacts
    assert not {world.index(f"friend{n}") for n in range(3)} & set(each.contacts), "of the number, not of O"
    best = {edge.supplier: edge for edge in results.supplies if edge.buyer == world.index("R")}
    assert all(best[world.index(who)].score > 0.5 for who in "WV")
    assert world.index("O") not in {end for edge in results.supplies for end in (edge.supplier, edge.buyer)}


def test_numbers_that_follow_a_lent_one_are_its_users_too() -> None:
    """Trap: the numbers before and after the lent one are counted for the lender, each by itself too little to tell."""
    world = lent("n0", "n1", "n2")
    world.followed = [("n0", "n1", 0.8, 50.0), ("n1", "O", 0.8, 50.0)]
    people = world.everyone()
    assert {(people[e.person], people[e.counted_as], e.number) for e in run(world.facts()).counted} == {
        ("n0", "R", None),
        ("n1", "R", None),
        ("O", "R", "Phone:n2"),
    }


@pytest.mark.parametrize("returned", [False, True])
def test_records_asked_for_a_lent_number_are_its_users(returned: bool) -> None:
    """Trap: the calls of the number came back, and who uses it looks as if nothing of his had been asked for."""
    world = lent()
    facts = world.facts()
    user, owner = world.index("R"), world.index("O")
    facts.asked[user] = False
    facts.coverage = {"Phone:number": [(at(0), at(90))]} if returned else {}
    (each,) = run(world.facts()).counted
    now = counted(facts, (each,))
    assert bool(now.asked[user]) is returned and now.asked[owner]
    assert "Phone:number" in now.refs[user] and now.refs[owner] == [
        "Phone:O",
        "Account:wechat:O",
        "ResidentId:2",
    ]


@pytest.mark.parametrize("why", ["recorded", "judged", "his own", "both"])
def test_a_number_stays_with_who_uses_it_himself(why: str) -> None:
    """Trap: the telephone of a suspect, or one that a word or his own payments say is his, goes to somebody else."""
    world = lent()
    if why in ("recorded", "judged"):
        world.make_known("O", why, "R")
    else:
        mine = {"his own": {"R"}, "both": set[str]()}[why]
        world.pays += [("O", *row[1:]) for row in world.pays if row[0] == "R"]
        world.pays += [(row[0], "O", *row[2:]) for row in world.pays if row[1] == "R"]
        world.pays = [row for row in world.pays if not {row[0], row[1]} & mine]
    assert pairs(world) == set()


def test_a_call_or_two_by_chance_is_nothing() -> None:
    """Trap: somebody who knows the same people, and rings them at any time."""
    world = two_holders()
    world.refs["neighbour"] = ["Phone:neighbour"]
    world.asked.add("neighbour")
    world.unnamed.add("neighbour")
    for who in ("W", "V"):
        paid = [when for a, b, when, *_ in world.pays if (a, b) == ("R", who)][:2]
        for day in range(0, 90, 2):
            world.call("neighbour", who, at(day, 8 + (5 * day) % 14, 37))
        for when in paid:
            world.call("neighbour", who, when - 9 * MINUTE)
    assert pairs(world) == {("number", "R", "payments")}
