"""People who earn from many and have nothing to hide: each draws how he is rung, paid and left alone from wide ranges.

No list of trades: a pace, an amount, a share of payments talked about, who rings whom, how much comes back, how faithful
his customers are. Somebody whose books were asked for is one of them, which is why his books are asked for too.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.elsewhere.town import DAY, Someone
from benchmarks.accuracy.elsewhere.trade import Trade


@dataclass(frozen=True)
class Manner:
    """How one earner's custom runs; days, yuan, minutes, shares."""

    pace: float
    amount: float
    even: bool  # whole tens
    talks: float  # payments talked about
    placed: float  # of the calls, those the earner places
    returns: float  # payments that go the other way
    hour: float
    lag: float


@dataclass(frozen=True)
class Familiar:
    """An honest trade that the drug scene leans on: whom it lives off, and the ranges its manner is drawn from."""

    roles: frozenset[str]
    custom: tuple[int, int]
    pace: tuple[float, float]
    amount: tuple[float, float]
    talks: float
    placed: float


_BUYERS, _SELLERS = frozenset({"customer"}), frozenset({"boss", "middle", "street"})
FAMILIAR = {
    "advocate": Familiar(_SELLERS, (5, 11), (14, 40), (1500, 9000), 0.8, 0.35),
    "chauffeur": Familiar(_SELLERS, (5, 10), (4, 13), (90, 350), 0.9, 0.04),
    "surety": Familiar(_SELLERS, (4, 7), (10, 28), (800, 6000), 0.65, 0.45),
    "room host": Familiar(_BUYERS, (11, 22), (5, 14), (70, 260), 0.8, 0.12),
    "card table": Familiar(_BUYERS, (13, 26), (3, 10), (40, 280), 0.7, 0.35),
    "adviser": Familiar(_BUYERS, (7, 13), (6, 10), (180, 450), 0.55, 0.45),
    "chemist": Familiar(_BUYERS, (16, 32), (7, 18), (30, 260), 0.6, 0.06),
    "moneylender": Familiar(_BUYERS, (6, 13), (6, 14), (250, 900), 0.6, 0.8),
    "landlady": Familiar(_BUYERS, (7, 15), (28, 32), (450, 1600), 0.5, 0.55),
    "snack bar": Familiar(_BUYERS, (18, 28), (2, 7), (10, 55), 0.4, 0.08),
}


class Earners:
    """Makes one earner at a time, with his whole custom."""

    def __init__(self, trade: Trade) -> None:
        self.trade, self.town, self.rng = trade, trade.town, trade.rng

    def of(self, customer: Someone) -> Someone:
        """Somebody new whom ``customer`` and many others pay."""
        rng, town = self.rng, self.town
        earner = town.newcomer()
        others = [p for p in town.people if p.role in ("", "customer", "street") and p is not earner]
        manner = self._manner()
        for payer in [customer, *rng.sample(others, rng.randint(20, 60))]:
            self._custom(payer, earner, manner)
        return earner

    def familiar(self, kind: Familiar, first: Someone) -> Someone:
        """Somebody new whom ``first`` pays, and as many of the scene as of everybody else."""
        rng, town = self.rng, self.town
        earner, count = town.newcomer(), rng.randint(*kind.custom)
        scene = [p for p in town.people if p.role in kind.roles and p is not first]
        others = [p for p in town.people if p.role == "" and p is not earner]
        manner = self._manner_of(kind)
        for payer in [
            first,
            *rng.sample(scene, min(len(scene), count // 2)),
            *rng.sample(others, count // 2),
        ]:
            self._custom(payer, earner, manner)
        return earner

    def _manner_of(self, kind: Familiar) -> Manner:
        rng = self.rng
        return Manner(
            pace=rng.uniform(*kind.pace),
            amount=rng.uniform(*kind.amount),
            even=rng.random() < 0.7,
            talks=kind.talks,
            placed=kind.placed,
            returns=0.0,
            hour=rng.uniform(10, 21),
            lag=rng.uniform(4, 40),
        )

    def _manner(self) -> Manner:
        rng = self.rng
        return Manner(
            pace=rng.triangular(1.5, 30, 5),
            amount=10 ** rng.uniform(0.8, 3.0),
            even=rng.random() < 0.4,
            talks=rng.choice((0.05, rng.random(), rng.uniform(0.5, 1.0))),
            placed=rng.choice((0.05, 0.2, 0.7)),
            returns=rng.choice((0.0, 0.0, 0.1, 0.3)),
            hour=rng.uniform(6, 23),
            lag=rng.uniform(3, 60),
        )

    def _custom(self, payer: Someone, earner: Someone, manner: Manner) -> None:
        rng, days = self.rng, self.trade.habits.days
        pace, own = manner.pace * rng.uniform(0.6, 1.8), manner.amount * rng.uniform(0.6, 1.6)
        at, last = rng.uniform(0, days / 2), days * rng.uniform(0.6, 1.2)
        step = 10 if manner.even else 1
        while at < min(last, days):
            hour = min(23.9, max(0.0, rng.gauss(manner.hour, 3)))
            when = int(at) * DAY + int(hour * 3600)
            yuan = max(step, round(own * rng.lognormvariate(0, 0.35) / step) * step)
            ends = (earner, payer) if rng.random() < manner.returns else (payer, earner)
            self.trade.pay(when, *ends, yuan * 100)
            if rng.random() < manner.talks:
                lag = int(rng.expovariate(1 / (manner.lag * 60)))
                call = when - lag if rng.random() < 0.8 else when + lag
                self.trade.ring(payer, earner, call, 1 - manner.placed)
            at += max(0.5, rng.gammavariate(2, pace / 2))
