"""统计月报: what was reported, by figure, unit and month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.district.days import day_of
from backend.district.figures.indicators import Indicator
from backend.district.figures.periods import Period, month_of
from backend.district.figures.told import FactsAsOf


@dataclass(frozen=True)
class Reported:
    """One row of a monthly report."""

    figure: str
    unit: str
    month: Period
    value: float
    evidence: tuple[str, ...]


def reported(facts: FactsAsOf) -> list[Reported]:
    """Every reported figure."""
    found = []
    for each in facts.kind("figure"):
        props, day = each.props, day_of(each.props.get("at"))
        if day is not None and props.get("value") is not None:
            value = float(props["value"])
            unit = str(props.get("unit") or "").strip()
            found.append(Reported(str(props.get("title")).strip(), unit, month_of(day), value, each.rows))
    return found


def of(rows: Iterable[Reported], indicator: Indicator, unit: str, period: Period) -> Reported | None:
    """What was reported for a period: its month; of several months their sum, where that means something.

    Shares do not add, and neither do persons: one may be counted in two months.
    """
    months = period.months()
    by_month = {
        row.month: row
        for row in rows
        if row.figure in indicator.names and row.unit == unit and row.month in months
    }
    if not months or len(by_month) < len(months):
        return None
    if len(months) > 1 and (
        indicator.denominator or indicator.numerator.persons or indicator.numerator.stock
    ):
        return None
    evidence = tuple(row for month in months for row in by_month[month].evidence)
    return Reported(indicator.name, unit, period, sum(row.value for row in by_month.values()), evidence)


def agrees(said: float, value: float | None, measure: str) -> bool:
    """Whether a reported value is the counted one: a share to the digits it was written in, as 96.5 or as 0.965."""
    if value is None:
        return False
    if measure != "%":
        return said == value
    return abs(said - value) <= 0.06 or (0 <= said <= 1 and abs(100 * said - value) <= 0.06)


def undefined(rows: Iterable[Reported], known: Iterable[Indicator]) -> Mapping[str, list[Reported]]:
    """What is reported under names no indicator has."""
    names = {name for each in known for name in each.names}
    found: dict[str, list[Reported]] = {}
    for row in rows:
        if row.figure not in names:
            found.setdefault(row.figure, []).append(row)
    return found
