"""Signals from when payments happen: buying again after days, monthly dates, the night."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays import BEIJING, DAY, is_night
from backend.analysis.scene import Scene
from backend.analysis.signals.base import Signal, payment_rows

MONTH = 30.44  # mean days


def rhythm_signals(scene: Scene) -> list[Signal]:
    """All signals of this module for every candidate."""
    return [_repurchase(scene), _monthly(scene), _night(scene)]


def _repurchase(scene: Scene) -> Signal:
    """Buys again after 1 to 21 days, fading out to 45; at least three paying days."""
    value = np.clip((45.0 - scene.gap) / 24.0, 0.0, 1.0) * (scene.days >= 3)
    return Signal("repurchase", value, np.where(value > 0, scene.days, 0), payment_rows(scene))


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
