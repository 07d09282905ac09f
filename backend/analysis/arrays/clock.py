"""Times are epoch milliseconds UTC; hours and days are those of Beijing."""

from __future__ import annotations

from backend.analysis.model.parameters import whole_parameter
from graph_schema.arrays import Bools, Ints
from graph_schema.beijing import AHEAD_MS

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000

NIGHT_FROM, NIGHT_TO = whole_parameter("arrays.clock.night_from"), whole_parameter("arrays.clock.night_to")


def local_hour(at: Ints) -> Ints:
    """Hour of the day in Beijing, 0 to 23."""
    return ((at + AHEAD_MS) // HOUR) % 24


def local_day(at: Ints) -> Ints:
    """Number of the Beijing day since the epoch."""
    return (at + AHEAD_MS) // DAY


def is_night(at: Ints, exact: Bools) -> Bools:
    """``NIGHT_FROM`` to ``NIGHT_TO`` in Beijing; a day-only or unknown time never counts as night."""
    hour = local_hour(at)
    return exact & ((hour >= NIGHT_FROM) | (hour < NIGHT_TO))
