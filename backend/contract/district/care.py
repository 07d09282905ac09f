"""Graded care of registered users; a circle of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from backend.contract.base import Ends, Shape, Words
from backend.contract.district.common import Envelope, Item
from backend.contract.person import Person

CareClass = Literal["A", "B", "C"]


class RegimeShown(Shape):
    """A regime as of the day asked for; both days are part of it."""

    kind: str
    starts_on: Annotated[str | None, Field(description="Null while he has not reported")]
    ends_on: str | None
    days_suspended: int


class Factor(Words):
    """One factor of the proposed class, and what would lower it; ``falls_on`` where a day does."""

    factor: str
    level: str
    points: float
    lower_zh: str
    lower_en: str
    falls_on: str | None


class ClassShown(Shape):
    """The class the table of the site proposes, and the one a person confirmed."""

    proposed: CareClass | None
    confirmed: CareClass | None
    factors: list[Factor]


class DueShown(Shape):
    """A test or visit due, and the day it was done."""

    what: Literal["test", "visit"]
    on: str
    done_on: str | None


class Campaign(Shape):
    """Figures of one campaign and post; ``upper_95`` bounds the true share of positives, null without a test."""

    campaign: str
    post: str
    listed: int
    tested: int
    positive: int
    missing: int
    upper_95: float | None


class Measure(Ends, Words):
    """A figure with what it counts, of what, in which window; ``value`` null where there is nothing to count of."""

    measure: Literal["relapse", "clean_three_years", "lost", "tests_on_time", "visits_on_time"]
    numerator: int
    denominator: int
    value: float | None


_Class = TypedDict("_Class", {"class": ClassShown})


class CareItem(_Class, Item):
    """A registered person; ``exit_on`` is the first day he no longer counts among 现有吸毒人员."""

    person: Person
    regimes: list[RegimeShown]
    due: list[DueShown]
    missed: Annotated[
        int, Field(description="Tests and visits of the present regime that were not done in time")
    ]
    exit_on: str | None
    counted: bool
    sealed: bool


class Care(Envelope):
    """Registered persons, those with most missed and the highest class first; campaigns and measures of the district."""

    items: list[CareItem]
    campaigns: list[Campaign]
    measures: list[Measure]
