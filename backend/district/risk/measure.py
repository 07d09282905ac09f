"""Robust measures of a series of months, and distances on the ground."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from statistics import median

EARTH_KM = 6371.0088
SCALE = 0.6745


def modified_z(value: float, values: Sequence[float], floor: float = 0.0, least: float = 0.0) -> float:
    """Modified z of a value among values (Iglewicz & Hoaglin); MAD is at least ``floor`` of the median and ``least``.

    An idle plant has MAD 0: without a floor the first kilowatt-hour would be infinitely strange.
    """
    middle = median(values)
    spread = median(abs(each - middle) for each in values)
    width = max(spread, floor * abs(middle), least)
    return SCALE * (value - middle) / width if width > 0 else 0.0


def same_month_ratios(series: Mapping[dt.date, float]) -> dict[dt.date, float]:
    """Each month against the median of the same month of all earlier years; months without one are left out."""
    found = {}
    for month, value in series.items():
        earlier = [series[day] for day in series if day.month == month.month and day < month]
        base = median(earlier) if earlier else 0.0
        if base > 0:
            found[month] = value / base
    return found


def deviations(
    series: Mapping[dt.date, float], least_months: int, floor: float
) -> dict[dt.date, float] | None:
    """Modified z by month: of same-month ratios where there is a year of them, else of the values.

    None where the firm has no own history: fewer months than ``least_months``.
    """
    if len(series) < least_months:
        return None
    ratios = same_month_ratios(series)
    used: Mapping[dt.date, float] = ratios if len(ratios) >= least_months else series
    values = list(used.values())
    least = 0.0 if used is ratios else 1.0
    return {month: modified_z(value, values, floor, least) for month, value in used.items()}


def relative(series: Mapping[dt.date, float], least_months: int) -> dict[dt.date, float]:
    """Logarithm of each month against the firm's own usual: same month of earlier years, else its median."""
    positive = {month: value for month, value in series.items() if value > 0}
    if len(positive) < least_months:
        return {}
    ratios = same_month_ratios(positive)
    if len(ratios) < least_months:
        middle = median(positive.values())
        ratios = {month: value / middle for month, value in positive.items()}
    return {month: math.log(ratio) for month, ratio in ratios.items()}


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Slope and intercept by least squares; slope 1 where the points do not tell one."""
    n = len(points)
    x, y = (sum(each) / n for each in zip(*points, strict=True)) if n else (0.0, 0.0)
    spread = sum((a - x) ** 2 for a, _ in points)
    slope = sum((a - x) * (b - y) for a, b in points) / spread if spread > 1e-9 else 1.0
    return slope, y - slope * x


def kilometres(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat), math.radians(lat2)
    half = (
        math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def month_end(month: dt.date) -> dt.date:
    """The last day of a month."""
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before."""
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, 1)
