"""What happens in the world: a queue of needs, each served by a deal, its talk and its money; and ordinary life beside it."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

from benchmarks.accuracy.elsewhere.town import DAY, Someone, Town


@dataclass(slots=True)
class Talk:
    at: int
    a: int
    b: int
    seconds: int
    caller: str
    called: str


@dataclass(slots=True)
class Money:
    at: int
    payer: int
    payee: int  # -1: a shop
    fen: int
    bank: bool
    note: str
    deal: tuple[int, int] | None  # supplier, buyer


@dataclass
class Deal:
    first: int
    last: int
    times: int = 0
    portions: float = 0.0
    fen: int = 0


class Trade:
    """Runs the world from its first to its last second."""

    def __init__(self, town: Town) -> None:
        self.town, self.habits, self.rng = town, town.habits, town.rng
        self.talks: list[Talk] = []
        self.money: list[Money] = []
        self.deals: dict[tuple[int, int], Deal] = {}
        self.held: dict[tuple[int, int], int] = {}

    def run(self) -> None:
        queue: list[tuple[float, int]] = []
        gaps = {}
        for p in self.town.people:
            if p.role == "customer":
                gaps[p.number] = self.rng.uniform(1.5, 8) * DAY
                heapq.heappush(queue, (self.rng.random() * 3 * gaps[p.number], p.number))
        while queue:
            at, number = heapq.heappop(queue)
            if at >= self.town.end:
                continue
            self._need(self.town.people[number], int(at))
            heapq.heappush(queue, (at + self.rng.gammavariate(3, gaps[number] / 3), number))
        self._pass_on()

    def _hour(self, at: int) -> int:
        """The same day, at an hour of trade."""
        hour = self.rng.gauss(self.habits.peak_hour, self.habits.spread) % 24
        return at // DAY * DAY + int(hour * 3600)

    def _need(self, buyer: Someone, at: int) -> None:
        sellers = [self.town.people[n] for n in buyer.above]
        seller = sellers[0] if len(sellers) == 1 or self.rng.random() < 0.75 else sellers[1]
        at = self._hour(at)
        if not seller.begins <= at < seller.gone or at >= buyer.gone:
            return
        portions = self.rng.choice((1, 1, 1, 2, 2, 4))
        if seller.stock < portions and not self._restock(seller, at):
            return
        seller.stock -= portions
        self._deal(seller, buyer, portions, self._tag(seller.price * portions), at)

    def _restock(self, seller: Someone, at: int) -> bool:
        """Goods for one who has run out, from above, sideways or from outside of the world."""
        rng = self.rng
        if not seller.above:
            seller.stock += seller.lot
            return True
        mates = [
            p
            for p in self.town.people
            if p.network == seller.network and p.role == "street" and p is not seller
        ]
        if seller.role == "street" and mates and rng.random() < self.habits.sideways:
            mate = rng.choice(mates)
            if mate.stock > 6 and mate.gone > at:
                mate.stock -= 5
                seller.stock += 5
                self._deal(mate, seller, 5, self._tag(5 * mate.price * 0.85), at - rng.randrange(1200, 9000))
                return True
        source = self.town.people[seller.above[0] if rng.random() < 0.8 else rng.choice(seller.above)]
        if source.gone <= at or (source.stock < seller.lot and not self._restock(source, at - DAY // 3)):
            return False
        portions = seller.lot * rng.uniform(0.7, 1.4)
        source.stock -= portions
        seller.stock += portions
        self._deal(
            source,
            seller,
            portions,
            self._tag(portions * seller.price * self.habits.margin),
            at - rng.randrange(1800, 30_000),
        )
        return True

    def _tag(self, yuan: float) -> int:
        """A price as people say it."""
        yuan *= self.rng.gauss(1, 0.25 if self.habits.odd_prices else 0.05)
        if self.habits.odd_prices:
            return max(5, round(yuan))
        step = 10 if yuan < 120 else 50 if yuan < 2000 else 100
        return max(step, round(yuan / step) * step)

    def _deal(self, seller: Someone, buyer: Someone, portions: float, yuan: int, at: int) -> None:
        rng, habits = self.rng, self.habits
        if at < 0 or at >= min(seller.gone, buyer.gone):
            return
        deal = self.deals.setdefault((seller.number, buyer.number), Deal(at, at))
        deal.first, deal.last = min(deal.first, at), max(deal.last, at)
        deal.times, deal.portions, deal.fen = deal.times + 1, deal.portions + portions, deal.fen + yuan * 100
        if rng.random() < habits.rings:
            lag = round(60 * habits.lag * math.exp(rng.gauss(0, 0.7)))
            when = at + lag if rng.random() < habits.rings_after else at - lag
            self.ring(buyer, seller, when, 0.75)
            if rng.random() < 0.35:
                self.ring(seller, buyer, at + rng.randrange(60, 2400), 0.5)
        if rng.random() < habits.cash:
            return
        payee = seller
        if seller.straw is not None and rng.random() < 0.85:
            payee = self.town.people[seller.straw]
            key = (payee.number, seller.number)
            self.held[key] = self.held.get(key, 0) + yuan * 100
        bank = rng.random() < habits.bank * (3 if yuan > 2000 else 0.5)
        self.pay(at, buyer, payee, yuan * 100, bank, "", (seller.number, buyer.number))

    def ring(self, a: Someone, b: Someone, at: int, first: float, mean: float = 3.4) -> None:
        """A call of two people, ``a`` the one who calls with chance ``first``."""
        if self.rng.random() > first:
            a, b = b, a
        if 0 <= at < min(a.gone, b.gone, self.town.end):
            seconds = max(2, round(self.rng.lognormvariate(mean, 0.7)))
            self.talks.append(Talk(at, a.number, b.number, seconds, a.phone(at), b.phone(at)))

    def pay(
        self,
        at: int,
        a: Someone,
        b: Someone,
        fen: int,
        bank: bool = False,
        note: str = "",
        deal: tuple[int, int] | None = None,
    ) -> None:
        if 0 <= at < min(a.gone, b.gone, self.town.end) and a is not b and fen > 0:
            self.money.append(Money(at, a.number, b.number, fen, bank, note, deal))

    def _pass_on(self) -> None:
        """Straws hand over what they took, every week or so, and keep something."""
        for (straw, owner), fen in sorted(self.held.items()):
            weeks = max(1, self.town.habits.days // self.rng.randint(6, 12))
            for k in range(weeks):
                at = round((k + self.rng.uniform(0.3, 0.9)) * self.town.end / weeks)
                share = round(fen / weeks * self.rng.uniform(0.8, 0.95) / 10_000) * 10_000
                self.pay(at, self.town.people[straw], self.town.people[owner], share, self.rng.random() < 0.2)
