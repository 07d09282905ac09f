"""Honest people whom many pay."""

from __future__ import annotations

from random import Random

from backend.demo.behaviour import PRESETS
from backend.demo.invented import Inventor
from backend.demo.market import Market
from backend.demo.organisations import found_organisations
from backend.demo.people import populate
from backend.demo.police import Police
from backend.demo.receivers import DEALERS, TRUSTED, USERS, trusted_receivers
from backend.demo.world import World


def test_twelve_honest_trades_live_off_people_on_record() -> None:
    """Trap: every honest receiver has customers of whom nothing is known, so nobody sees what a user's lender is taken for."""
    world = World(PRESETS["neighbours"], 5, 0.2, Inventor(Random("5/neighbours/identifiers")))
    populate(world)
    found_organisations(world)
    caught = sorted({s.person for case in Police(world, Market(world)).run() for s in case.suspects})
    circles = {
        USERS: {habit.person for habit in world.habits},
        DEALERS: {pid for pid in caught if pid in world.dealers},
    }
    assert {trade.name for trade, _ in TRUSTED} >= {
        "lawyer",
        "card_room",
        "counsellor",
        "pharmacy",
        "dealers_driver",
    }
    for (receiver, led), (_, circle) in zip(trusted_receivers(world, caught), TRUSTED, strict=True):
        payers = {p.payer for p in world.payments if p.payee == receiver}
        assert led in world.dealers
        assert receiver not in circles[USERS] | set(world.dealers)
        assert 2 <= len(payers & circles[circle]) < len(payers)
