"""All figures a question asks for: indicators × units × periods, each with what stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.contract.district.figures import FigureItem
from backend.district.days import day_of
from backend.district.figures import reports
from backend.district.figures.counting import WHOLE, Figure, count, ranks
from backend.district.figures.entries import Counted, CountedPeriod, Entry
from backend.district.figures.indicators import Indicator, target_of
from backend.district.figures.items import FigureContext, item, members, undefined
from backend.district.figures.periods import Period
from backend.district.figures.told import FactRows, FactsAsOf
from backend.district.rules import Rules

DATES = ("at", "opened_at", "closed_at", "done_at", "checked_at", "decided_at", "received_at")


@dataclass(frozen=True)
class Choice:
    """What a figure is narrowed to: a drug, a kind of case."""

    drug: str = ""
    kind: str = ""

    @property
    def text(self) -> str:
        return ";".join(
            f"{name}={value}" for name, value in (("drug", self.drug), ("kind", self.kind)) if value
        )

    @classmethod
    def of(cls, text: str) -> Choice:
        given = dict(part.partition("=")[::2] for part in text.split(";") if "=" in part)
        return cls(given.get("drug", ""), given.get("kind", ""))

    def keeps(self, entry: Entry) -> bool:
        drugs = {part.strip() for part in entry.drug.split("；")}
        return (not self.drug or self.drug in drugs) and (not self.kind or self.kind == entry.kind)


@dataclass
class Survey:
    """Everything figures are counted from; facts as of a load are put together once."""

    told: FactRows
    rules: Rules
    targets: Rules
    on: dt.date
    choice: Choice = field(default_factory=Choice)
    _facts: dict[int | None, FactsAsOf] = field(default_factory=dict)
    _dated: dict[tuple[str, int | None], list[Entry]] = field(default_factory=dict)
    _counts: dict[tuple[str, Period, int | None], dict[str, Figure]] = field(default_factory=dict)
    _newest: dict[int, dt.date | None] = field(default_factory=dict)

    def facts(self, load: int | None = None) -> FactsAsOf:
        if load not in self._facts:
            self._facts[load] = self.told.until(load)
        return self._facts[load]

    def count(self, indicator: Indicator, period: Period, load: int | None = None) -> dict[str, Figure]:
        """The figures of every unit in a period, by the rows of all loads or of those up to one."""
        key = (indicator.name, period, load)
        if key not in self._counts:
            above = self.entries(indicator.numerator, period, load)
            below = self.entries(indicator.denominator, period, load) if indicator.denominator else None
            self._counts[key] = count(above, below)
        return self._counts[key]

    def entries(self, counted: Counted, period: Period, load: int | None = None) -> list[Entry]:
        """The entries of a list in a period; those that depend on their day alone are looked up once for all periods."""
        if counted.stock:
            found = counted.of(self.facts(load), CountedPeriod(period.first, period.last, self.on))
            return list(filter(self.choice.keeps, found))
        return [each for each in self.ever(counted, load) if period.first <= each.day <= period.last]

    def ever(self, counted: Counted, load: int | None = None) -> list[Entry]:
        """All entries of a list, whatever their day."""
        key = (counted.name, load)
        if key not in self._dated:
            found = counted.of(self.facts(load), CountedPeriod(dt.date.min, dt.date.max, self.on))
            self._dated[key] = list(filter(self.choice.keeps, found))
        return self._dated[key]

    def first_load(self, indicator: Indicator, period: Period) -> int | None:
        """The first load made after a period that had the figure's tables and rows as late as the period.

        None while there is none. A load that had these reported the figure, be it as zero.
        """
        for load in sorted(self.told.loads):
            if self._after(load, period) and self._counted(indicator, load):
                return load
        return None

    def _since(self, indicator: Indicator) -> dt.date | None:
        """The oldest day of the figure's lists: of what was before nothing is known, which is not zero."""
        lists = (indicator.numerator, *((indicator.denominator,) if indicator.denominator else ()))
        return min((entry.day for each in lists for entry in self.ever(each)), default=None)

    def _counted(self, indicator: Indicator, load: int) -> bool:
        """Whether a list of the figure named anything by a load, whenever it was."""
        lists = (indicator.numerator, *((indicator.denominator,) if indicator.denominator else ()))
        return any(self.ever(each, load) for each in lists)

    def _after(self, load: int, period: Period) -> bool:
        """Whether a load was made after a period it has rows of, or brought rows of a later day."""
        if load not in self._newest:
            days = [
                day
                for row in self.told.rows
                if row.load <= load
                for name in DATES
                if (day := day_of(row.props.get(name))) is not None and day <= self.on
            ]
            self._newest[load] = max(days, default=None)
        made, newest = day_of(self.told.loads[load]), self._newest[load]
        if newest is None or newest < period.first:
            return False
        return newest > period.last or (made is not None and made > period.last)

    def items(
        self, indicator: Indicator, period: Period, units: list[str], said: list[reports.Reported]
    ) -> Iterator[FigureItem]:
        """The items of one indicator in one period: the whole first, then every unit."""
        now, earlier = self.count(indicator, period), period.before()
        known = (since := self._since(indicator)) is not None and since <= earlier.last
        before = self.count(indicator, earlier) if known else None
        load = self.first_load(indicator, period)
        first = self.count(indicator, period, load) if load is not None else None
        targets = {
            unit: target
            for unit in (WHOLE, *units)
            if (target := target_of(self.targets, indicator, unit, period)) is not None
        }
        filled = {unit: now.get(unit) or _none(indicator, unit) for unit in (WHOLE, *units)}
        places = ranks(filled, indicator, targets)
        for unit, figure in filled.items():
            beside = FigureContext(
                None if before is None else before.get(unit) or _none(indicator, unit),
                None if first is None else first.get(unit) or _none(indicator, unit),
                load,
                reports.of(said, indicator, unit, period) if not self.choice.text else None,
                targets.get(unit),
                places.get(unit),
                self.on >= period.last,
                self.choice.text,
            )
            yield item(indicator, figure, period, beside, self.rules.id)

    def shown(
        self, indicator: Indicator, period: Period, units: list[str], said: list[reports.Reported], unit: str
    ) -> FigureItem | None:
        """One figure with its lists; None for a unit that has none."""
        figure = self.count(indicator, period).get(unit) or _none(indicator, unit)
        for each in self.items(indicator, period, units, said):
            if each["unit"] == unit:
                return {**each, "members": members(figure)}
        return None


def _none(indicator: Indicator, unit: str) -> Figure:
    return Figure(unit, (), None if indicator.denominator is None else ())


def unknown(said: list[reports.Reported], known: list[Indicator]) -> list[FigureItem]:
    """Reported figures nobody defined."""
    return [undefined(row) for rows in reports.undefined(said, known).values() for row in rows]
