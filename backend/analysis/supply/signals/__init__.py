"""The weak signals of "A supplies B", one small module per kind."""

from __future__ import annotations

from backend.analysis.supply.features import Features
from backend.analysis.supply.signals.around import around_signals
from backend.analysis.supply.signals.base import Signal
from backend.analysis.supply.signals.calls import call_signals
from backend.analysis.supply.signals.goods import goods_signals
from backend.analysis.supply.signals.money import money_signals
from backend.analysis.supply.signals.people import people_signals
from backend.analysis.supply.signals.rhythm import rhythm_signals

__all__ = ["Signal", "around_signals", "first_signals"]


def first_signals(features: Features) -> list[Signal]:
    """Signals that need no other candidate's score."""
    return [
        *money_signals(features),
        *rhythm_signals(features),
        *call_signals(features),
        *people_signals(features),
        *goods_signals(features),
    ]
