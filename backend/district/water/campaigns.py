"""Means of a sampled week and change from one campaign to the next, as EUDA and SCORE publish them.

Weekday is Tuesday to Thursday and weekend Friday to Monday; in the campaign of 2021 alone Tuesday to Friday and
Saturday to Monday. Loads are of the residue: no excretion factor is applied.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from backend.contract.district.water import ChangeClass

_WEEKDAYS, _WEEKDAYS_2021 = (1, 2, 3), (1, 2, 3, 4)
_WEEK = 7
_STABLE = 10.0


def weekdays(year: int) -> tuple[int, ...]:
    """Days of the week (Monday is 0) that count as weekday in a campaign; the others are the weekend."""
    return _WEEKDAYS_2021 if year == 2021 else _WEEKDAYS


def means(loads: Mapping[int, float], year: int) -> tuple[float, float, float] | None:
    """Weekday, weekend and daily mean of loads by day of the week; None where a day is missing."""
    if len(loads) != _WEEK:
        return None
    inside = [loads[day] for day in weekdays(year)]
    outside = [loads[day] for day in range(_WEEK) if day not in weekdays(year)]
    return _mean(inside), _mean(outside), _mean(list(loads.values()))


def change(now: float, before: float) -> float | None:
    """Change in per cent; infinite from 0, None from 0 to 0."""
    if before == 0:
        return math.inf if now > 0 else None
    return 100 * (now - before) / before


def classed(percent: float | None) -> ChangeClass:
    """The class of a change; up to 10 % either way is stable, and so is 0 to 0."""
    if percent is None or abs(percent) <= _STABLE:
        return "stable"
    return "increase" if percent > 0 else "decrease"


def week_of(day: dt.date) -> tuple[int, int]:
    """The seven days from Wednesday on that a day belongs to: campaigns run from Wednesday to Tuesday."""
    start = day - dt.timedelta(days=(day.weekday() - 2) % _WEEK)
    return start.year, start.timetuple().tm_yday


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
