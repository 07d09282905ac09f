"""What is usual for a series: its centre by quarter and weekend, its spread, and how far a sample lies from both.

A value below a limit is an interval: a deviation counts only as far as the intervals prove it. The spread of a series
is drawn towards that of its neighbours as far as theirs agree (Smyth 2004), so that few samples do not make a narrow one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, digamma, ndtri, polygamma, stdtr

from backend.district.water.campaigns import weekdays

Array = np.ndarray[tuple[int], np.dtype[np.float64]]
_LEAST_SPREAD = 0.1
_MEDIAN_COST = math.pi / 2  # variance of a median beside that of a mean
_SEASON_CHANCE = 0.02  # of seeing a season where there is none
_TINY = 1e-12
_OF_MEDIAN, _FAR = 1.4826, 4.0  # standard deviation by the median distance, and how many of it lie far out
_MOST, _LEAST = 60.0, 4.0  # degrees of freedom a shared spread is worth
_PAIR = 2  # groups, and old samples in each, that a comparison needs
_OLD = dt.timedelta(days=180)  # a season is known from the year before, not from the jump it might hide


@dataclass(frozen=True)
class SampleLogs:
    """Both ends of each sample as logarithms, and its day."""

    low: Array
    high: Array
    days: Sequence[dt.date]

    def middle(self) -> Array:
        """One number each, for finding the season only: half the limit where the value lies below it."""
        return np.where(np.isfinite(self.low), self.low, self.high - math.log(2))


@dataclass(frozen=True)
class Spread:
    """Standard deviation of the logarithms and its degrees of freedom."""

    sigma: float
    weight: float


@dataclass(frozen=True)
class Deviation:
    """Standard deviations off the centre; ``lasting`` is the share of the variance the season's samples have in common.

    ``own`` is what is left of ``z`` after what other sites show as well.
    """

    z: float
    centre: float
    lasting: float
    own: float


def deviation(
    values: SampleLogs, base: Sequence[int], place: int, usual: Spread, common: float = 0.0
) -> Deviation:
    """How far a sample lies off what was usual before it (all as logarithms); ``common`` is how far others do."""
    offset, same, groups = _offsets(values, base, place, usual)
    index = np.array(base)
    low, high = values.low[index] - offset[index], values.high[index] - offset[index]
    under, over = float(np.median(low)), float(np.median(high))
    squares, free = _squares(low, over, groups)
    sigma = math.sqrt((usual.weight * usual.sigma**2 + squares) / (usual.weight + free))
    here_low, here_high = values.low[place] - offset[place], values.high[place] - offset[place]
    gap = max(here_low - over, 0.0) + min(here_high - under, 0.0)
    cost = _MEDIAN_COST / same
    unit, weight = max(sigma, _LEAST_SPREAD) * math.sqrt(1 + cost), usual.weight + free
    lasting = cost / (1 + cost) if groups > 1 else 0.0
    z, own = _normal(gap / unit, weight), _normal(_without(gap, common) / unit, weight)
    return Deviation(z, over + float(offset[place]), lasting, own)


def _normal(step: float, weight: float) -> float:
    """A deviation in units of a spread that is itself estimated, as one of a spread that is known."""
    return float(ndtri(min(max(float(stdtr(weight, step)), _TINY), 1 - _TINY)))


def _without(gap: float, common: float) -> float:
    """A gap without the part others share; never turned round, never made larger."""
    return math.copysign(max(abs(gap) - abs(common), 0.0), gap) if gap * common > 0 else gap


def own_spread(values: SampleLogs, base: Sequence[int]) -> Spread:
    """The spread of a series by itself; weight 0 where it has too few samples."""
    if len(base) < 2:
        return Spread(0.0, 0.0)
    offset, _, groups = _offsets(values, base, base[-1], Spread(0.0, 0.0))
    index = np.array(base)
    low = values.low[index] - offset[index]
    over = float(np.median(values.high[index] - offset[index]))
    squares, free = _squares(_near(low, over), over, groups)
    return Spread(math.sqrt(squares / free) if free else 0.0, free)


def _near(low: Array, centre: float) -> Array:
    """Without what lies far out, such as a jump nobody has found yet, which would widen every chart of the target."""
    apart = np.abs(low - centre)
    known = apart[np.isfinite(low)]
    if not len(known):
        return low
    usual = max(_OF_MEDIAN * float(np.median(known)), _LEAST_SPREAD)
    return low[~np.isfinite(low) | (apart <= _FAR * usual)]


def shared_spread(of: Sequence[Spread]) -> Spread:
    """The spread series have in common, worth the more the better they agree."""
    free = np.array([each.weight for each in of])
    logs = np.log(np.maximum([each.sigma for each in of], _LEAST_SPREAD / 2) ** 2)
    told = logs - digamma(free / 2) + np.log(free / 2)
    more = float(np.var(told, ddof=1) - np.mean(polygamma(1, free / 2)))
    weight = _MOST if more <= 0 else min(max(2 * _inverse_trigamma(more), _LEAST), _MOST)
    squared = math.exp(float(np.median(told)) + float(digamma(weight / 2)) - math.log(weight / 2))
    return Spread(max(math.sqrt(squared), _LEAST_SPREAD), weight)


def _squares(low: Array, centre: float, groups: int) -> tuple[float, float]:
    """Sum of squares about the centre and its degrees of freedom.

    Where values lie below the limit only the upper half is known in full: it stands for both.
    """
    if np.all(np.isfinite(low)):
        return float(np.sum((low - centre) ** 2)), float(max(len(low) - groups, 0))
    upper = low[low >= centre]
    return float(np.sum((upper - centre) ** 2)), float(len(upper))


def _offsets(values: SampleLogs, base: Sequence[int], place: int, usual: Spread) -> tuple[Array, int, int]:
    """What weekend and quarter add to each sample, the samples the centre of ``place`` rests on, the groups in use."""
    level = values.middle()
    offset = np.zeros(len(level))
    same, groups = len(base), 1
    for of, age in ((_weekend, dt.timedelta(0)), (_quarter, _OLD)):
        members: dict[int, list[int]] = {}
        for each in base:
            members.setdefault(of(values.days[each]), []).append(each)
        before = values.days[place] - age
        plain = {key: own for key, own in members.items() if _known(values, own, before)}
        here = of(values.days[place])
        if len(plain) < _PAIR or here not in plain:
            continue
        added = _added(level - offset, plain, usual)
        if added:
            offset = offset + np.array([added.get(of(day), 0.0) for day in values.days])
            same, groups = min(same, len(plain[here])), groups + len(plain) - 1
    return offset, same, groups


def _added(level: Array, groups: dict[int, list[int]], usual: Spread) -> dict[int, float]:
    """What each group lies above all of them, by its median, drawn towards nothing as far as chance explains it.

    Empty where chance explains all of it.
    """
    medians = {key: float(np.median(level[own])) for key, own in groups.items()}
    counts = np.array([len(own) for own in groups.values()], dtype=np.float64)
    inside = sum(float(np.sum((level[own] - medians[key]) ** 2)) for key, own in groups.items())
    free = float(counts.sum()) - len(groups)
    variance = max((usual.weight * usual.sigma**2 + inside) / max(usual.weight + free, 1.0), _LEAST_SPREAD**2)
    noise = _MEDIAN_COST * variance / counts
    apart = np.array(list(medians.values()))
    whole = float(np.sum(apart / noise) / np.sum(1 / noise))
    seen = float(np.sum((apart - whole) ** 2 / noise))
    if seen < float(chdtri(len(groups) - 1, _SEASON_CHANCE)):
        return {}
    keep = 1 - (len(groups) - 1) / seen
    return {key: keep * (median - whole) for key, median in medians.items()}


def _known(values: SampleLogs, members: Sequence[int], before: dt.date) -> bool:
    return sum(values.days[each] <= before for each in members) >= _PAIR


def _weekend(day: dt.date) -> int:
    return int(day.weekday() not in weekdays(day.year))


def _quarter(day: dt.date) -> int:
    return (day.month - 1) // 3


def _inverse_trigamma(value: float) -> float:
    low, high = 1e-3, 1e3
    for _ in range(60):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if float(polygamma(1, middle)) > value else (low, middle)
    return low
