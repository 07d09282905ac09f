"""What is due and when it was done: tests by the schedule of the regime, visits by plan or by class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from backend.district.care.dates import day_of_month, moved, within
from backend.district.care.regimes import Spell
from backend.district.days import DateSpan
from backend.district.rules import Rules

HALF = dt.timedelta(days=15)
Duty = Literal["test", "visit"]


@dataclass(frozen=True)
class Due:
    """One test or visit due on a day; ``planned`` where a table names the day."""

    what: Duty
    on: dt.date
    done: dt.date | None = None
    planned: bool = False
    evidence: tuple[str, ...] = ()

    def missed(self, on: dt.date, days: int) -> bool:
        """Whether it can no longer be done in time."""
        return self.done is None and self.on + dt.timedelta(days=days) < on


@dataclass(frozen=True)
class DoneDuty:
    """One test or visit that took place; ``names`` is the due day its row names."""

    day: dt.date
    names: dt.date | None = None
    evidence: tuple[str, ...] = ()


def scheduled(spell: Spell, schedule: Rules, away: Sequence[DateSpan] = ()) -> list[dt.date]:
    """Due days of one regime: on the day of the month and 15 days later for half a year, then further apart.

    Later ones move by the days suspended. None is due after the end, nor while he is ``away`` in isolation.
    """
    if spell.starts is None:
        return []
    days = {moved(day, spell.suspended) for day in _dates(spell, schedule, spell.starts)}
    return sorted(day for day in days if (spell.ends is None or day <= spell.ends) and not within(day, away))


def _dates(spell: Spell, schedule: Rules, starts: dt.date) -> Iterable[dt.date]:
    for row in schedule.on(starts):
        if row.text("regime") != spell.row.kind or row.text("unit") == "random":
            continue
        first, last, every = (int(row.text(name)) for name in ("first_month", "last_month", "every"))
        for month in range(first, last, every):
            day = day_of_month(starts, month)
            yield day
            if row.text("unit") == "half_month":
                yield day + HALF


def unannounced(spell: Spell, schedule: Rules) -> int:
    """How many unannounced tests the schedule asks for at least."""
    rows = schedule.on(spell.starts) if spell.starts else []
    return sum(
        int(row.text("every"))
        for row in rows
        if row.text("regime") == spell.row.kind and row.text("unit") == "random"
    )


def answered(
    what: Duty,
    days: Iterable[dt.date],
    planned: Iterable[tuple[dt.date, tuple[str, ...]]],
    done: Sequence[DoneDuty],
    near: int,
) -> list[Due]:
    """Due days with what answered them: a test answers the day it names, else a due day at most ``near`` days away.

    A day a table names and the schedule does not have is due too, unless it is that near to one of the schedule.
    """
    dues = {day: Due(what, day) for day in days}
    scheduled_days = sorted(dues)
    for day, evidence in planned:
        at = _same(day, scheduled_days, near)
        old = dues.get(at, Due(what, at))
        dues[at] = replace(old, planned=True, evidence=(*old.evidence, *evidence))
    loose: list[DoneDuty] = []
    for each in sorted(done, key=lambda each: (each.day, each.evidence)):
        if each.names is None:
            loose.append(each)
            continue
        at = _same(each.names, scheduled_days, near)
        if dues.get(at, Due(what, at)).done is None:
            dues[at] = _by(dues.get(at, Due(what, at, planned=True)), each)
    _nearest(dues, loose, near)
    return [dues[day] for day in sorted(dues)]


def _same(day: dt.date, scheduled_days: Sequence[dt.date], near: int) -> dt.date:
    """The day of the schedule a named day stands for: the nearest at most ``near`` days away; else itself."""
    close = [(abs((each - day).days), each) for each in scheduled_days if abs((each - day).days) <= near]
    return min(close)[1] if close else day


def _nearest(dues: dict[dt.date, Due], loose: Sequence[DoneDuty], near: int) -> None:
    """Give each open due day the nearest act that names none; one act answers one day."""
    pairs = sorted(
        (abs((act.day - day).days), day, n)
        for n, act in enumerate(loose)
        for day in (act.day + dt.timedelta(days=step) for step in range(-near, near + 1))
        if day in dues and dues[day].done is None
    )
    used: set[int] = set()
    for _, day, n in pairs:
        if n not in used and dues[day].done is None:
            used.add(n)
            dues[day] = _by(dues[day], loose[n])


def _by(due: Due, act: DoneDuty) -> Due:
    return replace(due, done=act.day, evidence=tuple(dict.fromkeys((*due.evidence, *act.evidence))))
