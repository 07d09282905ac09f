"""Ordinary life of whoever is looked at: family, friends, work, shops, rent, debts, bets."""

from __future__ import annotations

from benchmarks.accuracy.elsewhere.town import DAY, Someone
from benchmarks.accuracy.elsewhere.trade import Money, Trade


class Ordinary:
    """Lives a person's ordinary life once, into the same books as the trade."""

    def __init__(self, trade: Trade) -> None:
        self.trade, self.town, self.rng = trade, trade.town, trade.rng
        self.done: set[int] = set()
        people = self.town.crowd
        self.lenders, self.bookmakers, self.cooks = people[:5], people[5:10], people[10:22]
        self.landlords, self.drivers = people[22:30], people[30:40]

    def live(self, person: Someone) -> None:
        if person.number in self.done:
            return
        self.done.add(person.number)
        rng, pick = self.rng, self.town.crowd
        spent = sum(
            d.fen
            for (_, b), d in self.trade.deals.items()
            if b == person.number and person.role != "customer"
        )
        size = max(300_000, round(spent * self.trade.habits.bystanders))
        partner = self._one(rng.choice(pick[40:]))
        self._often(person, partner, 0.5, 3000, 60_000, back=0.4, rings=0.1)
        self._calls(person, partner, 0.8, 4.3)
        for _ in range(rng.randint(6, 12)):
            friend = self._one(rng.choice(pick[40:]))
            self._often(person, friend, rng.uniform(0.01, 0.12), 1000, 50_000, back=0.5, rings=0.2)
            self._calls(person, friend, rng.uniform(0.01, 0.15), 4.2)
        for place in rng.sample(self.cooks, 3):
            self._often(person, self._one(place), 0.12, 1000, 9000, back=0.0, rings=0.05)
        self._often(person, self._one(rng.choice(self.drivers)), 0.08, 1000, 6000, back=0.0, rings=0.6)
        rent = rng.randrange(5, 25) * 10_000
        landlord = self._one(rng.choice(self.landlords))
        for month in range(self.trade.habits.days // 30):
            self.trade.pay(
                (30 * month + 3) * DAY + 36_000 + rng.randrange(20_000), person, landlord, rent, note="房租"
            )
        self._shops(person)
        dealing = person.role in ("boss", "middle", "street")
        if dealing or rng.random() < 0.3:
            self._debt(person, self._one(rng.choice(self.lenders)), size)
        if rng.random() < (0.7 if dealing else 0.2):
            bets = self._one(rng.choice(self.bookmakers))
            mean = max(5000, size // max(20, self.trade.habits.days // 3))
            self._often(
                person,
                bets,
                0.33,
                mean // 2,
                mean * 3 // 2,
                back=0.25,
                rings=self.trade.habits.bystander_rings,
            )
        if dealing:
            mean = max(5000, size // 60)
            keeper = self._one(rng.choice(pick[40:]))
            self._often(
                person,
                keeper,
                60 / self.trade.habits.days,
                mean // 2,
                mean * 2,
                0.1,
                self.trade.habits.bystander_rings,
            )

    def _one(self, number: int) -> Someone:
        return self.town.people[number]

    def _often(
        self, a: Someone, b: Someone, rate: float, low: int, high: int, back: float, rings: float
    ) -> None:
        rng, at = self.rng, 0.0
        while (at := at + rng.expovariate(rate)) < self.trade.habits.days:
            when = int(at) * DAY + int(rng.triangular(6, 24, 19) * 3600)
            fen = round(rng.uniform(low, high) / 100) * 100 + (rng.randrange(100) if high < 10_000 else 0)
            payer, payee = (b, a) if rng.random() < back else (a, b)
            self.trade.pay(when, payer, payee, fen, rng.random() < 0.04)
            if rng.random() < rings:
                self.trade.ring(a, b, when + rng.randrange(-3000, 1500), 0.5)

    def _calls(self, a: Someone, b: Someone, rate: float, mean: float) -> None:
        at = 0.0
        while (at := at + self.rng.expovariate(rate)) < self.trade.habits.days:
            self.trade.ring(a, b, int(at) * DAY + int(self.rng.triangular(7, 24, 18) * 3600), 0.5, mean)

    def _shops(self, person: Someone) -> None:
        for day in range(self.trade.habits.days):
            if self.rng.random() < 0.35:
                at, fen = (
                    day * DAY + self.rng.randrange(28_000, 80_000),
                    round(self.rng.lognormvariate(7.6, 0.9)),
                )
                if at < person.gone:
                    self.trade.money.append(
                        Money(
                            at,
                            person.number,
                            -1 - self.rng.randrange(40),
                            max(100, fen),
                            False,
                            "商户消费",
                            None,
                        )
                    )

    def _debt(self, person: Someone, lender: Someone, fen: int) -> None:
        rng, step = self.rng, self.rng.choice((7, 14, 30))
        start = rng.randrange(40)
        self.trade.pay(start * DAY + 50_000, lender, person, fen, True, "借款")
        parts = max(2, (self.trade.habits.days - start) // step)
        for k in range(1, parts):
            at = (start + k * step) * DAY + rng.randrange(36_000, 80_000)
            self.trade.pay(at, person, lender, round(fen * 1.2 / parts / 10_000 + 1) * 10_000)
            if rng.random() < self.trade.habits.bystander_rings:
                self.trade.ring(lender, person, at - rng.randrange(600, 7000), 0.9)
