"""Chains: time-respecting, with evidence, reaching what they should and nothing else; and what to ask for
next.
"""

from __future__ import annotations

import itertools

import pytest

from backend.analysis.chains.search import search
from backend.analysis.chains.steps import UpwardStep
from backend.analysis.model.chains import Hop
from backend.analysis.model.results import Results
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import DAY, Tiny, at, dealer, restock


def two_buyers() -> Tiny:
    """R and Q buy from W, of whom nothing else is known."""
    world = Tiny()
    dealer(world, "R")
    restock(world, "R", "W")
    dealer(world, "Q")
    restock(world, "Q", "W", yuan=2200)
    return world


def line(top: str = "O", account: str | None = None) -> Tiny:
    """R buys from W, W from ``top``; W stands in a major case, O is wanted."""
    world = two_buyers()
    major = world.case("A99major", "major", at(88), grams=300)
    world.involve("W", major, when=at(88))
    restock(world, "W", top, account, yuan=9000)
    world.fugitives.add("O")
    return world


@pytest.fixture
def results() -> tuple[Tiny, Results]:
    world = line()
    return world, run(world.facts())


def test_reaches_the_major_case_the_fugitive_and_the_organiser(results: tuple[Tiny, Results]) -> None:
    """Trap: stopping at the first supplier, or at the person of the major case."""
    world, found = results
    chain = found.cases[0].chains[0]
    assert chain.persons == tuple(world.index(name) for name in ("R", "W", "O"))
    assert chain.reaches == (2,)
    assert chain.fugitives == (world.index("O"),)
    assert len(chain.organiser_of) == 1
    assert chain.strength == min(hop.score for hop in chain.hops) == chain.hops[chain.weakest].score


def test_one_chain_to_each_end() -> None:
    """Trap: three ways to one person fill the list, and where else the goods may come from is not seen."""
    world = line()
    restock(world, "R", "Q", yuan=1100)
    restock(world, "W", "other O", yuan=7000)
    for case in run(world.facts()).cases:
        ends = [chain.persons[-1] for chain in case.chains]
        assert len(ends) == len(set(ends))
    assert {world.index("O"), world.index("other O")} <= {
        chain.persons[-1] for chain in run(world.facts()).cases[0].chains
    }


@pytest.mark.parametrize("unknown", ["another", "lawyer", "other O", "someone"])
def test_of_two_ways_on_the_one_to_somebody_on_record_leads(unknown: str) -> None:
    """Trap: both are as sure as the major case they pass, and the first one shown ends with whoever a hash puts first."""
    world = line()
    restock(world, "W", unknown, "his cousin", yuan=11_000)
    first, second = run(world.facts()).cases[0].chains[:2]
    assert first.score == second.score
    assert first.persons[-1] == world.index("O")
    assert second.persons[-1] == world.index(unknown)


@pytest.mark.parametrize(("account", "first"), [(None, "W"), ("a cousin", "lawyer")])
def test_a_lawyer_paid_to_his_own_account_ends_no_chain(account: str | None, first: str) -> None:
    """Trap: a wholesaler who pays his lawyer leads to the lawyer; or whoever hides behind another's account is lost as well."""
    world = line("lawyer", account)
    ends = [world.everyone()[chain.persons[-1]] for chain in run(world.facts()).cases[0].chains]
    assert ends[0] == first
    assert "lawyer" in ends, "told after the others"


def test_where_a_chain_ends_counts() -> None:
    """Trap: a sure way to somebody nobody knows passes for a way to the major case, and stands above it."""
    chain = run(two_buyers().facts()).cases[0].chains[0]
    assert not chain.reaches and not chain.fugitives
    arrived = run(line().facts()).cases[0].chains[0]
    assert 0 < chain.score < arrived.score - 0.3, "the same first hop, but this one leads to a major case"
    assert 0.5 < arrived.score < 1


def test_every_hop_names_rows_of_its_own_two_persons(results: tuple[Tiny, Results]) -> None:
    """Trap: evidence of another pair is shown because indices were mixed up."""
    world, found = results
    facts = world.facts()
    channels = {"pays": facts.payments, "calls": facts.calls}
    for hop in found.cases[0].chains[0].hops:
        assert hop.evidence
        for row in hop.evidence:
            name, _, at_row = row.split("/")
            events = channels[name]
            assert {events.a[int(at_row)], events.b[int(at_row)]} == {hop.start, hop.end}


def test_hops_respect_time(results: tuple[Tiny, Results]) -> None:
    """Trap: an upline who began to deliver only after the last sale cannot have supplied it."""
    _, found = results
    for case in found.cases:
        for chain in case.chains:
            dated = [h for h in chain.hops if h.first is not None and h.last is not None]
            for below, above in itertools.pairwise(dated):
                assert above.first is not None and below.last is not None and above.first <= below.last


def test_what_began_later_carries_no_chain() -> None:
    """Trap: O starts to supply W after W has stopped supplying R."""

    def step(to: int, start: int, stop: int) -> UpwardStep:
        hop = Hop("supply", 0, to, start * DAY, stop * DAY, 5, 100, 0.9, ("x/-/1",))
        return UpwardStep(to, 0.9, start * DAY, stop * DAY, (hop,))

    steps = {0: (step(1, 10, 50),), 1: (step(2, 60, 90), step(3, 5, 40))}
    ways = [found.persons for found in search((0,), None, steps)]
    assert ways == [(0, 1, 3)]
    assert not list(search((0,), 4 * DAY, steps))


def test_unrelated_cases_do_not_chain() -> None:
    """Trap: shared lender, shop, gambling agent and friends join everybody with everybody."""
    world = line()
    dealer(world, "lone")
    restock(world, "lone", "nobody else's supplier")
    for who in ("lone", "R", "W"):
        for day in range(0, 90, 6):
            world.pay(who, "gambling", at(day, 23), 1500)
            world.pay("gambling", who, at(day + 1, 1), 900)
            world.pay(who, "shop", at(day, 12), 18.8)
            world.pay(who, "lender", at(day, 14), 1200)
            world.call(who, "mutual friend", at(day, 13))
        world.pay("lender", who, at(0, 9), 18_000)
    found = run(world.facts())
    lone = next(c for c in found.cases if found and world.cases[c.case].case_no == world.cases[3].case_no)
    assert all(not chain.reaches for chain in lone.chains)
    assert all(world.index("W") not in chain.persons for chain in lone.chains)


def test_a_false_statement_reaches_no_case() -> None:
    """Trap: a seller whose returns show nothing of the kind names somebody of another case."""
    world = line()
    dealer(world, "liar")
    restock(world, "liar", "his own supplier")
    world.say("liar", "W")
    case = run(world.facts()).cases[3]
    assert case.chains and all(not chain.reaches for chain in case.chains)


def test_a_statement_carries_a_weak_hop_where_no_return_could_bear_it_out() -> None:
    """Trap: dropping all statements loses the only clue of a case without any return."""
    world = line()
    case = world.case("A99silent", when=at(89))
    world.involve("mute", case, when=at(89))
    world.asked.discard("mute")
    world.say("mute", "W")
    chains = run(world.facts()).cases[case].chains
    assert chains[0].hops[0].kind == "statement"
    assert chains[0].strength <= 0.5


def test_same_batch_leads_to_who_had_more_of_it() -> None:
    """Trap: goods flow down; the holder of less is no source."""
    world = Tiny()
    small = world.case("A99small", when=at(50))
    big = world.case("A99big", "major", at(52), grams=500)
    world.involve("R", small)
    world.involve("W", big)
    world.seize("R", small, at(50), 2.0, "B7")
    world.seize("W", big, at(52), 480.0, "B7")
    world.call("R", "friend", at(3))
    found = run(world.facts())
    assert [h.kind for h in found.cases[0].chains[0].hops] == ["same_batch"]
    assert found.cases[0].chains[0].reaches == (1,)
    assert found.cases[1].chains == ()


def test_asks_for_what_was_not_asked_for(results: tuple[Tiny, Results]) -> None:
    """Trap: asking again for a return that is already there."""
    world = line()
    world.coverage = {
        f"{kind}:{who}": [(at(0), at(100))] for who in ("R", "W") for kind in ("Phone", "Account:wechat")
    }
    chain = run(world.facts()).cases[0].chains[0]
    assert {a.holder for a in chain.ask_for} == {world.index("O")}
    assert {a.identifier for a in chain.ask_for} == {"Phone:O", "Account:wechat:O"}
    ask = chain.ask_for[0]
    assert ask.hop == 1 and ask.first is not None and ask.last is not None
    assert ask.first < chain.hops[1].first < chain.hops[1].last < ask.last


def test_a_case_without_chain_says_what_is_missing() -> None:
    """Trap: an empty list that does not tell whether anything was looked at."""
    world = Tiny()
    case = world.case("A99empty", when=at(5))
    world.involve("R", case)
    world.asked.discard("R")
    world.call("x", "y", at(1))
    result = run(world.facts()).cases[0]
    assert result.chains == ()
    assert "R" in result.checked[0]
    assert {a.identifier for a in result.missing} == {"Phone:R", "Account:wechat:R"}


def test_a_name_without_number_is_not_asked_for() -> None:
    """Trap: a request for an account of which only its holder's name is known; a wallet id may contain an
    @ as well.
    """
    world = line()
    world.refs = {"O": ["Account:other:张某@0123456789ab", "Account:tenpay:085e9858e@wx.tenpay.com"]}
    chain = run(world.facts()).cases[0].chains[0]
    assert [a.identifier for a in chain.ask_for if a.holder == world.index("O")] == [
        "Account:tenpay:085e9858e@wx.tenpay.com"
    ]
