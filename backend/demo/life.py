"""Everyday life: family, friends, shops, rent, loans, gambling, mahjong, couriers, wages, service numbers.

Lived out for those whose records were asked for: what others do among themselves is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from backend.demo.people import SERVICE_NUMBERS, of_kind, of_trade
from backend.demo.world import DAY, END, Call, World

_WAKING = (2, 1, 1, 0, 0, 1, 2, 5, 6, 6, 6, 7, 8, 6, 6, 6, 6, 7, 8, 8, 8, 7, 5, 4)
_NIGHT = (6, 5, 3, 2, 1, 0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 4, 4, 4, 5, 7, 9, 10, 10, 8)
_OFFICE = (0, 0, 0, 0, 0, 0, 0, 2, 7, 9, 9, 7, 4, 6, 8, 8, 8, 7, 4, 2, 1, 1, 0, 0)
_MEALS = (2, 1, 0, 0, 0, 0, 2, 5, 3, 1, 2, 9, 9, 3, 1, 1, 3, 8, 9, 6, 4, 4, 4, 3)


@dataclass(frozen=True)
class Tie:
    """How two people usually deal with each other; rates per day, sums in yuan."""

    calls: float = 0.0
    talk: float = 3.6  # mean of the logarithm of seconds
    starts: float = 0.5  # share of the calls the first of the two makes
    pays: float = 0.0
    low: int = 10
    high: int = 200
    step: int = 1
    gives: float = 1.0  # share of the payments that go from the first to the second
    hours: tuple[int, ...] = _WAKING
    bank: float = 0.03
    call_near: float = 0.0  # share of the payments with a call around them
    memo: tuple[str, ...] = ("",)


SPOUSE = Tie(0.3, 3.8, 0.5, 0.13, 50, 3000, 10, 0.6, bank=0.15, call_near=0.2, memo=("", "", "家用", "买菜"))
KIN = Tie(0.06, 4.4, 0.5, 0.012, 100, 3000, 100, 0.6, bank=0.2, memo=("", "生日快乐", "过节"))
FRIEND = Tie(0.022, 4.0, 0.5, 0.018, 10, 500, 1, 0.5, _WAKING, call_near=0.15, memo=("", "", "饭钱", "AA"))
CLOSE = Tie(0.13, 3.9, 0.5, 0.05, 20, 1000, 10, 0.5, _NIGHT, call_near=0.3, memo=("", "", "还你", "垫付"))
KEEPER = Tie(0.05, 4.2, 0.5, 0.05, 500, 6000, 100, 0.85, bank=0.3, call_near=0.25, memo=("", "", "存着"))
COLLEAGUE = Tie(0.035, 3.7, 0.5, 0.006, 10, 200, 1, 0.5, _OFFICE, memo=("", "拼饭"))
RESTAURANT = Tie(0.01, 3.0, 1.0, 0.06, 12, 160, 1, 1.0, _MEALS, call_near=0.1)
SHOPKEEPER = Tie(0.0, 3.0, 1.0, 0.1, 5, 90, 1, 1.0)
AGENT = Tie(0.04, 3.2, 0.6, 0.28, 100, 1500, 100, 0.72, _NIGHT, call_near=0.1)
MAHJONG = Tie(0.08, 3.3, 0.4, 0.09, 20, 400, 10, 0.5, _NIGHT, call_near=0.4)
TAXI = Tie(0.03, 2.9, 0.8, 0.04, 8, 80, 1, 1.0, _NIGHT, call_near=0.7)
COURIER = Tie(0.04, 2.7, 0.05)
CADENCE = (3, 3, 5, 7, 10)


class Life:
    """Lives out the ordinary ties of persons, each pair once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lived: set[int] = set()
        self.pairs: set[tuple[int, int]] = set()
        self.shops = of_kind(world, "shop")
        self.companies = of_kind(world, "company")
        self.platforms = of_kind(world, "platform")
        self.trades = {
            t: of_trade(world, t)
            for t in (
                "restaurant",
                "corner_shop",
                "landlord",
                "lender",
                "gambling_agent",
                "courier",
                "taxi",
                "mahjong_host",
                "wholesale_food",
            )
        }
        self.ordinary = [i for i, p in enumerate(world.people) if i not in world.dealers]

    def live(self, pid: int) -> None:
        """Everything ordinary one person does during the period."""
        if pid in self.lived:
            return
        self.lived.add(pid)
        rng = self.world.rng(f"life/{pid}")
        person = self.world.people[pid]
        for k, other in enumerate(person.household):
            self.tie(rng, pid, other, SPOUSE if k == 0 else KIN)
        for other in rng.sample(self.ordinary, rng.randint(8, 14)):
            self.tie(rng, pid, other, FRIEND)
        for other in rng.sample(self.ordinary, rng.choice((1, 2))):
            self.tie(rng, pid, other, CLOSE)
        for other in rng.sample(self.ordinary, 3):
            self.tie(rng, pid, other, KIN)
        if person.occupation == "employee":
            self._work(rng, pid)
        self._errands(rng, pid)
        self._habits(rng, pid, pid in self.world.dealers)
        self._lines(rng, pid)
        if person.occupation in self.trades:
            self._customers(rng, pid, person.occupation)

    # -- parts of a life -------------------------------------------------------------------------

    def _work(self, rng: Random, pid: int) -> None:
        company, pay_day, yuan = rng.choice(self.companies), rng.randrange(5, 26), rng.randrange(2800, 9000)
        for month in range(10):
            at = (month * 30 + pay_day) * DAY + rng.randrange(9, 17) * 3600
            self.world.pay(at, company, pid, yuan * 100 + rng.randrange(20000), "bank", "代发工资", "工资")
        for other in rng.sample(self.ordinary, rng.randint(3, 5)):
            self.tie(rng, pid, other, COLLEAGUE)

    def _errands(self, rng: Random, pid: int) -> None:
        world = self.world
        favourites = rng.sample(self.shops, min(8, len(self.shops)))
        for at in self._moments(rng, 0.28, _WAKING):
            shop = rng.choice(favourites) if rng.random() < 0.8 else rng.choice(self.shops)
            fen = round(rng.lognormvariate(3.2, 0.8) * 100)
            world.pay(at, pid, shop, fen, "wallet", "商户消费")
        for at in self._moments(rng, 0.06, _WAKING):
            platform = rng.choice(self.platforms[1:])
            world.pay(
                at, pid, platform, round(rng.lognormvariate(3.9, 0.7) * 100), "platform", "网上支付", "消费"
            )
        for tie, trade, count in (
            (RESTAURANT, "restaurant", 2),
            (SHOPKEEPER, "corner_shop", 1),
            (TAXI, "taxi", 1),
            (COURIER, "courier", 2),
        ):
            for other in rng.sample(self.trades[trade], min(count, len(self.trades[trade]))):
                self.tie(rng, pid, other, tie)
        if rng.random() < 0.55:
            self._rent(rng, pid)

    def _rent(self, rng: Random, pid: int) -> None:
        landlord, yuan, day = (
            rng.choice(self.trades["landlord"]),
            rng.randrange(6, 24) * 100,
            rng.randrange(28),
        )
        for month in range(10):
            at = (month * 30 + day) * DAY + rng.randrange(9, 22) * 3600
            self.world.pay(
                at, pid, landlord, yuan * 100, "wallet", "转账", "房租" if rng.random() < 0.5 else ""
            )
            if rng.random() < 0.4 and pid != landlord:
                self.world.call(at - rng.randrange(300, 7200), landlord, pid, rng.randrange(15, 120))

    def _habits(self, rng: Random, pid: int, dealer: bool) -> None:
        """Loans, gambling, mahjong: commoner where there is quick money."""
        if rng.random() < (0.55 if dealer else 0.2):
            yuan = rng.randrange(5, 60 if dealer else 40) * 1000
            self._loan(rng, pid, rng.choice(self.trades["lender"]), yuan)
        if dealer and rng.random() < 0.35:  # somebody who keeps the money
            self.tie(rng, pid, rng.choice(self.ordinary), KEEPER)
        if rng.random() < (0.5 if dealer else 0.12):
            self.tie(rng, pid, rng.choice(self.trades["gambling_agent"]), AGENT)
        if rng.random() < 0.3:
            self.tie(rng, pid, rng.choice(self.trades["mahjong_host"]), MAHJONG)
            for other in rng.sample(self.ordinary, 3):
                self.tie(rng, pid, other, MAHJONG)

    def _loan(self, rng: Random, pid: int, lender: int, yuan: int) -> None:
        if pid == lender:
            return
        start, step = rng.randrange(90), rng.choice((7, 10, 15, 30))
        self.world.pay(start * DAY + 40_000, lender, pid, yuan * 100, "bank", "转账", "借款")
        part = max(200, round(yuan * rng.uniform(1.1, 1.5) * step / 240 / 100) * 100)
        for day in range(start + step, 304, step):
            at = day * DAY + rng.randrange(9, 23) * 3600 + rng.randrange(3600)
            self.world.pay(at, pid, lender, part * 100, rng.choice(("wallet", "wallet", "bank")), "转账")
            if rng.random() < 0.5:
                self.world.call(at - rng.randrange(300, 6000), lender, pid, rng.randrange(10, 90))

    def _lines(self, rng: Random, pid: int) -> None:
        """Service numbers, texts from companies, strangers who sell something."""
        person = self.world.people[pid]
        for at in self._moments(rng, 0.11, _OFFICE):
            if at >= person.gone:
                continue
            own, service = person.phone_at(at).number, rng.choice(SERVICE_NUMBERS)
            kind = rng.random()
            if kind < 0.55:
                self.world.calls.append(Call(at, service, own, 0, True, -1, pid))
            elif kind < 0.7:
                self.world.calls.append(Call(at, own, service, rng.randrange(20, 300), False, pid, -1))
            else:
                stranger = f"0990{rng.randrange(10**7):07d}"
                self.world.calls.append(Call(at, stranger, own, rng.randrange(1, 40), False, -1, pid))

    def _customers(self, rng: Random, pid: int, trade: str) -> None:
        """The other side of a trade: who comes to this shop, lender, driver or agent."""
        ties = {
            "restaurant": (RESTAURANT, 30),
            "corner_shop": (SHOPKEEPER, 25),
            "taxi": (TAXI, 25),
            "courier": (COURIER, 35),
            "gambling_agent": (AGENT, 14),
            "mahjong_host": (MAHJONG, 14),
            "wholesale_food": (RESTAURANT, 15),
        }
        if trade in ties:
            tie, count = ties[trade]
            for other in rng.sample(self.ordinary, min(count, len(self.ordinary))):
                self.tie(rng, other, pid, tie)
        if trade == "lender":
            for other in rng.sample(self.ordinary, 18):
                self._loan(rng, other, pid, rng.randrange(3, 30) * 1000)
        if trade in ("restaurant", "corner_shop", "gambling_agent"):  # they too buy from somebody
            above = rng.choice(self.trades["wholesale_food" if trade != "gambling_agent" else "lender"])
            for at in self._moments(rng, 0.3, _WAKING):
                self.world.pay(at, pid, above, rng.randrange(3, 40) * 10_000, "wallet", "转账")
                if rng.random() < 0.5 and above != pid:
                    self.world.call(at - rng.randrange(60, 3000), pid, above, rng.randrange(15, 90))

    # -- ties ------------------------------------------------------------------------------------

    def tie(self, rng: Random, a: int, b: int, tie: Tie) -> None:
        """Calls and payments of two people over the whole period."""
        if a == b or (min(a, b), max(a, b)) in self.pairs:
            return
        self.pairs.add((min(a, b), max(a, b)))
        warmth = rng.lognormvariate(0, 0.5)
        for at in self._moments(rng, tie.calls * warmth, tie.hours):
            seconds = 0 if rng.random() < 0.04 else max(3, round(rng.lognormvariate(tie.talk, 0.8)))
            self.world.call(at, *((a, b) if rng.random() < tie.starts else (b, a)), seconds, seconds == 0)
        for at in self._moments(rng, tie.pays * warmth, tie.hours):
            yuan = max(tie.step, round(rng.uniform(tie.low**0.5, tie.high**0.5) ** 2 / tie.step) * tie.step)
            payer, payee = (a, b) if rng.random() < tie.gives else (b, a)
            channel = "bank" if rng.random() < tie.bank else "wallet"
            purpose = (
                "微信红包"
                if yuan <= 200 and rng.random() < 0.2
                else rng.choice(("转账", "转账", "二维码收付款"))
            )
            self.world.pay(at, payer, payee, yuan * 100, channel, purpose, rng.choice(tie.memo))
            if rng.random() < tie.call_near:
                offset = rng.randrange(120, 3600) * (1 if rng.random() < 0.3 else -1)
                self.world.call(at + offset, a, b, rng.randrange(8, 120))

    def decoys(self, pid: int, fen: int) -> None:
        """People who receive as much as a true supplier does: partner, lender, agent, shop."""
        rng = self.world.rng(f"decoys/{pid}")
        partner = self.world.people[pid].household[:1] or [rng.choice(self.ordinary)]
        others = [rng.choice(self.trades[t]) for t in ("lender", "gambling_agent", "restaurant")]
        for other in partner + others:
            if other == pid:
                continue
            step = rng.choice(CADENCE)
            total, count = fen * rng.uniform(0.8, 1.3), 290 // step
            for k in range(count):
                at = k * step * DAY + rng.choices(range(24), _NIGHT)[0] * 3600 + rng.randrange(3600)
                part = round(total / count * rng.uniform(0.6, 1.4) / 5000) * 5000
                self.world.pay(at, pid, other, part, "wallet", "转账")
                if rng.random() < 0.25:
                    self.world.call(at - rng.randrange(120, 3600), pid, other, rng.randrange(10, 90))

    def _moments(self, rng: Random, per_day: float, hours: tuple[int, ...]) -> Iterator[int]:
        if per_day <= 0:
            return
        day = rng.expovariate(per_day)
        while day * DAY < END:
            hour = rng.choices(range(24), hours)[0]
            yield int(day) * DAY + hour * 3600 + rng.randrange(3600)
            day += rng.expovariate(per_day)
