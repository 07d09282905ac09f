"""The chart of a series: how far each sample lies from what was usual before it, and where the alarm begins.

Samples of a jump teach the chart nothing, and the sample just before the one being judged does not either, so the first
sample of a jump does not hide the second. A jump stands until a sample lies back within half the limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.contract.district.water import ChartKind
from backend.district.water import run_lengths
from backend.district.water.series import Sample, TargetSeries
from backend.district.water.settings import Settings
from backend.district.water.targets import watched
from backend.district.water.usual import (
    Array,
    Deviation,
    SampleLogs,
    Spread,
    deviation,
    own_spread,
    shared_spread,
)

_FEW = 4  # series a shared spread needs
_OTHERS = 3  # other sites that say what all share
_NEAR_DAYS = 10
_YEAR = 365.25
_WEIGHT = 8.0  # degrees of freedom the spread of the rule file is worth


@dataclass(frozen=True)
class Point:
    """One sample on the chart: ``value`` is what was held against ``limit``; None while the chart still learns."""

    z: float | None
    value: float | None
    limit: float
    centre: float | None
    alarm: bool
    kind: ChartKind


@dataclass(frozen=True)
class Chart:
    """A chart: ``kept`` are the samples it learned from, ``arl0`` is how long it runs where nothing happens."""

    points: tuple[Point, ...]
    sparse: bool
    kept: tuple[int, ...]
    own: Spread
    arl0: float

    @property
    def start(self) -> int | None:
        """The first sample of the alarm that still stands at the last one; None where none stands."""
        if not self.points or not self.points[-1].alarm:
            return None
        place = len(self.points) - 1
        while place and self.points[place - 1].alarm:
            place -= 1
        return place


def chart(series: TargetSeries, usual: Spread, given: Settings, common: Sequence[float] = ()) -> Chart:
    """Every sample judged by those before it; ``common`` is how far other sites lie off theirs at its time."""
    sparse = series.every_days() > given["sparse_days"]
    weight, edge = given["ewma_weight"], given["ewma_limit"]
    single = given["jump_limit"] if sparse else given["single_limit"]
    twice = given["pair_limit"]
    arl0 = run_lengths.pair(single, twice) if sparse else run_lengths.ewma(weight, edge, single)
    values = _values(series)
    state = _State(single, twice, edge, weight)
    for place in range(len(series.samples)):
        base = state.before(place, int(given["learning_samples"]))
        if len(base) < given["learning_samples"]:
            state.learn(place)
            continue
        found = deviation(values, base, place, usual, common[place] if common else 0.0)
        state.judge(place, found, counted=not sparse and len(base) >= given["enough_samples"])
    own = own_spread(values, state.kept)
    return Chart(tuple(state.points), sparse, tuple(state.kept), own, arl0)


@dataclass(frozen=True)
class Charted:
    """A series with its chart."""

    series: TargetSeries
    chart: Chart

    @property
    def last(self) -> Sample:
        return self.series.samples[-1]

    @property
    def alarm(self) -> bool:
        return self.chart.start is not None and watched(self.series.target)

    @property
    def up(self) -> bool:
        return (self.chart.points[-1].value or 0.0) > 0

    def tests_a_year(self) -> float:
        """How many samples a year are judged."""
        every = self.series.every_days()
        return 0.0 if math.isinf(every) else _YEAR / max(every, 1.0)


def charts(all_series: Sequence[TargetSeries], given: Settings) -> list[Charted]:
    """All charts: once to learn how much series of a target spread and what they share, and once with that."""
    usual = Spread(given["usual_spread"], _WEIGHT)
    first = [chart(each, usual, given) for each in all_series]
    by_target: dict[str, list[Spread]] = {}
    for series, made in zip(all_series, first, strict=True):
        if made.own.weight > 1:
            by_target.setdefault(series.target, []).append(made.own)
    everything = [each for of in by_target.values() for each in of]
    default = shared_spread(everything) if len(everything) >= _FEW else usual
    shared = {target: shared_spread(of) for target, of in by_target.items() if len(of) >= _FEW}
    return [
        Charted(each, chart(each, shared.get(each.target, default), given, common))
        for each, common in zip(all_series, _in_common(all_series, first), strict=True)
    ]


def _in_common(all_series: Sequence[TargetSeries], first: Sequence[Chart]) -> list[list[float]]:
    """How far the other sites of a target lie off their centres about the time of each sample; 0 with too few sites."""
    off: dict[str, list[tuple[int, int, float]]] = {}
    for number, (series, made) in enumerate(zip(all_series, first, strict=True)):
        middle = _values(series).middle()
        off.setdefault(series.target, []).extend(
            (sample.day.toordinal(), number, float(value) - point.centre)
            for sample, point, value in zip(series.samples, made.points, middle, strict=True)
            if point.centre is not None and math.isfinite(point.centre)
        )
    told = {target: tuple(map(np.array, zip(*sorted(of), strict=True))) for target, of in off.items() if of}
    return [
        [_median_about(told.get(series.target), number, each.day.toordinal()) for each in series.samples]
        for number, series in enumerate(all_series)
    ]


def _median_about(told: tuple[Array, ...] | None, number: int, day: int) -> float:
    if told is None:
        return 0.0
    days, sites, apart = told
    first, end = np.searchsorted(days, [day - _NEAR_DAYS, day + _NEAR_DAYS + 1])
    near = slice(int(first), int(end))
    others = sites[near] != number
    if len(np.unique(sites[near][others])) < _OTHERS:
        return 0.0
    return float(np.median(apart[near][others]))


class _State:
    """What the chart knows while it walks along a series."""

    def __init__(self, single: float, twice: float, edge: float, weight: float) -> None:
        self.single, self.twice, self.edge, self.weight = single, twice, edge, weight
        self.kept: list[int] = []
        self.points: list[Point] = []
        self._level = 0.0
        self._side = 0  # of the jump that stands: up, down, none

    def before(self, place: int, least: int) -> list[int]:
        """The samples that say what is usual: not the one just before, where there are enough others."""
        return [each for each in self.kept if each != place - 1] if len(self.kept) > least else self.kept

    def learn(self, place: int) -> None:
        self.kept.append(place)
        self.points.append(Point(None, None, self.single, None, False, "learning"))

    def judge(self, place: int, found: Deviation, *, counted: bool) -> None:
        # A slow drift that other sites show as well is a season, or the laboratory's; a jump stays one.
        pull = min(max(found.own, -self.single), self.single)
        self._level = self.weight * pull + (1 - self.weight) * self._level if counted else 0.0
        bound = self._bound(found.lasting)
        drift, again = counted and abs(self._level) > bound, not counted and self._again(found.z)
        jump = abs(found.z) > self.single or again
        stands = self._side * found.z > self.single / 2
        if jump and not stands:
            self._side = 1 if found.z > 0 else -1
        elif not stands:
            self._side = 0
        if not (jump or stands):
            self.kept.append(place)
        lower = self.twice if again else self.single / 2 if stands else self.single
        limit = self.single if abs(found.z) > self.single else lower
        told: tuple[float, float, ChartKind] = (found.z, limit, "jump")
        if counted and not (jump or stands):
            told = (self._level, bound, "ewma")
        value, limit, kind = told
        self.points.append(Point(found.z, value, limit, found.centre, drift or jump or stands, kind))

    def _again(self, z: float) -> bool:
        """Whether this sample and the one before lie beyond the lower limit on the same side."""
        before = self.points[-1].z if self.points else None
        return before is not None and min(abs(z), abs(before)) > self.twice and z * before > 0

    def _bound(self, lasting: float) -> float:
        """Wider where a season's error lasts through the quarter and does not average out."""
        return self.edge * math.sqrt(self.weight / (2 - self.weight) * (1 - lasting) + lasting)


def _values(series: TargetSeries) -> SampleLogs:
    ends = series.values()
    low, high = (np.array([each[side] for each in ends], dtype=np.float64) for side in (0, 1))
    return SampleLogs(low, high, [each.day for each in series.samples])
