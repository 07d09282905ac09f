"""Signals from when payments happen: buying again after days, monthly dates, the night."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import BEIJING, DAY, is_night, local_day
from backend.analysis.supply.features import Scene
from backend.analysis.supply.signals.base import Signal, payment_rows

MONTH = 30.44  # mean days
LEAST_PACE = 3.0  # days; whoever buys every day or two keeps that pace by chance
LEAST_GAPS = 4


def rhythm_signals(scene: Scene) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [_repurchase(scene), _even_pace(scene), _monthly(scene), _night(scene)]


def _repurchase(scene: Scene) -> Signal:
    """Buys again after 1 to 21 days, fading out to 45; at least three paying days."""
    value = np.clip((45.0 - scene.gap) / 24.0, 0.0, 1.0) * (scene.days >= 3)
    return Signal("repurchase", value, np.where(value > 0, scene.days, 0), payment_rows(scene))


def _even_pace(scene: Scene) -> Signal:
    """The same number of days from one payment to the next, or a multiple of it where rows are missing: an instalment, a
    rent, an allowance. 1 where no gap differs, 0 from a fifth of the median gap on average (gaps without any pace differ by a
    quarter); at least four gaps with a median of three days or more. Payments the buyer rang for do not count.
    """
    of, day = scene.candidates.payments_of, local_day(scene.at)
    order = np.lexsort((day, of))
    of, day = of[order], day[order]
    next_day = (of[1:] == of[:-1]) & (day[1:] > day[:-1]) & (scene.gap[of[1:]] >= LEAST_PACE)
    candidate, gap = of[1:][next_day], (day[1:] - day[:-1])[next_day].astype(np.float64)
    pace = scene.gap[candidate]
    off = np.abs(gap - np.maximum(np.round(gap / pace), 1.0) * pace) / pace
    count = np.bincount(candidate, minlength=scene.size)
    mean = np.bincount(candidate, weights=off, minlength=scene.size) / np.maximum(count, 1)
    value = np.where(count >= LEAST_GAPS, (1.0 - np.clip(mean / 0.2, 0.0, 1.0)) * scene.unordered, 0.0)
    return Signal("even_pace", value, np.where(value > 0, scene.days, 0), payment_rows(scene))


def _monthly(scene: Scene) -> Signal:
    """Same date of the month and hardly changing amounts: rent, instalment, wage; at least three paying
    days.
    """
    day = ((scene.at + BEIJING) / DAY) % MONTH / MONTH * 2 * np.pi
    mean_cos = scene.per_candidate(scene.paid.mean(np.cos(day)))
    mean_sin = scene.per_candidate(scene.paid.mean(np.sin(day)))
    fixed_date = np.hypot(mean_cos, mean_sin)
    spread = scene.per_candidate(
        scene.paid.mean(np.abs(scene.amount - scene.median[scene.candidates.payments_of]))
    )
    steady = 1.0 - np.clip(spread / np.maximum(scene.median, 1.0) / 0.25, 0.0, 1.0)
    month_apart = (scene.gap >= 26) & (scene.gap <= 35) & (scene.days >= 3)
    value = np.where(month_apart, np.clip(fixed_date * 2 - 1, 0, 1) * (0.5 + 0.5 * steady), 0.0)
    return Signal("monthly", value, np.where(value > 0, scene.days, 0), payment_rows(scene))


def _night(scene: Scene) -> Signal:
    """Share of payments known to the minute that were made between 22:00 and 04:00."""
    exact = scene.payments.exact[scene.candidates.payment]
    night = is_night(scene.at, exact)
    share = scene.per_candidate(scene.paid.sum(night) / np.maximum(scene.paid.sum(exact), 1.0))
    count = scene.per_candidate(scene.paid.sum(night)).astype(np.int64)
    return Signal("night", share, count, payment_rows(scene))
