"""How one world behaves: every habit is drawn from a wide range, so that no two seeds are alike."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass
class Habits:
    """Settings of one world; shares are probabilities, lags are minutes."""

    days: int
    networks: int
    depth: int  # layers above the retailer
    retailers: tuple[int, int]
    customers: tuple[int, int]
    peak_hour: float
    spread: float
    price: float  # yuan of one portion, median over sellers
    odd_prices: bool
    margin: float  # what a layer pays of what it takes
    lot: tuple[int, int]  # portions a retailer takes at once
    rings: float  # a deal is talked about on the phone
    rings_after: float  # of these, only afterwards
    lag: float
    cash: float
    bank: float
    straw: float  # a seller above the street is paid on another's account
    street_straw: float
    phone_life: int | None
    sideways: float  # a retailer takes a few portions from another one
    bystanders: float  # size of what family, lenders, bookmakers get, against the supplier
    bystander_rings: float
    lies: float
    speaks: float
    second_round: float
    lost: float
    registered: float
    marks: float  # share of goods with a laboratory batch
    familiar: bool = False  # honest trades that live half off the scene had their books asked for too


def draw(preset: str, rng: Random) -> Habits:
    """Habits of one world; ``preset`` turns them as its name says."""
    habits = Habits(
        days=rng.randint(180, 320),
        networks=rng.randint(4, 6),
        depth=rng.choice((1, 2, 2, 3)),
        retailers=(3, rng.randint(5, 8)),
        customers=(3, rng.randint(7, 12)),
        peak_hour=rng.uniform(17, 25),
        spread=rng.uniform(2.0, 5.0),
        price=rng.choice((80, 100, 150, 200, 250, 300, 400)) * 1.0,
        odd_prices=False,
        margin=rng.uniform(0.5, 0.75),
        lot=(rng.randint(6, 12), rng.randint(16, 40)),
        rings=rng.uniform(0.6, 0.95),
        rings_after=rng.uniform(0.0, 0.3),
        lag=rng.uniform(6, 35),
        cash=rng.uniform(0.05, 0.35),
        bank=rng.uniform(0.02, 0.3),
        straw=rng.uniform(0.05, 0.35),
        street_straw=rng.uniform(0.0, 0.08),
        phone_life=None,
        sideways=rng.uniform(0.0, 0.12),
        bystanders=rng.uniform(0.2, 0.6),
        bystander_rings=rng.uniform(0.05, 0.25),
        lies=rng.uniform(0.02, 0.15),
        speaks=rng.uniform(0.25, 0.6),
        second_round=rng.uniform(0.65, 0.9),
        lost=0.0,
        registered=rng.uniform(0.3, 0.6),
        marks=rng.uniform(0.0, 0.4),
    )
    if preset == "shifted":
        habits.peak_hour, habits.odd_prices = rng.uniform(8, 14), True
        habits.rings_after, habits.lag = rng.uniform(0.65, 0.9), rng.uniform(20, 55)
        habits.lot = (20, 45)
    elif preset == "sparse":
        habits.lost, habits.second_round = 0.25, rng.uniform(0.15, 0.3)
    elif preset == "adversarial":
        habits.straw, habits.street_straw = 0.9, 0.4
        habits.phone_life, habits.sideways = 45, 0.3
        habits.bystanders, habits.bystander_rings = 1.0, rng.uniform(0.2, 0.4)
        habits.lies = 0.45
    elif preset == "neighbours":
        habits.familiar = True
    return habits
