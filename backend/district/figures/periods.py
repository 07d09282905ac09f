"""Periods of figures: months, quarters, years, or any days; and the period before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """First and last day, both included."""

    first: dt.date
    last: dt.date

    @property
    def kind(self) -> str:
        """month, quarter, year, or days where it is none of these."""
        for name, months in (("month", 1), ("quarter", 3), ("year", 12)):
            starts = self.first.day == 1 and (self.first.month - 1) % months == 0
            if starts and self.last == _plus(self.first, months) - DAY:
                return name
        return "days"

    def before(self) -> Period:
        """The period of the same kind just before; of days, as many days."""
        months = {"month": 1, "quarter": 3, "year": 12}.get(self.kind)
        if months:
            return Period(_plus(self.first, -months), self.first - DAY)
        length = self.last - self.first + DAY
        return Period(self.first - length, self.first - DAY)

    def months(self) -> list[Period]:
        """The whole months it is made of; none where it begins or ends within one."""
        if self.first.day != 1 or (self.last + DAY).day != 1:
            return []
        return list(months(self.first, self.last))


def month_of(day: dt.date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, _plus(first, 1) - DAY)


def months(first: dt.date, last: dt.date) -> Iterator[Period]:
    """Every calendar month from that of one day to that of another."""
    month = month_of(first)
    while month.first <= last:
        yield month
        month = month_of(month.last + DAY)


def _plus(first: dt.date, months: int) -> dt.date:
    """The first of a month so many months on."""
    years, month = divmod(first.month - 1 + months, 12)
    return dt.date(first.year + years, month + 1, 1)
