"""Money to one name, calls to another: the one called supplies, the account's holder collects."""

from __future__ import annotations

from backend.analysis.results import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer, restock


def third_name() -> Tiny:
    world = Tiny(refs={"boss": ["Phone:boss"], "till": ["Account:wechat:till"]})
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
