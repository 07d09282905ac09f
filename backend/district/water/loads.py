"""Load per 1,000 inhabitants and day with its interval, use behind it, and how many people drain to a plant.

A value below a limit is an interval from 0 to the limit. The domestic share belongs to the population, not to the load.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from backend.district.water.settings import DrugFactor, Settings

_DRAWS = 20_000
_SEED = 20_250_601
_P95 = 1.6448536269514722  # of the standard normal


@dataclass(frozen=True)
class Interval:
    """P5, median and P95; for a value below a limit its bounds and the middle between them."""

    p5: float
    p50: float
    p95: float

    def times(self, factor: float) -> Interval:
        return Interval(self.p5 * factor, self.p50 * factor, self.p95 * factor)


def per_thousand(ng_l: float, m3_day: float, persons: float) -> float:
    """``C × Q ÷ P`` in mg per 1,000 inhabitants and day: 1 ng/L in 1 m³ is 1 µg, a thousandth of a mg, and so is one of 1,000."""
    return ng_l * m3_day / persons


def cotinine_persons(ng_l: float, m3_day: float, domestic: float, given: Settings) -> float:
    """People by what their cigarettes leave in the water."""
    return ng_l * m3_day / 1000 * domestic / (given["cigarettes_a_day"] * given["cotinine_mg_a_cigarette"])


def ammonium_persons(mg_l: float, m3_day: float, domestic: float, given: Settings) -> float:
    """People by ammonium nitrogen."""
    return mg_l * m3_day * domestic / given["ammonium_g_a_person"]


def load(low: float, high: float, m3_day: float, persons: float, given: Settings) -> Interval:
    """The load of a concentration (``low == high``), or of an interval of concentrations."""
    if low < high:
        ends = [per_thousand(each, m3_day, persons) for each in (low, (low + high) / 2, high)]
        return Interval(*ends)
    nominal = per_thousand(high, m3_day, persons)
    reach = float(np.exp(_P95 * np.sqrt(sum(each**2 for each in _log_spreads(given)))))
    return Interval(nominal / reach, nominal, nominal * reach)


def use(of: Interval, factor: DrugFactor, given: Settings) -> Interval:
    """Drug used per 1,000 inhabitants and day behind a load: ``L × mass ratio ÷ (E × S)``."""
    if of.p5 == 0:
        best, worst = factor.high * given["sewer_share_high"], factor.low * given["sewer_share_low"]
        middle = (best + worst) / 2
        ends = [0.0, of.p50 * factor.mass_ratio / middle, of.p95 * factor.mass_ratio / worst]
        return Interval(*ends)
    return _drawn(given, factor).times(of.p50)


_KNOWN: dict[tuple[float, ...], Interval] = {}


def _drawn(given: Settings, factor: DrugFactor) -> Interval:
    """Quantiles of use per nominal load, from a fixed seed: C, Q, P as logarithms, E and S evenly in their bounds."""
    spreads = _log_spreads(given)
    shares = (given["sewer_share_low"], given["sewer_share_high"])
    key = (*spreads, *shares, factor.mass_ratio, factor.low, factor.high)
    if key not in _KNOWN:
        draw = np.random.default_rng(_SEED)
        value = np.exp(sum(draw.normal(0.0, each, _DRAWS) for each in spreads))
        value *= factor.mass_ratio / draw.uniform(factor.low, factor.high, _DRAWS)
        value /= draw.uniform(*shares, _DRAWS)
        _KNOWN[key] = Interval(*(float(each) for each in np.quantile(value, (0.05, 0.5, 0.95))))
    return _KNOWN[key]


def _log_spreads(given: Settings) -> list[float]:
    """Spread of the logarithms of C, Q and P, each with median 1."""
    names = ("cv_concentration", "cv_flow", "cv_population")
    return [math.sqrt(math.log1p(given[name] ** 2)) for name in names]
