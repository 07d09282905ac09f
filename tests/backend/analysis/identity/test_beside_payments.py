"""Numbers that talk beside the payments of two accounts belong to who pays, whoever they are registered to."""

from __future__ import annotations

import numpy as np
import pytest

from backend.analysis.arrays.channel import channel
from backend.analysis.identity import beside_payments as beside
from backend.analysis.identity.beside_payments import numbers_beside
from backend.analysis.pipeline import run
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer


def split(payers: int = 2) -> Tiny:
    """Payers of whom only accounts are known, the till they pay, and behind it the boss, rung from numbers nobody holds."""
    refs = {"till": ["Account:wechat:till"], "boss": ["Phone:boss", "Account:card:boss"]}
    for n in range(payers):
        refs |= {f"P{n}": [f"Account:wechat:P{n}"], f"burner{n}": [f"Phone:burner{n}"]}
    world = Tiny(refs=refs, unnamed={f"burner{n}" for n in range(payers)})
    for n in range(payers):
        world.involve(f"P{n}", world.case(f"A99000{n}"))
        for k, day in enumerate(range(n, 90, 5)):
            when = at(day, 11 + (k * 7 + n * 3) % 11, 13 * k % 60)
            world.call(f"burner{n}", "boss", when - 25 * MINUTE)
            world.pay(f"P{n}", "till", when, 3000 + 500 * (k % 3))
    world.asked |= {"boss"}
    return world


def found(world: Tiny) -> set[tuple[str, str, str]]:
    facts = world.facts()
    names = facts.person_ids
    standing = np.array([name.startswith("P") or name == "R" for name in names], dtype=bool)
    pairs = numbers_beside(
        facts, channel("payments", facts.payments), channel("calls", facts.calls), standing
    )
    return {
        (names[a], names[x], names[y])
        for a, x, y in zip(pairs.payer.tolist(), pairs.number.tolist(), pairs.other.tolist(), strict=True)
    }


def test_the_number_beside_the_payments_is_the_payers() -> None:
    """Trap: money and calls of one man stand as two, so nobody is seen behind the account he pays."""
    world = split()
    assert found(world) == {("P0", "burner0", "boss"), ("P1", "burner1", "boss")}
    first = next(e for e in run(world.facts()).supplies if e.buyer == world.index("P0"))
    assert (first.supplier, first.payee) == (world.index("boss"), world.index("till"))


def test_what_is_looked_at_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: payments times calls of a county fill the memory; those with most payments are looked at first."""
    world = split()
    for k in range(6):
        world.pay("P0", "till", at(3 + 14 * k, 9), 900)
    monkeypatch.setattr(beside, "MOST", 30)
    assert {payer for payer, *_ in found(world)} == {"P0"}
    monkeypatch.setattr(beside, "MOST", 0)
    assert not found(world)


def test_a_runner_rung_after_every_sale_is_no_customer() -> None:
    """Trap: the payee rings his runner after each payment, and the runner's number becomes the payer's."""
    world = Tiny(refs={"errand": ["Phone:errand"]}, unnamed={"errand"})
    dealer(world, "R")
    for _, _, when, *_ in list(world.pays):
        world.call("R", "errand", when + 9 * MINUTE)
    assert not found(world)


def test_a_pair_that_talks_all_day_is_beside_nothing() -> None:
    """Trap: two who ring each other every hour are near each payment of anybody."""
    world = split(1)
    world.calls.clear()
    for day in range(90):
        for hour in range(8, 24):
            world.call("burner0", "boss", at(day, hour, 7 * day % 60))
    assert not found(world)
