"""The analyses of money flow (domain B2, without the score from region of origin), as pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend.analysis.suites.common import Preset, SuiteTable, TableFound, suite_tables
from backend.analysis.suites.money.accounts import balances, dormant, openings, platforms, shared_channels
from backend.analysis.suites.money.book import MoneyBook, Opening, Payment, Sharing
from backend.analysis.suites.money.clues import clues
from backend.analysis.suites.money.flows import gathered, quick, turnover
from backend.analysis.suites.money.parties import overview, top, two_way
from backend.analysis.suites.money.structure import layers, patterns, round_trips
from backend.analysis.suites.money.sums import cash, round_sums

ANALYSES: Mapping[str, Callable[[MoneyBook, Preset], TableFound]] = {
    "overview": overview,
    "top": top,
    "two_way": two_way,
    "quick": quick,
    "round": round_sums,
    "cash": cash,
    "turnover": turnover,
    "gathered": gathered,
    "dormant": dormant,
    "patterns": patterns,
    "layers": layers,
    "round_trips": round_trips,
    "shared_channels": shared_channels,
    "openings": openings,
    "balances": balances,
    "clues": clues,
    "platforms": platforms,
}


def money_suite(book: MoneyBook, preset: Preset) -> list[SuiteTable]:
    """All tables, in the order of the catalogue; there is no number 15, on purpose."""
    return suite_tables("money", ANALYSES, book, preset, book.truncated)


__all__ = ["ANALYSES", "MoneyBook", "Opening", "Payment", "Sharing", "money_suite"]
