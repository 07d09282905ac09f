"""Regular dealings: who pays and rings somebody again and again with no drug fact that bears on it."""

from __future__ import annotations

from backend.analysis.pipeline import run
from tests.backend.analysis.supply.test_signals import customers
from tests.backend.analysis.tiny import MINUTE, Tiny, at, dealer


def regular(world: Tiny) -> set[tuple[str, str]]:
    """Receiver and payer of each pair with regular dealings."""
    names, pairs = world.everyone(), run(world.facts()).unlikely
    return {
        (names[pairs.supplier[i]], names[pairs.buyer[i]])
        for i in range(len(pairs.regular))
        if pairs.regular[i]
    }


def rides(world: Tiny, payer: str, driver: str, times: int, rung: int) -> None:
    """So many payments, the first of them with a call before."""
    for n in range(times):
        world.pay(payer, driver, at(3 * n + 1, 22), 30)
        if n < rung:
            world.call(payer, driver, at(3 * n + 1, 22) - 5 * MINUTE)


def test_fares_are_regular_dealings_and_no_supplies() -> None:
    """Trap: what is no supply any more is gone from sight; or is told although it is claimed as a supply."""
    world = Tiny()
    dealer(world, "R")
    customers(world, "driver", 12, 0)
    found, claimed = regular(world), run(world.facts()).supplies
    assert {("driver", f"driver-c{n}") for n in range(12)} <= found
    names = world.everyone()
    assert not found & {(names[edge.supplier], names[edge.buyer]) for edge in claimed}
    assert not {pair for pair in found if "R" in pair}, "who deals is told by supplies"


def test_a_user_and_his_driver_deal_regularly() -> None:
    """Trap: one user makes nobody a supplier, and so his rides are told nowhere."""
    world = Tiny(registered={"user"}, asked={"user"})
    rides(world, "user", "driver", 20, 20)
    assert regular(world) == {("driver", "user")}


def test_few_payments_or_few_calls_are_everybodys() -> None:
    """Trap: whoever paid once after a call stands on a list about him."""
    for times, rung, expected in ((3, 3, False), (4, 1, False), (4, 2, True)):
        world = Tiny(asked={"driver"})
        rides(world, "payer", "driver", times, rung)
        assert (("driver", "payer") in regular(world)) is expected, (times, rung)


def test_nobody_deals_with_a_platform_nor_by_another_mans_account() -> None:
    """Trap: the till of a taxi company as a person; payments to a third account counted between the two who ring."""
    world = Tiny(asked={"payer", "driver"}, platforms={"till"})
    rides(world, "payer", "till", 12, 12)
    for n in range(12):
        world.pay("payer", "account", at(3 * n + 1, 12), 30)
        world.call("payer", "driver", at(3 * n + 1, 12) - 5 * MINUTE)
    assert regular(world) == set()


def test_a_supply_the_other_way_is_told_as_supply_alone() -> None:
    """Trap: a dealer pays his customer back for rides; the two stand under supplies and under regular dealings at once."""
    world = Tiny()
    dealer(world, "R")
    for day in range(1, 90, 4):
        world.call("R-user0", "R", at(day, 20) - 9 * MINUTE)
        world.pay("R-user0", "R", at(day, 20), 300)
    rides(world, "R", "R-user0", 20, 20)
    assert not regular(world) & {("R-user0", "R"), ("R", "R-user0")}
