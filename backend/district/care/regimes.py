"""Regimes as of a day: when they start and end, and for how many days they were suspended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.district.care.conventions import EVERY, Conventions
from backend.district.care.dates import ONE, anniversary, joined, length, moved
from backend.district.care.told import ISOLATION, RegimeRow
from backend.district.days import DateSpan


@dataclass(frozen=True)
class Spell:
    """One regime as of a day; ``lawful_end`` is where the convention puts the end, ``ends`` where it ended."""

    row: RegimeRow
    starts: dt.date | None
    lawful_end: dt.date | None
    ends: dt.date | None
    suspended: tuple[DateSpan, ...]
    open: bool

    @property
    def days_suspended(self) -> int:
        return sum(length(span) for span in self.suspended)

    def runs(self, on: dt.date) -> bool:
        """Whether it is in force on a day."""
        if self.starts is None or self.starts > on:
            return False
        return self.ends is None or on <= self.ends


def spells(rows: Iterable[RegimeRow], conventions: Conventions, on: dt.date) -> list[Spell]:
    """The regimes decided by a day, oldest first."""
    known = [row for row in rows if row.decided <= on]
    return [spell(row, conventions, on) for row in sorted(known, key=lambda row: (row.decided, row.id))]


def spell(row: RegimeRow, conventions: Conventions, on: dt.date) -> Spell:
    """One regime as of a day.

    It ends the day before the anniversary of reporting (强制隔离戒毒: of the decision), later by the days of
    suspension, both ends counted. A suspension that has no end yet counts up to the day asked for.
    """
    starts = _starts(row, conventions, on)
    told, still = _suspended(row, on)
    if starts is None:
        return Spell(row, None, None, _ended(row, None, on), (), still)
    months = conventions.number("期限月数", row.kind, row.decided)
    spans = joined(told, starts)
    lawful = None
    if months is not None:
        last = anniversary(starts, months) - ONE
        moves = conventions.yes("中止顺延", EVERY, row.decided)
        lawful = moved(last, spans) if moves else last
    ends = _ended(row, lawful, on)
    within = tuple(span for span in spans if ends is None or span[0] <= ends)
    return Spell(row, starts, lawful, ends, within, still)


def _starts(row: RegimeRow, conventions: Conventions, on: dt.date) -> dt.date | None:
    """The day it runs from; None while he has not reported. One without a convention runs from the decision."""
    if conventions.text("起算日", row.kind, row.decided) != "报到":
        return row.decided
    return row.reported if row.reported is not None and row.reported <= on else None


def _ended(row: RegimeRow, lawful: dt.date | None, on: dt.date) -> dt.date | None:
    """The day it was lifted where that is before the lawful end; nothing can last longer than the law says."""
    if row.ended is None or row.ended > on:
        return lawful
    return row.ended if lawful is None else min(row.ended, lawful)


def _suspended(row: RegimeRow, on: dt.date) -> tuple[list[DateSpan], bool]:
    """Suspensions that had begun, and whether the last of them is still open."""
    spans: list[DateSpan] = []
    still = False
    for n, first in enumerate(row.suspended_from):
        if first > on:
            continue
        last = row.suspended_to[n] if n < len(row.suspended_to) else None
        still = still or last is None
        end = on if last is None else last
        if end >= first:
            spans.append((first, end))
    return spans, still


def custody(known: Sequence[Spell], conventions: Conventions, on: dt.date) -> list[DateSpan]:
    """Days in custody: isolation as long as it lasts, and suspensions, as far as the site counts them so."""
    spans: list[DateSpan] = []
    for each in known:
        if each.row.kind == ISOLATION and conventions.yes("限制自由", ISOLATION, on):
            if each.starts is not None and each.ends is not None:
                spans.append((each.starts, each.ends))
        elif conventions.yes("限制自由", "中止", on):
            spans += each.suspended
    return spans
