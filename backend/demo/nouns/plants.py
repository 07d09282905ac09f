"""How a plant of the demo lives from month to month: season, growth, noise, and what is changed in some months."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

MONTHS = 24


@dataclass
class Plant:
    """A firm with its usual use; factors by month say where it departs from it."""

    uscc: str
    name: str
    industry: str
    site: int  # its park, from 0
    lon: float
    lat: float
    employees: int
    founded: date
    kwh: float
    per_kwh: float  # tonnes of water, output in 10,000 yuan
    output: float
    season: float
    growth: float
    noise: float
    quarterly: bool
    months: list[date]
    factors: dict[str, dict[date, float]] = field(default_factory=dict)
    diverted: float | None = None
    handler: tuple[str, str] | None = None

    @property
    def park(self) -> str:
        return f"例溪示例园区{self.site + 1}"

    def change(self, measure: str, days: list[date], factor: float) -> None:
        """Multiply a measure in some months."""
        kept = self.factors.setdefault(measure, {})
        for day in days:
            kept[day] = kept.get(day, 1.0) * factor

    def rise(self, months: int, factor: float, *, output: bool) -> None:
        """Power, water and discharge of the last months, with or without output that follows."""
        for measure in ("power", "water", "discharge", *(("output",) if output else ())):
            self.change(measure, self.months[-months:], factor)

    def idle(self, until: date) -> None:
        """Nothing but light before a day, and no output at all."""
        days = [day for day in self.months if day < until]
        for measure in ("power", "water", "discharge"):
            self.change(measure, self.months, 0.02)
        self.change("output", self.months, 0.0)
        self.employees = 0
        assert days

    def spike(self, ago: int, factor: float) -> None:
        """One month read wrong."""
        self.change("power", [self.months[-ago]], factor)

    def water(self, months: int, factor: float) -> None:
        """Water that runs away and never reaches the drain."""
        self.change("water", self.months[-months:], factor)

    def discharge(self, months: int, factor: float) -> None:
        """More waste than the water explains."""
        self.change("discharge", self.months[-months:], factor)

    def usage(self, rng: Random) -> Iterator[tuple[date, tuple[str, str, str, str]]]:
        """The rows of 企业用量."""
        quarter = 0.0
        for k, day in enumerate(self.months):
            level = (
                self.kwh
                * (1 + self.season * math.cos((day.month - 1) * math.pi / 6))
                * self.growth ** (k / 12)
            )
            swing = rng.lognormvariate(0, self.noise)

            def value(measure: str, base: float, day: date = day) -> float:
                return (
                    base * self.factors.get(measure, {}).get(day, 1.0) * rng.lognormvariate(0, self.noise / 2)
                )

            power = value("power", level * swing)
            water = value("water", level * swing * self.per_kwh)
            drained = value("discharge", level * swing * self.per_kwh * 0.7)
            output = value("output", self.output * level / self.kwh * swing)
            quarter += output
            told = f"{output:.1f}"
            if self.quarterly:
                told, quarter = (f"{quarter:.1f}", 0.0) if day.month % 3 == 0 else ("", quarter)
            yield day, (f"{power:.0f}", f"{water:.1f}", f"{drained:.1f}", told)


def centre(site: int) -> tuple[float, float]:
    """Where a park lies; parks are ten kilometres apart."""
    return 126.2 + site % 5 * 0.12, 29.4 + site // 5 * 0.11


def ordinary(rng: Random, code: str, name: str, industry: str, park: int, last: date) -> Plant:
    """A firm as most are; food dries in winter, one in ten declares its output by the quarter."""
    months = [
        date((n := last.year * 12 + last.month - 1 - MONTHS + 1 + k) // 12, n % 12 + 1, 1)
        for k in range(MONTHS)
    ]
    kwh = rng.lognormvariate(10.2, 0.8)
    return Plant(
        uscc=code,
        name=name,
        industry=industry,
        site=park,
        lon=centre(park)[0] + rng.uniform(-0.01, 0.01),
        lat=centre(park)[1] + rng.uniform(-0.01, 0.01),
        employees=rng.choice((12, 35, 60, 90, 150, 260, 400)),
        founded=date(2008 + rng.randrange(14), rng.randrange(1, 13), 1),
        kwh=kwh,
        per_kwh=rng.uniform(0.02, 0.06),
        output=kwh / rng.uniform(300, 900),
        season=rng.uniform(0.3, 0.6) if industry == "食品加工" else rng.uniform(0.0, 0.15),
        growth=rng.uniform(0.9, 1.2),
        noise=rng.uniform(0.02, 0.08),
        quarterly=rng.random() < 0.1,
        months=months,
    )
