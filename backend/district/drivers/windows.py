"""When and where a car comes by again: half hours of a weekday at a camera in which it came in most of the last weeks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.district.drivers.parameters import Parameters
from backend.district.passes import Pass
from graph_schema.beijing import moment

_STEP = 5  # minutes: where a half hour may begin


@dataclass(frozen=True)
class CameraWindow:
    """A camera, direction, weekday (1 is Monday) and minutes of the day, both ends included; weeks hit of weeks looked at."""

    camera: str
    direction: str | None
    weekday: int
    first: int
    last: int
    hits: int
    of: int

    def holds(self, read: Pass) -> bool:
        """Whether a pass lies in it."""
        when = moment(read.at)
        place = (read.camera, read.direction, when.isoweekday()) == (
            self.camera,
            self.direction,
            self.weekday,
        )
        return place and self.first <= when.hour * 60 + when.minute <= self.last


Free = Callable[[dt.date], bool]
"""Whether a pass of a day could count at all: the licence lost, nobody in custody, the car tied to the person."""


def windows(reads: Sequence[Pass], on: dt.date, free: Free, rule: Parameters) -> list[CameraWindow]:
    """Windows of the weeks that end with ``on``, best first; weeks in which the day could not count are not looked at."""
    weeks = int(rule.number("window_weeks"))
    cells: dict[tuple[str, str | None, int], list[tuple[int, int]]] = defaultdict(list)
    for read in reads:
        when = moment(read.at)
        week = (on - when.date()).days // 7
        if 0 <= (on - when.date()).days < weeks * 7 and read.precision != "day":
            key = read.camera, read.direction, when.isoweekday()
            cells[key].append((when.hour * 60 + when.minute, week))
    found = []
    for (camera, direction, weekday), minutes in sorted(cells.items(), key=str):
        looked_at = sum(free(day) for day in _days(on, weekday, weeks))
        for first, hits in _spans(minutes, rule):
            last = first + int(rule.number("window_minutes")) - 1
            found.append(CameraWindow(camera, direction, weekday, first, last, hits, looked_at))
    return sorted(found, key=lambda each: (-each.hits / each.of, each.weekday, each.first, each.camera))


def held_out(reads: Sequence[Pass], on: dt.date, free: Free, rule: Parameters) -> tuple[int, int]:
    """How often windows made from earlier weeks were hit in the last ones: hits and chances."""
    weeks = int(rule.number("window_weeks"))
    before = on - dt.timedelta(days=7 * weeks)
    made = windows([read for read in reads if moment(read.at).date() <= before], before, free, rule)
    hits = chances = 0
    for window in made:
        days = [day for day in _days(on, window.weekday, weeks) if free(day)]
        seen = {moment(read.at).date() for read in reads if window.holds(read)}
        chances += len(days)
        hits += sum(day in seen for day in days)
    return hits, chances


def _days(on: dt.date, weekday: int, weeks: int) -> list[dt.date]:
    """The days of a weekday in the weeks that end with ``on``."""
    last = on - dt.timedelta(days=(on.isoweekday() - weekday) % 7)
    return [last - dt.timedelta(days=7 * week) for week in range(weeks)]


def _spans(minutes: list[tuple[int, int]], rule: Parameters) -> list[tuple[int, int]]:
    """Beginnings of windows with enough weeks, the fullest first, none over another.

    Of beginnings that catch the same weeks the middle one is taken: who drives by at a quarter past on average is
    waited for around it, not at the edge.
    """
    length, support = int(rule.number("window_minutes")), rule.number("window_support")
    if len({week for _, week in minutes}) < support:
        return []
    starts = sorted(
        {
            first
            for minute, _ in minutes
            for first in range(-(-(minute - length + 1) // _STEP) * _STEP, minute + 1, _STEP)
            if 0 <= first <= 24 * 60 - length
        }
    )
    found: list[tuple[int, int]] = []
    while True:
        hits = {
            first: len({week for minute, week in minutes if first <= minute < first + length})
            for first in starts
            if all(abs(first - other) >= length for other, _ in found)
        }
        most = max(hits.values(), default=0)
        if most < support:
            return found
        best = [first for first, count in hits.items() if count == most]
        run = [first for n, first in enumerate(best) if first - best[0] == n * _STEP]
        found.append((run[len(run) // 2], most))
