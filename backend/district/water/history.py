"""What ``show`` adds: every sample with its place on the chart, and the means of weeks sampled every day."""

from __future__ import annotations

import math
from collections import defaultdict

from backend.contract.district.water import ChartedSample, Week
from backend.district.water import campaigns
from backend.district.water.chart import Charted
from backend.district.water.items import as_load
from backend.district.water.loads import per_thousand
from backend.district.water.settings import Settings


def samples(of: Charted, given: Settings) -> list[ChartedSample]:
    """Every sample in the order of time."""
    values = of.series.values()
    return [
        {
            "at": each.day.isoformat(),
            "load": as_load(each.load(given)),
            "below": each.below,
            "z": None if point.z is None else round(point.z, 3),
            "centre": None if point.centre is None else _figure(math.exp(point.centre)),
            "value": None if each.below else _figure(math.exp(ends[0])),
            "limit": _figure(math.exp(ends[1])) if each.below else None,
            "alarm": point.alarm,
            "evidence": list(each.rows),
        }
        for each, point, ends in zip(of.series.samples, of.chart.points, values, strict=True)
    ]


def weeks(of: Charted) -> list[Week]:
    """Means of the weeks that have a sample of each day; a value below the limit enters with half the limit."""
    by_week: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for each in of.series.samples:
        if each.flow and each.pipe:
            middle = per_thousand((each.low + each.high) / 2, each.flow, each.pipe)
            by_week[campaigns.week_of(each.day)][each.day.weekday()] = middle
    found: list[Week] = []
    for (year, _), loads in sorted(by_week.items()):
        means = campaigns.means(loads, year)
        if means is None:
            continue
        change = campaigns.change(means[2], found[-1]["daily"]) if found else None
        found.append(
            {
                "year": year,
                "weekday": _figure(means[0]),
                "weekend": _figure(means[1]),
                "daily": _figure(means[2]),
                "change": None if change is None or math.isinf(change) else round(change, 2),
                "change_class": campaigns.classed(change) if found else None,
            }
        )
    return found


def _figure(value: float) -> float:
    return float(f"{value:.6g}")
