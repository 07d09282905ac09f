"""A second maker of firms, unlike the demo's: three years, heavy tails, gaps, weaker rises that end again, other ties."""

from __future__ import annotations

import datetime as dt
from random import Random

from backend.district.risk.around import MG
from backend.district.risk.told import Car, Deal, District, Firm, FirmMonth, FirmTie, ListedPerson, Stay

ON = dt.date(2026, 2, 28)
MONTHS = 36
TRADES = ("医药中间体", "电镀", "印染", "农产品烘干", "五金")
ROLES = ("承租", "股东", "员工", "出租", "高管")


def month(k: int) -> dt.date:
    n = 2023 * 12 + 2 + k
    return dt.date(n // 12, n % 12 + 1, 1)


class Second:
    """One invented district; ``workshops`` are the firms that hide something."""

    def __init__(self, seed: int, firms: int = 300, workshops: int = 12) -> None:
        self.rng = Random(f"second/{seed}")
        self.boom = self.rng.choice(TRADES)
        self.firms: list[Firm] = []
        self.ties: list[FirmTie] = []
        self.entries: list[ListedPerson] = []
        self.stays: list[Stay] = []
        self.cars: list[Car] = []
        self.deals: list[Deal] = []
        self.workshops: set[str] = set()
        for n in range(firms):
            what = (
                "workshop"
                if n < workshops
                else self.rng.choice(("plain",) * 12 + ("grown", "mine", "season"))
            )
            self._firm(f"X{n:03d}", what)
        self._crowd()

    def district(self) -> District:
        order = self.firms[:]
        self.rng.shuffle(order)
        return District(
            ON, tuple(order), tuple(self.ties), tuple(self.entries), tuple(self.stays), (), tuple(self.cars),
            tuple(self.deals),
        )  # fmt: skip

    def _firm(self, uscc: str, what: str) -> None:
        rng = self.rng
        trade = rng.choice(TRADES)
        begin, length = rng.randrange(22, 33), rng.randrange(3, 7)
        factor = rng.uniform(1.45, 2.0)
        base, noise = rng.lognormvariate(9, 1), rng.uniform(0.02, 0.07)
        water, drained, by_quarter = rng.random() < 0.7, rng.random() < 0.4, rng.random() < 0.4
        told, quarter = [], 0.0
        for k in range(MONTHS):
            at = month(k)
            up = factor if begin <= k < begin + length and what in ("workshop", "grown", "mine") else 1.0
            if what == "season" and at.month in (11, 12, 1):
                up = 2.2
            if trade == self.boom and k >= 30:
                up *= 1.5
            swing = rng.lognormvariate(0, noise) * (rng.uniform(1.3, 1.8) if rng.random() < 0.01 else 1.0)
            made = (
                base * swing * (1.0 if what in ("workshop", "mine") and begin <= k < begin + length else up)
            )
            quarter += made
            output: float | None = made
            if by_quarter:
                output, quarter = (quarter, 0.0) if at.month % 3 == 0 else (None, quarter)
            if rng.random() < 0.02:
                continue  # a month nobody delivered
            use = base * up * swing * rng.lognormvariate(0, noise / 2)
            told.append(
                FirmMonth(at, use, use / 20 * rng.lognormvariate(0, 0.03) if water else None,
                      use / 30 * rng.lognormvariate(0, 0.05) if drained else None, output, (f"{uscc}/{k}",))
            )  # fmt: skip
        place = (120.0 + rng.random() * 0.9, 29.0 + rng.random() * 0.7)
        self.firms.append(
            Firm(uscc, uscc, trade, rng.choice("甲乙丙丁戊") + "园", rng.choice((8, 45, 120, 350)), *place,
                 founded=dt.date(2015, 1, 1), months=tuple(told))
        )  # fmt: skip
        if what == "workshop":
            self.workshops.add(uscc)
            self._plant(self.firms[-1], month(begin))

    def _plant(self, firm: Firm, begun: dt.date) -> None:
        """Somebody with a record of manufacture, tied to the firm in one of several ways."""
        rng, who = self.rng, f"P{firm.uscc}"
        self.entries.append(ListedPerson(who, who, "制毒前科", dt.date(2021, 1, 1), None, ("c",)))
        way = rng.choice(("tie", "tie", "tie", "car", "handler", "stay", "stay"))
        if way == "tie":
            self.ties.append(
                FirmTie(who, firm.uscc, rng.choice(ROLES), begun - dt.timedelta(days=rng.randrange(10, 300)))
            )
        elif way == "car":
            self.cars.append(Car(who, f"浙Z{firm.uscc}"))
            self._deal(firm, begun, plates=(f"浙Z{firm.uscc}",))
        elif way == "handler":
            self._deal(firm, begun, handlers=(who,))
        for _ in range(3 if way == "stay" else 0):
            self._stay(who, firm, begun + dt.timedelta(days=rng.randrange(-80, 80)), 0.02)

    def _deal(self, firm: Firm, day: dt.date, **more: tuple[str, ...]) -> None:
        other = self.rng.choice(self.firms).uscc
        self.deals.append(
            Deal(firm.uscc, other, "甲苯", day + dt.timedelta(days=9), 300 * MG, evidence=("d",), **more)
        )

    def _stay(self, who: str, firm: Firm, day: dt.date, off: float) -> None:
        lon, lat = (
            (firm.lon or 0) + self.rng.uniform(-off, off),
            (firm.lat or 0) + self.rng.uniform(-off, off),
        )
        self.stays.append(Stay(who, day, day + dt.timedelta(days=2), "旅社", lon, lat, None, ("s",)))

    def _crowd(self) -> None:
        """People on the list who live their lives: nights here and there, old jobs, skills, bookkeeping for many."""
        rng = self.rng
        for n in range(60):
            who = f"C{n:02d}"
            kind = "制毒前科" if n < 20 else "化工技能"
            self.entries.append(ListedPerson(who, who, kind, dt.date(2020, 1, 1), None, ("c",)))
            for _ in range(2 if n < 20 else 0):
                self._stay(who, rng.choice(self.firms), ON - dt.timedelta(days=rng.randrange(700)), 0.05)
            if n >= 20:
                self.ties.append(FirmTie(who, rng.choice(self.firms).uscc, "员工", dt.date(2019, 1, 1)))
        self.ties += [
            FirmTie("C00", firm.uscc, "会计", dt.date(2020, 1, 1)) for firm in rng.sample(self.firms, 30)
        ]
        self.ties += [
            FirmTie("C01", firm.uscc, "员工", dt.date(2018, 1, 1), dt.date(2022, 1, 1))
            for firm in rng.sample(self.firms, 5)
        ]
