"""Samples of one target at one site in the order of time, with what they are charted on."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from backend.district.days import day_of
from backend.district.water.loads import Interval, ammonium_persons, cotinine_persons, load, per_thousand
from backend.district.water.settings import Settings
from backend.district.water.targets import named
from graph_schema.store import Props

MeasuredAs = Literal["load", "flow", "concentration"]


@dataclass(frozen=True)
class Sample:
    """One target in one sample; the concentration is an interval, closed where it was measured."""

    site: str
    target: str
    day: dt.date
    low: float
    high: float
    flow: float | None
    pipe: float | None
    domestic: float
    cotinine: float | None
    ammonium: float | None
    node: str | None
    way: str | None
    weather: str | None
    laboratory: str | None
    extra: Props  # columns of the table no property takes, as they were written
    rows: tuple[str, ...]

    @property
    def below(self) -> bool:
        return self.low < self.high

    def persons(self, given: Settings) -> dict[str, float]:
        """How many people drain here: by pipe, and by what the water says."""
        found = {"pipe": self.pipe or 0.0}
        if self.flow and self.cotinine:
            found["cotinine"] = cotinine_persons(self.cotinine, self.flow, self.domestic, given)
        if self.flow and self.ammonium:
            found["ammonium"] = ammonium_persons(self.ammonium, self.flow, self.domestic, given)
        return {name: each for name, each in found.items() if each > 0}

    def load(self, given: Settings) -> Interval | None:
        """The load with its interval; by pipe where the pipe is known, so that a series has one denominator."""
        people = self.persons(given)
        if not self.flow or not people:
            return None
        return load(self.low, self.high, self.flow, next(iter(people.values())), given)


@dataclass(frozen=True)
class TargetSeries:
    """All samples of one target at one site."""

    site: str
    target: str
    samples: tuple[Sample, ...]

    @property
    def id(self) -> str:
        return f"{self.site}|{self.target}"

    @property
    def node(self) -> str | None:
        """The node of the newest sample that names one."""
        return next((each.node for each in reversed(self.samples) if each.node), None)

    @property
    def measure(self) -> MeasuredAs:
        """Load where every sample allows it, else mass, else the bare concentration: never a mix."""
        if not all(each.flow for each in self.samples):
            return "concentration"
        return "load" if all(each.pipe for each in self.samples) else "flow"

    def values(self) -> list[tuple[float, float]]:
        """Both ends of each sample as logarithms; minus infinity below a limit."""
        return [(_log(self._of(each, each.low)), _log(self._of(each, each.high))) for each in self.samples]

    def _of(self, sample: Sample, ng_l: float) -> float:
        if self.measure == "concentration" or not sample.flow:
            return ng_l
        return per_thousand(
            ng_l, sample.flow, sample.pipe if self.measure == "load" and sample.pipe else 1000
        )

    def every_days(self) -> float:
        """The median number of days between two samples; infinite with fewer than two."""
        days = [each.day for each in self.samples]
        gaps = sorted((b - a).days for a, b in pairwise(days))
        return float(gaps[len(gaps) // 2]) if gaps else math.inf


def series_of(samples: Iterable[Sample]) -> list[TargetSeries]:
    """Samples put into series; several of one day stand in the order of their rows."""
    found: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for each in samples:
        found[each.site, each.target].append(each)
    return [
        TargetSeries(site, target, tuple(sorted(of, key=lambda each: (each.day, each.rows))))
        for (site, target), of in sorted(found.items())
    ]


def sample(
    props: Props,
    node: str | None,
    people: float | None,
    rows: Sequence[str],
) -> Sample | None:
    """A sample from its node in the graph; None where day, or value and limit, are unknown (``check`` tells)."""
    day = day_of(props.get("at"))
    ends = _ends(props)
    if day is None or ends is None or not props.get("site"):
        return None
    share = props.get("domestic_share")
    return Sample(
        site=props["site"],
        target=named(props["target"]),
        day=day,
        low=ends[0],
        high=ends[1],
        flow=_positive(props.get("flow_m3_day")),
        pipe=_positive(props.get("population")) or people,
        domestic=share if share is not None and 0 < share <= 1 else 1.0,
        cotinine=_positive(props.get("cotinine_ng_l")),
        ammonium=_positive(props.get("nh4_mg_l")),
        node=node,
        way=props.get("way"),
        weather=props.get("weather"),
        laboratory=props.get("laboratory"),
        extra=json.loads(props.get("extra") or "{}"),
        rows=tuple(rows),
    )


def _ends(props: Props) -> tuple[float, float] | None:
    if props.get("below"):
        limit = _positive(props.get("limit_ng_l")) or _positive(props.get("loq_ng_l"))
        return None if limit is None else (0.0, limit)
    value = _positive(props.get("concentration_ng_l"))
    return None if value is None else (value, value)


def _positive(value: float | None) -> float | None:
    return float(value) if value is not None and value > 0 else None


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf
