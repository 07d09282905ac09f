"""Small invented worlds for the analysis tests: people with habits, what of it was delivered, and the truth.

Every habit is drawn anew per world from wide ranges, so that nothing in the analysis can rest on one setting.
Identity is as good as it is in practice: who was asked about is one holder, everybody else falls apart into
one holder per phone and per account.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from backend.analysis.model.facts import Case, Events, Facts, Involvement, Seizure

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
START = 1_700_006_400_000  # midnight in Beijing
UTC8 = 8 * HOUR


@dataclass
class Habits:
    """Settings of one world; ranges are (least, most)."""

    days: int = 200
    gangs: int = 4
    loners: int = 6
    users: tuple[int, int] = (5, 14)
    restock: tuple[float, float] = (3, 12)
    buy: tuple[float, float] = (2, 9)
    hours: tuple[float, float] = (20, 5)  # centre and spread of retail hours
    prices: tuple[int, ...] = (100, 150, 200, 300, 400, 500)
    call_first: float = 0.85  # chance that a payment goes along with a call
    call_after: float = 0.1  # of these, chance that the call comes after
    delay: float = 15  # minutes, mean
    third: float = 0.35  # chance that a seller above retail uses third-name accounts
    retail_third: float = 0.05
    burner: int = 0  # days a phone lasts, 0 = for good
    cross: float = 0.15
    second_round: float = 0.6
    keep: float = 1.0  # share of rows delivered
    statement: float = 0.35
    false_statement: float = 0.05
    lender: float = 0.3
    gambler: float = 0.3
    decoy_size: float = 0.6  # decoys receive this share of what the supplier does
    decoy_calls: float = 0.15  # chance that a decoy payment has a call
    cash: float = 0.5  # least share of a pair's purchases that is paid on account
    noise: float = 0.5  # how much ordinary life looks like dealing, 0 to 1
    trades: tuple[int, int] = (0, 3)  # people paid regularly for ordinary services
    social_calls: float = 0.3  # chance that a payment among friends or family has one
    shared_users: float = 0.1  # users who also buy from a second seller
    registered: float = 0.5
    major: float = 0.75
    batch: float = 0.35


@dataclass
class World:
    facts: Facts
    who: list[int]  # true person of each holder
    supplies: set[tuple[int, int]]  # (supplier, buyer), true persons
    gangs: list[set[int]]  # without users
    organisers: list[int]
    gang_of: dict[int, int]
    payees: dict[int, int]  # third-name account holder → whom he collects for
    users: set[int]
    packet_cases: dict[int, int]  # case index → gang, -1 for an unrelated one
    major_of: dict[int, set[int]]  # gang → its major cases
    upline: dict[int, list[int]]  # member → suppliers
    arrested: dict[int, list[int]] = field(default_factory=dict)  # case → retailers arrested


def preset(name: str, rng: np.random.Generator) -> Habits:
    """A setting of one of four kinds, jittered."""
    h = Habits()
    h.days = int(rng.integers(150, 300))
    h.gangs = int(rng.integers(3, 6))
    h.loners = int(rng.integers(4, 9))
    h.hours = (float(rng.uniform(18, 24)), float(rng.uniform(2, 5)))
    h.delay = float(rng.uniform(5, 30))
    h.call_first = float(rng.uniform(0.55, 0.92))
    h.restock = (float(rng.uniform(2, 5)), float(rng.uniform(6, 16)))
    h.third = float(rng.uniform(0.15, 0.5))
    h.cross = float(rng.uniform(0.05, 0.3))
    h.lender, h.gambler = float(rng.uniform(0.15, 0.5)), float(rng.uniform(0.15, 0.5))
    h.decoy_calls = float(rng.uniform(0.05, 0.3))
    h.noise = float(rng.uniform(0.0, 1.0))
    h.trades = (0, 1 + round(3 * h.noise))
    h.cash = float(rng.uniform(0.3, 0.9))
    h.social_calls = float(rng.uniform(0.1, 0.5))
    h.shared_users = float(rng.uniform(0.0, 0.25))
    h.statement = float(rng.uniform(0.15, 0.5))
    h.batch = float(rng.uniform(0.1, 0.5))
    h.registered = float(rng.uniform(0.25, 0.7))
    if name == "shifted":
        h.hours = (float(rng.uniform(9, 16)), float(rng.uniform(2, 6)))
        h.prices = tuple(int(p) for p in rng.integers(8, 70, 6) * 10 + rng.integers(0, 10, 6))
        h.call_after = float(rng.uniform(0.6, 0.95))
        h.restock = (float(rng.uniform(8, 14)), float(rng.uniform(18, 32)))
        h.delay = float(rng.uniform(10, 60))
    if name == "sparse":
        h.keep = float(rng.uniform(0.65, 0.8))
        h.second_round = 0.2
    if name == "adversarial":
        h.third, h.retail_third, h.burner = 0.9, 0.3, 45
        h.cross, h.false_statement = 0.4, 0.4
        h.lender, h.gambler, h.decoy_size, h.decoy_calls = 0.7, 0.7, 1.0, float(rng.uniform(0.2, 0.4))
    return h


class Maker:
    """Builds one world event by event."""

    def __init__(self, habits: Habits, seed: int) -> None:
        self.h = habits
        self.rng = np.random.default_rng(seed)
        self.end = START + habits.days * DAY
        self.count = 0
        self.asked: set[int] = set()
        self.calls: list[tuple[str, str, int, int]] = []
        self.pays: list[tuple[str, str, int, int]] = []
        self.parcels: list[tuple[str, str, int, int]] = []
        self.said: list[tuple[int, int]] = []
        self.supplies: set[tuple[int, int]] = set()
        self.payees: dict[int, int] = {}
        self.collectors: dict[int, list[int]] = {}
        self.gang_of: dict[int, int] = {}
        self.gangs: list[set[int]] = []
        self.organisers: list[int] = []
        self.users: set[int] = set()
        self.registered: set[int] = set()
        self.sellers: dict[int, list[int]] = defaultdict(list)  # buyer → suppliers
        self.runners: dict[int, int] = {}
        self.phone_age: dict[int, int] = {}
        self.manner: dict[tuple[int, int], tuple[float, float]] = {}
        self.burners: set[int] = set()
        self.todo: list[tuple[Callable[..., None], tuple[Any, ...]]] = []

    # people and identifiers -------------------------------------------------------------------------
    def person(self) -> int:
        self.count += 1
        self.phone_age[self.count - 1] = int(self.rng.integers(0, 45))
        return self.count - 1

    def phone(self, who: int, at: int) -> str:
        if not self.h.burner or who not in self.burners:
            return f"P{who}/0"
        return f"P{who}/{((at - START) // DAY + self.phone_age[who]) // self.h.burner}"

    def account(self, who: int) -> str:
        return f"A{who}"

    def paid_to(self, seller: int, at: int) -> str:
        mine = self.collectors.get(seller)
        if not mine:
            return self.account(seller)
        slot = ((at - START) // (30 * DAY)) % (2 * len(mine))
        return self.account(mine[slot // 2] if self.rng.random() < 0.9 else seller)

    # events -----------------------------------------------------------------------------------------
    def moment(self, day: float, centre: float, spread: float) -> int:
        hour = self.rng.normal(centre, spread)
        return int(START + int(day) * DAY + hour * HOUR)

    def call(self, a: int, b: int, at: int, seconds: float) -> None:
        self.calls.append((self.phone(int(a), at), self.phone(int(b), at), at, int(seconds)))

    def pay(self, a: str, b: str, at: int, yuan: float) -> None:
        self.pays.append((a, b, at, round(yuan * 100)))

    def deal(self, buyer: int, seller: int, at: int, yuan: float) -> None:
        """One purchase: a call or two around the payment, most times; some are paid in cash."""
        h, rng = self.h, self.rng
        if (buyer, seller) not in self.manner:
            talks = float(
                np.clip(
                    rng.beta(h.call_first * (16 - 12 * h.noise), (1 - h.call_first) * (16 - 12 * h.noise)),
                    0.02,
                    0.98,
                )
            )
            self.manner[buyer, seller] = (talks, float(rng.uniform(h.cash, 1.0)))
        talks, paid = self.manner[buyer, seller]
        if rng.random() < paid:
            self.pay(self.account(buyer), self.paid_to(seller, at), at, yuan)
        if rng.random() < talks:
            wait = rng.exponential(h.delay) * MINUTE + 20_000
            when = int(at + wait if rng.random() < h.call_after else at - wait)
            caller, called = (buyer, seller) if rng.random() < 0.75 else (seller, buyer)
            self.call(caller, called, when, rng.exponential(35) + 4)
            if rng.random() < 0.4:
                self.call(called, caller, int(when + rng.exponential(12) * MINUTE), rng.exponential(25) + 3)
        runner = self.runners.get(seller)
        if runner is not None and rng.random() < 0.5:
            self.call(seller, runner, int(at + rng.exponential(8) * MINUTE), rng.exponential(30) + 3)
        if rng.random() < 0.03:
            self.parcels.append(
                (self.phone(seller, at), self.phone(buyer, at), int(at + rng.uniform(4, 60) * HOUR), 0)
            )

    def habit(self, gap: float) -> list[float]:
        """Days on which something with this mean gap happens, over a random stretch of the time."""
        rng = self.rng
        day = rng.uniform(0, self.h.days * 0.3)
        stop = self.h.days if rng.random() < 0.7 else rng.uniform(0.6, 1.0) * self.h.days
        days = []
        while day < stop:
            days.append(day)
            day += max(0.4, rng.gamma(3.0, gap / 3.0))
        return days

    def retail(self, user: int, seller: int) -> None:
        self.supplies.add((seller, user))
        self.sellers[user].append(seller)
        self.todo.append((self.live_retail, (user, seller)))

    def live_retail(self, user: int, seller: int) -> None:
        h, rng = self.h, self.rng
        usual = rng.choice(h.prices)
        for day in self.habit(rng.uniform(*h.buy)):
            price = usual if rng.random() < 0.75 else rng.choice(h.prices)
            self.deal(user, seller, self.moment(day, *h.hours), float(price))

    def restock(self, buyer: int, seller: int, scale: float, gap: float) -> None:
        self.supplies.add((seller, buyer))
        self.sellers[buyer].append(seller)
        self.todo.append((self.live_restock, (buyer, seller, scale, gap)))

    def live_restock(self, buyer: int, seller: int, scale: float, gap: float) -> None:
        for day in self.habit(gap):
            amount = scale * float(self.rng.choice([1, 1, 1.5, 2, 2, 3])) * self.rng.choice([1, 1, 0.9])
            at = self.moment(day, self.rng.uniform(12, 21), 3)
            self.deal(buyer, seller, at, round(amount, -1))
            if self.rng.random() < 0.04:  # short weight, returned goods
                self.pay(
                    self.account(seller),
                    self.account(buyer),
                    int(at + self.rng.uniform(1, 40) * HOUR),
                    round(amount * 0.3, -1),
                )

    def life(self, who: int, shared: dict[str, list[int]]) -> None:
        """Family, friends, shops, debts: everything in a return that has nothing to do with drugs."""
        rng, h = self.rng, self.h
        spouse = self.person()
        away = float(rng.uniform(0.55, 0.97))  # share of the household's transfers that goes out
        for day in range(h.days):
            for _ in range(rng.poisson(rng.uniform(0.5, 3))):
                a, b = (who, spouse) if rng.random() < 0.5 else (spouse, who)
                self.call(a, b, self.moment(day, 15, 5), rng.exponential(90) + 5)
            if rng.random() < 0.12:
                a, b = (who, spouse) if rng.random() < away else (spouse, who)
                at = self.moment(day, 16, 4)
                self.pay(
                    self.account(a),
                    self.account(b),
                    at,
                    float(rng.choice([50, 100, 200, 500, 1000, 2000, 520, 88.5])),
                )
                if rng.random() < h.social_calls:
                    self.call(a, b, int(at - rng.normal(5, 30) * MINUTE), rng.exponential(60) + 5)
        for friend in [
            *(self.person() for _ in range(int(rng.integers(4, 10)))),
            *rng.choice(shared["friends"], 2),
        ]:
            friend = int(friend)
            for day in self.habit(rng.uniform(2, 20)):
                self.call(
                    *((who, friend) if rng.random() < 0.5 else (friend, who)),
                    self.moment(day, 17, 5),
                    rng.exponential(100) + 5,
                )
            for day in self.habit(rng.uniform(15, 80)):
                a, b = (who, friend) if rng.random() < 0.5 else (friend, who)
                at = self.moment(day, 18, 4)
                self.pay(
                    self.account(a),
                    self.account(b),
                    at,
                    float(rng.choice([20, 50, 100, 200, 300, 66.6, 1000])),
                )
                if rng.random() < h.social_calls:
                    self.call(
                        *((a, b) if rng.random() < 0.5 else (b, a)),
                        int(at - rng.normal(5, 30) * MINUTE),
                        rng.exponential(60) + 5,
                    )
        for shop in rng.choice(shared["shops"], 5, replace=False):
            for day in self.habit(rng.uniform(2, 10)):
                self.pay(
                    self.account(who),
                    self.account(int(shop)),
                    self.moment(day, 14, 5),
                    round(float(rng.lognormal(3.2, 0.8)), int(rng.choice([0, 1, 2]))),
                )
        for trader in [
            *(self.person() for _ in range(int(rng.integers(*h.trades)))),
            *rng.choice(shared["traders"], 1),
        ]:
            self.trade(who, int(trader))
        landlord = self.person()
        start = rng.integers(0, 28)
        for day in range(int(start), h.days, 30):
            self.pay(self.account(who), self.account(landlord), self.moment(day, 12, 3), 1200.0)
            if rng.random() < 0.3:
                self.call(who, landlord, self.moment(day, 12, 3), 60)
        for _ in range(40):  # calls with strangers, couriers, drivers
            self.call(
                *((who, self.person()) if rng.random() < 0.5 else (self.person(), who)),
                self.moment(rng.uniform(0, h.days), 15, 5),
                rng.exponential(40) + 3,
            )
        for courier in rng.choice(shared["couriers"], 3, replace=False):
            for day in self.habit(rng.uniform(3, 12)):
                self.call(int(courier), who, self.moment(day, 14, 4), 20)

    def trade(self, who: int, trader: int) -> None:
        """Regular one-way payments for something lawful: a card room, a stall that delivers, a stock for a
        fruit stand.
        """
        rng = self.rng
        usual = float(rng.choice([30, 50, 80, 100, 200, 400, 1500, 3000])) * rng.uniform(0.8, 1.2)
        calls = float(rng.beta(0.4 + 0.3 * self.h.noise, 3.0 - self.h.noise))
        exact = rng.random() < 0.5
        hour = rng.uniform(9, 24)
        for day in self.habit(rng.uniform(2, 20)):
            at = self.moment(day, hour, 3)
            self.pay(
                self.account(who),
                self.account(trader),
                at,
                round(usual * rng.choice([1, 1, 1.5, 2]), -1 if exact else 1),
            )
            if rng.random() < calls:
                self.call(who, trader, int(at - rng.exponential(40) * MINUTE), rng.exponential(40) + 5)
            if rng.random() < 0.05:
                self.parcels.append(
                    (self.phone(trader, at), self.phone(who, at), int(at + rng.uniform(4, 80) * HOUR), 0)
                )

    def decoys(self, who: int, shared: dict[str, list[int]], monthly_spend: float) -> None:
        """Lender and gambling agent who receive about as much as a supplier."""
        rng, h = self.rng, self.h
        spend = max(monthly_spend * h.decoy_size * rng.uniform(0.5, 1.3), 600)
        if rng.random() < h.lender:
            lender = int(rng.choice(shared["lenders"])) if rng.random() < 0.6 else self.person()
            gap = float(rng.choice([7, 10, 30, 30]))
            self.pay(
                self.account(lender),
                self.account(who),
                self.moment(rng.uniform(0, 20), 14, 3),
                round(spend * h.days / 30 * 0.8, -2),
            )
            for step in np.arange(20, h.days, gap):
                at = self.moment(step, 14, 4)
                self.pay(self.account(who), self.account(lender), at, round(spend * gap / 30, -1))
                if rng.random() < h.decoy_calls:
                    self.call(
                        *((lender, who) if rng.random() < 0.6 else (who, lender)),
                        int(at - rng.exponential(60) * MINUTE),
                        60,
                    )
        if rng.random() < h.gambler:
            agent = int(rng.choice(shared["agents"]))
            for day in self.habit(rng.uniform(1.5, 6)):
                at = self.moment(day, 22, 3)
                stake = float(rng.choice([100, 200, 300, 500, 1000, 2000]))
                self.pay(self.account(who), self.account(agent), at, stake)
                if rng.random() < 0.3:
                    self.pay(
                        self.account(agent),
                        self.account(who),
                        int(at + rng.exponential(6) * HOUR),
                        stake * float(rng.choice([0.5, 1, 2])),
                    )
                if rng.random() < h.decoy_calls / 2:
                    self.call(who, agent, int(at - rng.exponential(30) * MINUTE), 30)


def make(kind: str, seed: int) -> World:
    """One world of a preset; the same seed gives the same world."""
    rng = np.random.default_rng([seed, 17])
    m = Maker(preset(kind, rng), seed)
    return _Builder(m).build()


class _Builder:
    def __init__(self, maker: Maker) -> None:
        self.m = maker
        self.h = maker.h
        self.rng = maker.rng
        self.cases: list[Case] = []
        self.involved: list[Involvement] = []
        self.seizures: list[Seizure] = []
        self.fugitives: set[int] = set()
        self.packet: dict[int, int] = {}
        self.major: dict[int, set[int]] = defaultdict(set)
        self.arrested: dict[int, list[int]] = {}
        self.row = itertools.count(2)

    def build(self) -> World:
        m, rng, h = self.m, self.rng, self.h
        m.burners = set()
        shared = {
            "friends": [m.person() for _ in range(30)],
            "shops": [m.person() for _ in range(25)],
            "couriers": [m.person() for _ in range(8)],
            "lenders": [m.person() for _ in range(3)],
            "agents": [m.person() for _ in range(3)],
            "traders": [m.person() for _ in range(8)],
        }
        retailers = [self.gang(g) for g in range(h.gangs)]
        loners = [self.loner() for _ in range(h.loners)]
        self.cross(retailers)
        everyone = [s for mine in retailers for s in mine] + loners
        for user in sorted(m.users):
            other = everyone[int(rng.integers(0, len(everyone)))]
            if rng.random() < h.shared_users and other not in m.sellers[user]:
                m.retail(user, other)
        self.make_cases(retailers, loners)
        self.second_round()
        for kind in ("lenders", "agents", "traders"):
            m.asked |= {p for p in shared[kind] if rng.random() < 0.15}
        for act, what in m.todo:
            act(*what)
        plain = {p for mine in shared.values() for p in mine}
        for who in sorted(m.asked - plain):
            m.life(who, shared)
            spend = 3000.0 if any(who == s for s, _ in m.supplies) else 1200.0
            m.decoys(who, shared, spend)
        return self.deliver()

    def gang(self, g: int) -> list[int]:
        m, rng, h = self.m, self.rng, self.h
        organiser = m.person()
        members = {organiser}
        m.organisers.append(organiser)
        middle = [m.person() for _ in range(int(rng.integers(1, 4)))]
        sellers: list[int] = []
        for w in middle:
            m.restock(w, organiser, float(rng.uniform(5000, 20000)), rng.uniform(*h.restock) * 1.6)
            sellers += [self.retailer(w) for _ in range(int(rng.integers(1, 5)))]
        if rng.random() < 0.4:
            sellers.append(self.retailer(organiser))
        members |= {*middle, *sellers}
        for boss in [organiser, *middle]:
            if rng.random() < h.third:
                members |= set(self.collectors(boss, int(rng.integers(1, 3))))
        for seller in sellers:
            if rng.random() < h.retail_third:
                members |= set(self.collectors(seller, 1))
            if rng.random() < 0.3:
                runner = m.runners[seller] = m.person()
                members.add(runner)
        m.gangs.append(members)
        for member in members:
            m.gang_of[member] = g
        m.burners |= members
        return sellers

    def collectors(self, boss: int, count: int) -> list[int]:
        """Third-name accounts; what they collect is passed on every few days."""
        m = self.m
        mine = [m.person() for _ in range(count)]
        m.collectors[boss] = mine
        for payee in mine:
            m.payees[payee] = boss
            m.todo.append((self.pass_on, (payee, boss)))
        return mine

    def pass_on(self, payee: int, boss: int) -> None:
        m = self.m
        for day in m.habit(5):
            m.pay(
                m.account(payee),
                m.account(boss),
                m.moment(day, 13, 4),
                float(self.rng.integers(10, 90)) * 100,
            )

    def retailer(self, supplier: int) -> int:
        m, rng, h = self.m, self.rng, self.h
        seller = m.person()
        m.restock(seller, supplier, float(rng.uniform(900, 4000)), rng.uniform(*h.restock))
        for _ in range(int(rng.integers(*h.users))):
            user = m.person()
            m.users.add(user)
            if rng.random() < h.registered:
                m.registered.add(user)
            m.retail(user, seller)
        return seller

    def loner(self) -> int:
        """A small seller of no gang, with a supplier nobody else has."""
        m = self.m
        supplier = m.person()
        seller = self.retailer(supplier)
        m.burners |= {supplier, seller}
        if self.rng.random() < self.h.third:
            self.collectors(supplier, 1)
        return seller

    def cross(self, retailers: list[list[int]]) -> None:
        """Sellers help each other out, mostly within their gang."""
        m, rng = self.m, self.rng
        for mine in retailers:
            for a, b in itertools.combinations(mine, 2):
                if rng.random() < self.h.cross / 2:
                    m.restock(a, b, float(rng.uniform(300, 1200)), rng.uniform(15, 40))
                    if rng.random() < 0.5:
                        m.restock(b, a, float(rng.uniform(300, 1200)), rng.uniform(15, 40))

    def make_cases(self, retailers: list[list[int]], loners: list[int]) -> None:
        m, rng, h = self.m, self.rng, self.h
        for g, mine in enumerate(retailers):
            for seller in mine:
                if rng.random() < 0.55:
                    self.packet_case(seller, g)
            bosses = [
                b for b in m.gangs[g] if b == m.organisers[g] or (m.organisers[g] in m.sellers.get(b, []))
            ]
            if rng.random() < h.major:
                self.major_case(bosses[int(rng.integers(0, len(bosses)))], g)
            if rng.random() < 0.3:
                self.fugitives.add(m.organisers[g])
        for seller in loners:
            self.packet_case(seller, -1)

    def packet_case(self, seller: int, gang: int) -> None:
        m, rng = self.m, self.rng
        no = len(self.cases)
        at = int(m.end - rng.uniform(0, 20) * DAY)
        self.cases.append(Case(f"A99{no:05d}", "packet", at, {"甲基苯丙胺": float(rng.uniform(0.3, 8))}))
        self.packet[no] = gang
        self.arrested[no] = [seller]
        self.record(seller, no, "dealing", at, rng.uniform(0.3, 8), gang)
        buyers = [u for u in m.users if seller in m.sellers[u]]
        for user in rng.choice(buyers, min(2, len(buyers)), replace=False):
            if rng.random() < 0.5:
                self.record(int(user), no, "using", at, 0, gang)
        if rng.random() < self.h.statement:
            m.said.append((seller, m.sellers[seller][0]))
        if rng.random() < self.h.false_statement:
            m.said.append((seller, int(rng.integers(0, m.count))))

    def major_case(self, boss: int, gang: int) -> None:
        no = len(self.cases)
        at = int(self.m.end - self.rng.uniform(0, 40) * DAY)
        self.cases.append(Case(f"A99{no:05d}", "major", at, {"甲基苯丙胺": float(self.rng.uniform(60, 900))}))
        self.major[gang].add(no)
        self.record(boss, no, "dealing", at, self.rng.uniform(60, 900), gang)

    def record(self, who: int, case: int, role: str, at: int, grams: float, gang: int) -> None:
        self.m.asked.add(who)
        self.involved.append(Involvement(who, case, role, at, [f"cases/-/{next(self.row)}"]))
        if grams:
            batch = f"batch-{gang}" if gang >= 0 and self.rng.random() < self.h.batch else None
            self.seizures.append(
                Seizure(
                    who, case, at, "甲基苯丙胺", float(grams), 3, batch, None, [f"seized/-/{next(self.row)}"]
                )
            )

    def second_round(self) -> None:
        """Returns asked for after reading the first ones: suppliers and their payees, and a few mistaken
        targets.
        """
        m, rng = self.m, self.rng
        seen = {s for b in sorted(m.asked) for s in m.sellers.get(b, []) if b not in m.users}
        for boss in sorted(seen):
            if rng.random() < self.h.second_round:
                m.asked.add(boss)
            for payee in m.collectors.get(boss, []):
                if rng.random() < self.h.second_round / 2:
                    m.asked.add(payee)

    # what was delivered -----------------------------------------------------------------------------
    def deliver(self) -> World:
        m, rng = self.m, self.rng
        tied = set(m.asked) | {p for p in range(m.count) if rng.random() < 0.15}
        kept_calls = [e for e in m.calls if self.seen(e)]
        kept_pays = [e for e in m.pays if self.seen(e)]
        kept_parcels = [e for e in m.parcels if self.seen(e) or rng.random() < 0.3]
        idents = {i for e in itertools.chain(kept_calls, kept_pays, kept_parcels) for i in e[:2]}
        idents |= {
            f"A{p}" for p in m.asked | m.registered | self.fugitives | {s for pair in m.said for s in pair}
        }
        holder = {
            i: (f"{int(i[1:].split('/')[0])}" if int(i[1:].split("/")[0]) in tied else i) for i in idents
        }
        names = sorted(set(holder.values()))
        shuffled = rng.permutation(len(names))
        number = {name: int(shuffled[k]) for k, name in enumerate(names)}
        n = len(names)
        who = [0] * n
        refs: list[list[str]] = [[] for _ in range(n)]
        for i, name in holder.items():
            who[number[name]] = int(i[1:].split("/")[0])
            refs[number[name]].append(("Phone:" if i[0] == "P" else "Account:wechat:") + i)
        at_person = {i: number[holder[i]] for i in idents}
        flag = lambda group: np.array([who[k] in group for k in range(n)])  # noqa: E731
        for part in self.involved:
            part.person = at_person[f"A{part.person}"]
        for seizure in self.seizures:
            seizure.person = at_person[f"A{seizure.person}"]
        registered = {p for p in m.registered if rng.random() < 0.95}
        named = flag(tied | registered)
        users_holder = np.array(
            [who[k] in registered and (who[k] in tied or refs[k][0].startswith("Account")) for k in range(n)]
        )
        facts = Facts(
            person_ids=[f"h{k:06d}" for k in range(n)],
            named=named,
            registered_user=users_holder,
            fugitive=np.array(
                [who[k] in self.fugitives and any(r.startswith("Account") for r in refs[k]) for k in range(n)]
            ),
            platform=np.zeros(n, dtype=bool),
            asked=flag(m.asked),
            calls=self.events("calls", kept_calls, at_person),
            payments=self.events("pays", kept_pays, at_person),
            parcels=self.events("parcels", kept_parcels, at_person),
            statements=self.events("said", [(f"A{a}", f"A{b}", -1, 0) for a, b in m.said], at_person),
            cases=self.cases,
            involvements=self.involved,
            seizures=self.seizures,
            refs=[sorted(r) for r in refs],
            coverage={r: [(START, m.end)] for k in range(n) if who[k] in m.asked for r in refs[k]},
        )
        return World(
            facts,
            who,
            m.supplies,
            m.gangs,
            m.organisers,
            m.gang_of,
            m.payees,
            m.users,
            self.packet,
            dict(self.major),
            dict(m.sellers),
            self.arrested,
        )

    def seen(self, event: tuple[str, str, int, int]) -> bool:
        ends = {int(i[1:].split("/")[0]) for i in event[:2]}
        return (
            bool(ends & self.m.asked) and self.rng.random() < self.h.keep and START <= event[2] < self.m.end
        )

    def events(self, name: str, rows: list[tuple[str, str, int, int]], person: dict[str, int]) -> Events:
        size = len(rows)
        return Events(
            a=np.array([person[r[0]] for r in rows], dtype=np.int64).reshape(size),
            b=np.array([person[r[1]] for r in rows], dtype=np.int64).reshape(size),
            at=np.array([r[2] for r in rows], dtype=np.int64).reshape(size),
            precision=np.full(size, 2 if name != "said" else 0, dtype=np.int8),
            amount=np.array([r[3] for r in rows], dtype=np.int64).reshape(size),
            service=np.zeros(size, dtype=bool),
            a_ref=[("Phone:" if r[0][0] == "P" else "Account:wechat:") + r[0] for r in rows],
            b_ref=[("Phone:" if r[1][0] == "P" else "Account:wechat:") + r[1] for r in rows],
            evidence=[[f"{name}/-/{i}"] for i in range(size)],
        )
