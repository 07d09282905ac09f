"""Holders of one name, or of numbers that follow each other: counted as one person where that is likely, and only there."""

from __future__ import annotations

import pytest

from backend.analysis.identity.counting import counted
from backend.analysis.identity.same_holder import counted_as
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer

NAME = "太叔测雨"


def split(**kinds: str) -> Tiny:
    """A wholesaler who stands in the files as a wallet, a card and a number, between dealer R and boss."""
    refs = {"wallet": "Account:wechat:w", "card": "Account:card:c", "phone": "Phone:p", **kinds}
    world = Tiny(
        refs={who: [ref] for who, ref in refs.items()}, called=dict.fromkeys(refs, NAME), asked={"wallet"}
    )
    dealer(world, "R")
    for k, day in enumerate(range(3, 90, 5)):
        when = at(day + k % 3, 15 + k % 3, 11)
        world.call("R", "phone", when - 7 * MINUTE)
        world.pay("R", "wallet" if k % 3 else "card", when, (1800, 3600, 2700)[k % 3])
    for k, day in enumerate(range(5, 90, 9)):
        when = at(day + k % 4, 17, 20)
        world.call("phone", "boss", when - 9 * MINUTE)
        world.pay("card" if k % 2 else "wallet", "boss", when, (6000, 9000, 7500)[k % 3])
    return world


def pairs(world: Tiny) -> set[tuple[str, str]]:
    people = world.everyone()
    return {(people[each.person], people[each.counted_as]) for each in counted_as(world.facts())}


def test_wallet_card_and_number_of_one_name_are_counted_as_one() -> None:
    """Trap: calls to the number, money to the card and the wallet: no way up leads through any of them."""
    world = split()
    (whole,) = {to for _, to in pairs(world)}
    assert {who for who, _ in pairs(world)} | {whole} == {"wallet", "card", "phone"}
    results = run(world.facts())
    way = tuple(world.index(name) for name in ("R", whole, "boss"))
    assert way in {chain.persons for chain in results.cases[0].chains}
    assert {each.counted_as for each in results.counted} == {world.index(whole)}
    people = world.everyone()
    for each in results.counted:
        assert {people[contact] for contact in each.contacts} <= {"R", "boss"} and each.contacts
    boss = world.index("boss")
    best = max(results.supplies, key=lambda edge: edge.score if edge.supplier == boss else 0.0)
    assert best.count == sum(to == "boss" for _, to, *_ in world.pays), "all he paid, from whichever account"
    world.called = {}
    without = [
        edge.count for edge in run(world.facts()).supplies if (edge.supplier, edge.payee) == (boss, None)
    ]
    assert max(without, default=0) < best.count


def test_events_are_counted_once_and_none_with_himself() -> None:
    """Trap: a payment from his wallet to his card as a supply of himself; rows lost or doubled."""
    world = split()
    world.pay("wallet", "card", at(50, 12), 500)
    facts = world.facts()
    found = counted_as(facts)
    whole = counted(facts, found)
    assert len(whole.payments) == len(facts.payments) - 1
    assert len(whole.payments.evidence) == len(whole.payments.at) == len(whole.payments.a_ref)
    assert not (whole.payments.a == whole.payments.b).any()
    assert len(whole.calls) == len(facts.calls)
    assert {ref for held in whole.refs for ref in held} == {ref for held in facts.refs for ref in held}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"wallet": "Account:card:w"}, "two cards are of two persons as likely as of one"),
        ({"card": "Account:wechat:c"}, "two wallets of one firm"),
    ],
)
def test_two_of_a_kind_are_two_persons(change: dict[str, str], why: str) -> None:
    """Trap: two men of a common name who both buy from one dealer taken for one."""
    assert ("wallet", "card") not in pairs(split(**change)) and ("card", "wallet") not in pairs(
        split(**change)
    ), why


def test_two_resident_ids_are_never_counted_as_one() -> None:
    """Trap: two persons known to the squad, of one name, made one by a common friend."""
    world = split()
    for n, who in enumerate(("wallet", "card")):
        world.refs[who] = [*world.refs[who], f"ResidentId:{n}"]
    assert not {("wallet", "card"), ("card", "wallet")} & pairs(world)


def test_what_was_judged_different_stays_apart() -> None:
    """Trap: a person's word overruled by the next run, directly or by way of a third holder."""
    world = split()
    world.apart.add(("card", "wallet"))
    found = pairs(world)
    assert found, "the number still goes with one of them"
    together = [{who for who, to in found if to == whole} | {whole} for whole in {to for _, to in found}]
    assert all(not {"card", "wallet"} <= hand for hand in together)


def test_a_common_name_needs_more_than_one_contact_in_common() -> None:
    """Trap: four holders called 张伟 who all once paid the same dealer."""
    world = Tiny()
    dealer(world, "R")
    for n, kind in enumerate(("Account:wechat", "Account:card", "Account:alipay", "Phone")):
        who = f"z{n}"
        world.refs[who], world.called[who] = [f"{kind}:{n}"], "张伟"
        world.pay(who, "R", at(10 + n, 12), 300)
    assert not pairs(world)
    for n in (0, 1):
        world.pay(f"z{n}", "friend", at(20 + n, 12), 50)
    assert pairs(world) == {("z1", "z0")}


@pytest.mark.parametrize("name", ["太**", "小雨", None, "测试通讯有限公司", "A"])
def test_only_a_full_name_counts(name: str | None) -> None:
    """Trap: masked names, none at all, and firms."""
    world = split()
    world.called = dict.fromkeys(world.called, name) if name else {}
    if name == "小雨":  # a full name as far as one can see: two characters
        assert pairs(world)
    else:
        assert not pairs(world)


def test_a_platform_in_common_says_nothing() -> None:
    """Trap: everybody pays through the same platform."""
    world = Tiny(refs={"a": ["Account:wechat:a"], "b": ["Account:card:b"]}, called={"a": NAME, "b": NAME})
    world.platforms.add("shop")
    for who in ("a", "b"):
        world.pay(who, "shop", at(1, 12), 20)
    assert not pairs(world)


def changing(**held: list[str]) -> Tiny:
    """A supplier who changes his number every month; each number rings and is rung by R and Q."""
    numbers = {f"n{k}": [f"Phone:{k}"] for k in range(3)}
    world = Tiny(refs={**numbers, **held}, unnamed=set(numbers) - set(held))
    for k in range(3):
        for end in ("R", "Q"):
            world.call(end, f"n{k}", at(30 * k + 5, 12))
    world.followed = [("n0", "n1", 0.8, 12.0), ("n1", "n2", 0.8, 12.0)]
    return world


def test_numbers_that_follow_each_other_are_one_person() -> None:
    """Trap: a supplier with a new number every month is three strangers with two deals each."""
    assert pairs(changing()) == {("n1", "n0"), ("n2", "n0")}
    found = counted_as(changing().facts())
    assert {each.reason for each in found} == {"number"} and all(len(each.contacts) == 2 for each in found)


def test_a_number_goes_to_the_holder_known_by_more() -> None:
    """Trap: the wallet's holder counted for a bare number, so that nobody finds him by his name."""
    assert pairs(changing(n1=["Phone:1", "Account:wechat:w"])) == {("n0", "n1"), ("n2", "n1")}


def test_a_number_registered_to_a_name_and_nothing_more_stays_his() -> None:
    """Trap: a number bought under a stranger's name makes the stranger the supplier for all the others."""
    assert pairs(changing(n1=["Phone:1", "ResidentId:5"])) == set()


def test_a_number_is_used_by_who_used_the_one_before_whoever_it_is_registered_to() -> None:
    """Trap: half of a dealer's numbers are bought in strangers' names, and the stranger stands in the chain."""
    world = changing(n0=["Phone:0", "Account:wechat:a"], n1=["Phone:1", "ResidentId:5", "Sim:7"])
    world.followed = [("n0", "n1", 0.8, 50.0), ("n1", "n2", 0.8, 50.0)]
    assert pairs(world) == {("n1", "n0"), ("n2", "n0")}


@pytest.mark.parametrize("why", ["recorded", "registered", "at large", "two numbers", "account", "judged"])
def test_a_person_known_for_himself_is_never_counted_for_another(why: str) -> None:
    """Trap: a user whose number a dealer took over has the dealer's sales on his record, or loses his own."""
    world = changing(n0=["Phone:0", "Account:wechat:a"], n1=["Phone:1", "ResidentId:5"])
    world.followed = [("n0", "n1", 0.8, 50.0)]
    world.involve("n0", world.case("A990001"))
    assert pairs(world) == {("n1", "n0")}
    world.make_known("n1", why, "n0")
    assert pairs(world) == set()


def test_two_who_are_known_by_more_are_not_joined_by_a_number_between() -> None:
    """Trap: two known dealers one after the other on one number become one."""
    world = changing(n0=["Phone:0", "Account:wechat:a"], n2=["Phone:2", "Account:wechat:b"])
    assert pairs(world) in ({("n1", "n0")}, {("n1", "n2")})


@pytest.mark.parametrize(("share", "lead"), [(0.2, 12.0), (0.8, 1.0)])
def test_a_weak_succession_is_a_question_and_no_more(share: float, lead: float) -> None:
    """Trap: two numbers that both ring the taxi rank."""
    world = changing()
    world.followed = [("n0", "n1", share, lead)]
    assert not pairs(world)


def test_numbers_judged_different_stay_apart() -> None:
    """Trap: a person's word overruled by way of the number between."""
    world = changing()
    world.apart.add(("n0", "n2"))
    together = {frozenset(pair) for pair in pairs(world)}
    assert together in ({frozenset(("n0", "n1"))}, {frozenset(("n1", "n2"))})
