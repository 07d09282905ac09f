"""Days of care: anniversaries, the day of the month, and dates that move by the days of a suspension."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

from backend.district.days import DateSpan

ONE = dt.timedelta(days=1)
"""From one day to another, both included."""


def anniversary(day: dt.date, months: int) -> dt.date:
    """The same day months later; of a day that month does not have, the first of the next month.

    So a year from 2024-02-29 is over with 2025-02-28 (district reference E5).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    over = ONE if day.day > last else dt.timedelta()
    return dt.date(year, month + 1, min(day.day, last)) + over


def day_of_month(day: dt.date, months: int) -> dt.date:
    """The same day of the month months later; the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def length(span: DateSpan) -> int:
    """Days of a span, both ends counted."""
    return (span[1] - span[0]).days + 1


def joined(spans: Iterable[DateSpan], first: dt.date) -> list[DateSpan]:
    """Spans from ``first`` on, in order; a day that two of them name is in one only."""
    out: list[DateSpan] = []
    for begin, end in sorted((max(begin, first), end) for begin, end in spans if end >= first):
        if out and begin <= out[-1][1] + ONE:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((begin, end))
    return out


def moved(day: dt.date, spans: Sequence[DateSpan]) -> dt.date:
    """A date moved by the days of every span (in order, apart) that begins on it or before."""
    for span in spans:
        if span[0] <= day:
            day += dt.timedelta(days=length(span))
    return day


def within(day: dt.date, spans: Iterable[DateSpan]) -> bool:
    """Whether a day lies in one of some spans."""
    return any(begin <= day <= end for begin, end in spans)
