"""Ordinary people with many payers, whose returns were asked for because somebody in custody had paid them.

What they take is paid again and again, often after a call, and has nothing to do with drugs: rides, bets, rent, loans,
breakfasts, haircuts, lessons, mahjong, parcels, medicine. Each has some registered users among his customers, as any trade
has; nobody of an organisation is kept away from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from backend.demo.people import newcomer
from backend.demo.world import DAY, DAYS, World

_DAY = (0, 0, 0, 0, 0, 1, 4, 7, 8, 8, 8, 7, 5, 6, 7, 7, 7, 7, 6, 5, 3, 2, 1, 0)
_EVE = (4, 2, 1, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 4, 4, 4, 4, 5, 7, 9, 10, 10, 9, 7)
_DAWN = (0, 0, 0, 0, 0, 3, 9, 10, 8, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Trade:
    """How the customers of one receiver deal with him; sums in yuan, gaps in days."""

    name: str
    payers: tuple[int, int]
    gap: tuple[float, float]  # mean days from one payment of a customer to his next
    low: int
    high: int
    step: int
    rings: float  # share of the payments with a call or text around them
    before: float = 0.85  # of these, before the payment
    his: float = 0.1  # share of these calls the receiver makes
    back: float = 0.0  # share of the money that comes back
    idle: float = 0.0  # calls per customer and day that go with no payment
    text: float = 0.0  # share of the calls that are messages
    hours: tuple[int, ...] = _DAY
    memo: tuple[str, ...] = ("",)


TRADES = (
    Trade("bets", (35, 60), (2, 9), 50, 1500, 50, 0.65, 0.9, 0.15, back=0.15, hours=_EVE),
    Trade("bets_one_way", (35, 60), (3, 10), 100, 800, 100, 0.7, 0.9, 0.1, back=0.02, hours=_EVE),
    Trade("driver", (40, 60), (4, 14), 10, 90, 5, 0.9, 1.0, 0.02, hours=_EVE),
    Trade("private_car", (25, 45), (6, 20), 50, 300, 10, 0.9, 1.0, 0.05),
    Trade("lender", (25, 45), (7, 15), 200, 3000, 100, 0.55, 0.8, 0.75),
    Trade("landlord", (15, 40), (30, 31), 400, 1800, 50, 0.4, 0.9, 0.6, memo=("", "房租")),
    Trade("breakfast", (40, 60), (1.5, 5), 4, 20, 1, 0.03, hours=_DAWN),
    Trade("group_buying", (30, 60), (2, 7), 15, 160, 1, 0.5, 0.6, 0.3, text=0.8, memo=("", "团购", "接龙")),
    Trade("tutor", (12, 25), (7, 8), 150, 400, 50, 0.4, 0.7, 0.4, idle=0.03, memo=("", "课时费")),
    Trade("hairdresser", (30, 50), (20, 40), 30, 300, 10, 0.7, 1.0, 0.05),
    Trade("mahjong", (20, 40), (3, 9), 20, 300, 10, 0.7, 0.8, 0.4, back=0.25, idle=0.03, hours=_EVE),
    Trade("courier", (30, 60), (5, 18), 8, 40, 1, 0.7, 0.9, 0.6),
    Trade("clinic", (25, 45), (10, 30), 50, 400, 10, 0.7, 1.0, 0.05),
    Trade("water", (30, 60), (8, 16), 20, 100, 10, 0.85, 1.0, 0.05),
    Trade("shop", (40, 60), (2, 8), 5, 200, 1, 0.15, 0.8, 0.1),
    Trade("kitchen", (25, 45), (3, 9), 15, 90, 1, 0.8, 0.95, 0.05, text=0.4, hours=_EVE),
    Trade("phone_cards", (20, 40), (15, 32), 50, 200, 50, 0.75, 0.9, 0.1),
)
USERS, DEALERS = "users", "dealers"
TRUSTED = (
    (Trade("rider", (15, 25), (3, 10), 8, 30, 1, 0.9, 1.0, 0.02, hours=_EVE), USERS),
    (Trade("usurer", (6, 12), (6, 12), 200, 1000, 100, 0.6, 0.8, 0.75), USERS),
    (Trade("lawyer", (6, 12), (15, 35), 2000, 8000, 500, 0.85, 0.9, 0.3), DEALERS),
    (Trade("day_rooms", (12, 20), (4, 12), 80, 240, 20, 0.85, 0.95, 0.1, hours=_EVE), USERS),
    (Trade("card_room", (14, 24), (3, 9), 50, 300, 10, 0.7, 0.8, 0.4, idle=0.03, hours=_EVE), USERS),
    (Trade("counsellor", (8, 14), (6, 9), 150, 400, 50, 0.6, 0.7, 0.4), USERS),
    (Trade("pharmacy", (15, 30), (6, 20), 40, 300, 5, 0.6, 1.0, 0.05), USERS),
    (Trade("substitute_clinic", (15, 30), (1, 3), 10, 20, 10, 0.1, 0.9, 0.3), USERS),
    (Trade("users_landlord", (8, 14), (30, 31), 500, 1500, 50, 0.5, 0.8, 0.6, memo=("", "房租")), USERS),
    (Trade("night_stall", (18, 30), (2, 6), 12, 60, 1, 0.4, 0.9, 0.1, hours=_EVE), USERS),
    (Trade("dealers_driver", (6, 12), (5, 15), 100, 400, 20, 0.9, 1.0, 0.05), DEALERS),
    (Trade("guarantor", (4, 8), (12, 30), 1000, 5000, 500, 0.7, 0.8, 0.4), DEALERS),
)
"""Trades half of whose customers use drugs or deal."""


def found_receivers(world: World, caught: list[int]) -> list[tuple[int, int]]:
    """Seven to ten receivers with their customers' calls and payments; each with the one of ``caught`` who led to him."""
    rng = world.rng("receivers")
    if not caught:
        return []
    found = []
    count = max(2, round(rng.randint(7, 10) * min(world.size, 1.0)))
    crowd = [k for k, person in enumerate(world.people) if person.occupation != "none"]
    for trade in rng.sample(TRADES, count):
        receiver = newcomer(world, rng, 25, 60)
        led = rng.sample(caught, min(len(caught), rng.choice((1, 1, 2, 3))))
        others = rng.sample(crowd, min(len(crowd), rng.randint(*trade.payers)))
        for payer in dict.fromkeys([*led, *others]):
            _deal(world, rng, trade, payer, receiver)
        found.append((receiver, led[0]))
    return found


def trusted_receivers(world: World, caught: list[int]) -> list[tuple[int, int]]:
    """One receiver of each of ``TRUSTED``, half of whose customers use drugs or deal; each with who led to him."""
    rng = world.rng("trusted")
    dealers = [pid for pid in caught if pid in world.dealers]
    if not dealers:
        return []
    found = []
    circles = {USERS: sorted({habit.person for habit in world.habits}), DEALERS: dealers}
    crowd = [k for k, person in enumerate(world.people) if person.occupation != "none"]
    for trade, name in TRUSTED:
        receiver, circle = newcomer(world, rng, 25, 60), circles[name]
        led, count = rng.choice(dealers), rng.randint(*trade.payers)
        known = rng.sample(circle, min(len(circle), count // 2))
        for payer in dict.fromkeys([led, *known, *rng.sample(crowd, count - count // 2)]):
            _deal(world, rng, trade, payer, receiver)
        found.append((receiver, led))
    return found


def _deal(world: World, rng: Random, trade: Trade, payer: int, receiver: int) -> None:
    gap = rng.uniform(*trade.gap)
    rings = min(1.0, trade.rings * rng.uniform(0.7, 1.25))
    steady = trade.name in ("landlord", "tutor", "users_landlord")
    usual = _sum(rng, trade)
    at, last = rng.uniform(0, DAYS / 2), rng.uniform(DAYS / 2, DAYS)
    while at < last:
        moment = int(at) * DAY + rng.choices(range(24), trade.hours)[0] * 3600 + rng.randrange(3600)
        yuan = usual if steady and rng.random() < 0.9 else _sum(rng, trade)
        back = rng.random() < trade.back
        ends = (receiver, payer) if back else (payer, receiver)
        purpose = rng.choice(("转账", "转账", "二维码收付款"))
        world.pay(moment, *ends, yuan * 100, "wallet", purpose, rng.choice(trade.memo))
        if rng.random() < rings and not back:
            _ring(world, rng, trade, payer, receiver, moment)
        if rng.random() < trade.idle * gap:
            _ring(world, rng, trade, payer, receiver, moment + rng.randrange(DAY))
        at += gap if steady else max(0.4, rng.gammavariate(4.0, gap / 4.0))


def _ring(world: World, rng: Random, trade: Trade, payer: int, receiver: int, moment: int) -> None:
    lag = round(rng.expovariate(1 / 900)) + 60
    when = moment - lag if rng.random() < trade.before else moment + lag
    ends = (receiver, payer) if rng.random() < trade.his else (payer, receiver)
    text = rng.random() < trade.text
    world.call(when, *ends, 0 if text else max(4, round(rng.lognormvariate(3.3, 0.7))), text)


def _sum(rng: Random, trade: Trade) -> int:
    root = rng.uniform(trade.low**0.5, trade.high**0.5)
    return max(trade.step, round(root**2 / trade.step) * trade.step)
