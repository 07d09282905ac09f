"""Series of cases: what several have in common, and what was judged of them."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from backend.contract.base import Decision, Shape, Words
from backend.contract.person import Person

Basis = Literal["person", "upstream", "batch", "handset", "packaging", "supplier", "account", "code_word"]
_With = TypedDict("_With", {"with": str})


class CaseLink(Shape):
    """What several cases have in common: what it says of the two that have most to do with it, and why."""

    basis: Basis
    value: str
    person: Person | None
    cases: list[str]
    score: float
    why: Words
    evidence: list[str]


class CasePair(Shape):
    """Two cases and what they share, the strongest kind first."""

    cases: list[str]
    score: float
    bases: list[Basis]


class PerhapsCase(_With, Shape):
    """A case that stands apart: its strongest link with a case of the series."""

    case_no: str
    score: float
    bases: list[Basis]


class OneSeries(Shape):
    """Cases that belong together, joined by strength: the mean over all their pairs, and the weakest link that holds them."""

    cases: list[str]
    bases: list[Basis]
    score: float
    status: Literal["candidate", "confirmed"]
    weakest: CasePair
    perhaps: list[PerhapsCase]


class JudgedPair(Shape):
    """What a person decided about two cases."""

    cases: list[str]
    verdict: Literal["confirmed", "rejected", "unsure"]
    review: Decision | None


class Series(Shape):
    """Links and series of cases; ``left_out`` is too common to say anything, or joins too many cases."""

    links: list[CaseLink]
    series: list[OneSeries]
    left_out: list[CaseLink]
    judged: list[JudgedPair]
    run: str | None
