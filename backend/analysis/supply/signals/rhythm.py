"""Signals from the times of payments: repurchase rhythm, monthly dates, night."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.clock import DAY, is_night, local_day
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.base import PAYING_DAYS, Signal, payment_rows
from graph_schema.beijing import AHEAD_MS

MONTH = parameter("supply.signals.rhythm.month")
LEAST_PACE = parameter("supply.signals.rhythm.least_pace")
LEAST_GAPS = whole_parameter("supply.signals.rhythm.least_gaps")
PACE_OFF = parameter("supply.signals.rhythm.pace_off")
REPURCHASE_MOST = parameter("supply.signals.rhythm.repurchase_most")
REPURCHASE_FADING = parameter("supply.signals.rhythm.repurchase_fading")
MONTHLY_LEAST = whole_parameter("supply.signals.rhythm.monthly_least")
MONTHLY_MOST = whole_parameter("supply.signals.rhythm.monthly_most")
MONTHLY_OFF = parameter("supply.signals.rhythm.monthly_off")
MONTHLY_UNSTEADY = parameter("supply.signals.rhythm.monthly_unsteady")


def rhythm_signals(features: Features) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [_repurchase(features), _even_pace(features), _monthly(features), _night(features)]


def _repurchase(features: Features) -> Signal:
    """Buys again after days, fading out up to ``REPURCHASE_MOST``; at least ``PAYING_DAYS``."""
    value = np.clip((REPURCHASE_MOST - features.gap) / REPURCHASE_FADING, 0.0, 1.0)
    value *= features.days >= PAYING_DAYS
    return Signal("repurchase", value, np.where(value > 0, features.days, 0), payment_rows(features))


def _even_pace(features: Features) -> Signal:
    """The same number of days from one payment to the next, or a multiple of it where rows are missing: an instalment, a
    rent, an allowance. 1 where no gap differs, 0 from ``PACE_OFF`` of the median gap on average (gaps without any pace differ
    by a quarter); at least ``LEAST_GAPS`` with a median of ``LEAST_PACE`` or more. Payments the buyer rang for do not count.
    """
    of, day = features.candidates.payments_of, local_day(features.at)
    order = np.lexsort((day, of))
    of, day = of[order], day[order]
    next_day = (of[1:] == of[:-1]) & (day[1:] > day[:-1]) & (features.gap[of[1:]] >= LEAST_PACE)
    candidate, gap = of[1:][next_day], (day[1:] - day[:-1])[next_day].astype(np.float64)
    pace = features.gap[candidate]
    off = np.abs(gap - np.maximum(np.round(gap / pace), 1.0) * pace) / pace
    count = np.bincount(candidate, minlength=features.size)
    mean = np.bincount(candidate, weights=off, minlength=features.size) / np.maximum(count, 1)
    even = 1.0 - np.clip(mean / PACE_OFF, 0.0, 1.0)
    value = np.where(count >= LEAST_GAPS, even * features.unordered, 0.0)
    return Signal("even_pace", value, np.where(value > 0, features.days, 0), payment_rows(features))


def _monthly(features: Features) -> Signal:
    """Same date of the month and hardly changing amounts: rent, instalment, wage; at least ``PAYING_DAYS``."""
    day = ((features.at + AHEAD_MS) / DAY) % MONTH / MONTH * 2 * np.pi
    mean_cos = features.per_candidate(features.paid.mean(np.cos(day)))
    mean_sin = features.per_candidate(features.paid.mean(np.sin(day)))
    fixed_date = np.hypot(mean_cos, mean_sin)
    spread = features.per_candidate(
        features.paid.mean(np.abs(features.amount - features.median[features.candidates.payments_of]))
    )
    steady = 1.0 - np.clip(spread / np.maximum(features.median, 1.0) / MONTHLY_OFF, 0.0, 1.0)
    month_apart = (features.gap >= MONTHLY_LEAST) & (features.gap <= MONTHLY_MOST)
    month_apart &= features.days >= PAYING_DAYS
    sums = MONTHLY_UNSTEADY + (1.0 - MONTHLY_UNSTEADY) * steady
    value = np.where(month_apart, np.clip(fixed_date * 2 - 1, 0, 1) * sums, 0.0)
    return Signal("monthly", value, np.where(value > 0, features.days, 0), payment_rows(features))


def _night(features: Features) -> Signal:
    """Share of payments known to the minute that were made at night."""
    exact = features.payments.exact[features.candidates.payment]
    night = is_night(features.at, exact)
    share = features.per_candidate(features.paid.sum(night) / np.maximum(features.paid.sum(exact), 1.0))
    count = features.per_candidate(features.paid.sum(night)).astype(np.int64)
    return Signal("night", share, count, payment_rows(features))
