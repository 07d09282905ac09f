"""Days of Beijing: what is due, how many days late, on which day an answer is given."""

from __future__ import annotations

import datetime as dt

from graph_schema.beijing import BEIJING, moment

DateSpan = tuple[dt.date, dt.date]
"""First and last day, both included."""


def day_of(at: int | None) -> dt.date | None:
    """The day of an epoch time; None for none."""
    return None if at is None else moment(at).date()


def day_text(at: int | None) -> str | None:
    """A day as ISO text."""
    day = day_of(at)
    return None if day is None else day.isoformat()


def start_text(day: dt.date) -> str:
    """The first moment of a day as the envelope writes it."""
    return dt.datetime.combine(day, dt.time(), BEIJING).isoformat()


def happened(at: int | None, on: dt.date) -> bool:
    """Whether something had happened by the end of a day."""
    day = day_of(at)
    return day is not None and day <= on
