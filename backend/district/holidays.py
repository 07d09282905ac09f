"""Public holidays by the notices of the State Council: which days are off, and whether a year's notice is known."""

from __future__ import annotations

import datetime as dt

from backend.district.rules import Rules, rules


class Holidays:
    """The days off of the rule file. Weekends worked instead count as free: rather a day too many than somebody late."""

    def __init__(self, file: Rules | None = None) -> None:
        self._rows = (file or rules("holidays")).rows
        self._years = {row.valid_from.year for row in self._rows if row.valid_from}

    def knows(self, day: dt.date) -> bool:
        """Whether the holidays of the year of a day are loaded."""
        return day.year in self._years

    def on(self, day: dt.date) -> tuple[str, dt.date, dt.date] | None:
        """The holiday a day lies in, with its first and last day."""
        for row in self._rows:
            if row.valid_from and row.valid_to and row.holds(day):
                return row.text("holiday"), row.valid_from, row.valid_to
        return None
