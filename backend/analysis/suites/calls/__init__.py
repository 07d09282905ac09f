"""The fourteen analyses of call records (domain B1), as pure functions on what was read of the targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend.analysis.suites.calls.book import CallBook, Sighting, Talk, Wear
from backend.analysis.suites.calls.contacts import closeness, common, direction, ranking
from backend.analysis.suites.calls.handsets import handsets, replaced
from backend.analysis.suites.calls.places import places, quiet_meetings, travel
from backend.analysis.suites.calls.rhythm import first_last, hours, relays, silences
from backend.analysis.suites.calls.whole import everywhere
from backend.analysis.suites.common import Preset, SuiteTable, TableFound, suite_tables

ANALYSES: Mapping[str, Callable[[CallBook, Preset], TableFound]] = {
    "ranking": ranking,
    "common": common,
    "everywhere": everywhere,
    "places": places,
    "first_last": first_last,
    "hours": hours,
    "closeness": closeness,
    "replaced": replaced,
    "handsets": handsets,
    "travel": travel,
    "quiet_meetings": quiet_meetings,
    "silences": silences,
    "relays": relays,
    "direction": direction,
}


def call_suite(book: CallBook, preset: Preset) -> list[SuiteTable]:
    """All tables, in the order of the catalogue."""
    return suite_tables("calls", ANALYSES, book, preset, book.truncated)


__all__ = ["ANALYSES", "CallBook", "Sighting", "Talk", "Wear", "call_suite"]
