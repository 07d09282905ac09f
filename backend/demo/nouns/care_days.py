"""Days of the invented persons in care, walked one by one: what the truth rests on, apart from what the product computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

DAY = timedelta(days=1)
Away = Sequence[tuple[date, date]]
MONTHS = (*(m / 2 for m in range(12)), *range(6, 12), *range(12, 24, 2), *range(24, 36, 3))
"""Months after reporting at which a test is due; half a month is the 15th day after."""


def walked(start: date, away: Away) -> Iterator[date]:
    """The days of a calendar that stands still on days away: the n-th is the real day of the n-th day of the plan."""
    gone = {first + DAY * n for first, last in away for n in range((last - first).days + 1)}
    day = start
    while True:
        if day not in gone:
            yield day
        day += DAY


def real(start: date, planned: Iterable[date], away: Away) -> list[date]:
    """The real days of planned ones, which count from ``start``."""
    wanted = sorted(planned)
    days = walked(start, away)
    found: list[date] = []
    at = -1
    for each in wanted:
        offset = (each - start).days
        day = None
        while at < offset:
            day, at = next(days), at + 1
        found.append(day if day is not None else found[-1])
    return found


def years_on(day: date, years: int) -> date:
    """The anniversary; of 29 February it is 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def month_day(start: date, months: float) -> date:
    """The day of the month so many months on, or 15 days after it for a half."""
    year, month = divmod(start.month - 1 + int(months), 12)
    day = start.day
    while True:
        try:
            found = date(start.year + year, month + 1, day)
        except ValueError:
            day -= 1
            continue
        return found + timedelta(days=15 if months % 1 else 0)


def last_day(start: date, years: int, away: Away) -> date:
    """The last day of a regime."""
    return real(start, [years_on(start, years) - DAY], away)[0]


def test_days(start: date, away: Away) -> list[date]:
    """The 28 days on which a test is due."""
    return real(start, [month_day(start, months) for months in MONTHS], away)


test_days.__test__ = False  # type: ignore[attr-defined]  # no test of its own
