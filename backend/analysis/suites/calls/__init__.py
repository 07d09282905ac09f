"""The fourteen analyses of call records (domain B1), as pure functions on what was read of the targets."""

from __future__ import annotations

from collections.abc import Callable

from backend.analysis.suites.calls.book import CallBook, Sighting, Talk, Wear
from backend.analysis.suites.calls.contacts import closeness, common, direction, ranking
from backend.analysis.suites.calls.handsets import handsets, replaced
from backend.analysis.suites.calls.places import places, quiet_meetings, travel
from backend.analysis.suites.calls.rhythm import first_last, hours, relays, silences
from backend.analysis.suites.calls.whole import everywhere
from backend.analysis.suites.common import Preset, Table

ANALYSES: tuple[Callable[[CallBook, Preset], Table], ...] = (
    ranking,
    common,
    everywhere,
    places,
    first_last,
    hours,
    closeness,
    replaced,
    handsets,
    travel,
    quiet_meetings,
    silences,
    relays,
    direction,
)


def call_suite(book: CallBook, preset: Preset) -> list[Table]:
    """All tables, in the order of the catalogue."""
    return [analysis(book, preset) for analysis in ANALYSES]


__all__ = ["ANALYSES", "CallBook", "Sighting", "Talk", "Wear", "call_suite"]
