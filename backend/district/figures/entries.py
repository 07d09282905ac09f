"""What is counted: entries of a list, each with its day, its unit and the rows behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.district.days import day_of
from backend.district.figures.told import FactsAsOf, LinkRow, ThingSeen
from graph_schema.language import Text

NO_UNIT = "未注明"


@dataclass(frozen=True)
class Entry:
    """One thing or person a list names; ``key`` is counted once, ``count`` is more than 1 where it stands for many."""

    key: str
    label: str
    id: str
    name: str | None
    unit: str
    day: dt.date
    evidence: tuple[str, ...]
    kind: str = ""
    drug: str = ""
    count: int = 1


@dataclass(frozen=True)
class CountedPeriod:
    """A period, both days included, and the day the answer is for: what came later is not known yet."""

    first: dt.date
    last: dt.date
    on: dt.date

    def holds(self, at: int | None) -> bool:
        day = day_of(at)
        return day is not None and self.first <= day <= min(self.last, self.on)


ThingTest = Callable[[ThingSeen, CountedPeriod], bool]
"""Whether a thing counts in a period."""


@dataclass(frozen=True)
class Counted:
    """A list as a rule file names it: what it counts, and for whom.

    ``persons``: a person counts once per period. ``care``: of the circle of care. ``of`` gives its entries in a span.
    ``stock``: who or what there is in a period depends on the period as a whole, not on the day of each entry alone.
    """

    name: str
    what: Text
    of: Callable[[FactsAsOf, CountedPeriod], Iterable[Entry]]
    persons: bool = False
    care: bool = False
    stock: bool = False


def thing(
    found: ThingSeen, at: int | None, unit: str | None, *, name: str | None = None, kind: str | None = None
) -> Entry:
    """A thing as an entry of its own."""
    day = day_of(at)
    assert day is not None  # asked only for what has its day in the span
    label, _, key = found.ref.partition(":")
    title = name or found.props.get("title")
    return Entry(found.ref, label, key, title, said(unit), day, found.rows, kind or "")


def person(
    leg: LinkRow, at: int | None, unit: str | None, rows: Iterable[str], kind: str | None = None
) -> Entry:
    """A person as an entry: known by the resident id, else by the row that names him."""
    day = day_of(at)
    assert day is not None
    label, colon, resident = leg.person.partition(":")
    known = bool(colon) and label == "ResidentId"
    rows = tuple(dict.fromkeys(rows))
    name = resident if known else leg.person
    return Entry(
        leg.person, "Person" if known else "Record", name, leg.name, said(unit), day, rows, kind or ""
    )


def said(unit: str | None) -> str:
    """A unit as it is shown; what names none stays in sight as such."""
    return (unit or "").strip() or NO_UNIT
