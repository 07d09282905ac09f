"""The analyses of money flow (domain B2, without the score from region of origin), as pure functions."""

from __future__ import annotations

from collections.abc import Callable

from backend.analysis.suites.common import Preset, Table
from backend.analysis.suites.money.accounts import balances, dormant, openings, platforms, shared_channels
from backend.analysis.suites.money.book import MoneyBook, Opening, Payment, Sharing
from backend.analysis.suites.money.clues import clues
from backend.analysis.suites.money.flows import gathered, quick, turnover
from backend.analysis.suites.money.parties import overview, top, two_way
from backend.analysis.suites.money.structure import layers, patterns, round_trips
from backend.analysis.suites.money.sums import cash, round_sums

ANALYSES: tuple[Callable[[MoneyBook, Preset], Table], ...] = (
    overview,
    top,
    two_way,
    quick,
    round_sums,
    cash,
    turnover,
    gathered,
    dormant,
    patterns,
    layers,
    round_trips,
    shared_channels,
    openings,
    balances,
    clues,
    platforms,
)


def money_suite(book: MoneyBook, preset: Preset) -> list[Table]:
    """All tables, in the order of the catalogue; there is no number 15, on purpose."""
    return [analysis(book, preset) for analysis in ANALYSES]


__all__ = ["ANALYSES", "MoneyBook", "Opening", "Payment", "Sharing", "money_suite"]
