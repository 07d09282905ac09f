"""The analyses of money flow (domain B2, without the score from region of origin), as pure functions."""

from __future__ import annotations

from collections.abc import Callable

from backend.analysis.money_suite.accounts import balances, dormant, openings, platforms, shared_channels
from backend.analysis.money_suite.book import MoneyBook, Opening, Payment, Sharing
from backend.analysis.money_suite.clues import clues
from backend.analysis.money_suite.flows import gathered, quick, turnover
from backend.analysis.money_suite.parties import overview, top, two_way
from backend.analysis.money_suite.structure import layers, patterns, round_trips
from backend.analysis.money_suite.sums import cash, round_sums
from backend.analysis.suite import Preset, Table

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
