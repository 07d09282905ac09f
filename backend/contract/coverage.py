"""Coverage of a person: what was asked for, what was answered, and what nobody asked for."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape
from backend.contract.person import Person


class CoverageSource(Shape):
    """A file that is an identifier's own books, and the period it covers."""

    sha256: str
    path: str
    kind: str | None
    load: int | None
    basis: str | None
    purpose: str | None
    first: str
    last: str
    asked_from: str | None
    asked_until: str | None
    events: int


class CoverageRequest(Shape):
    """A request to a bank or carrier about an identifier, and what came of it."""

    request: str
    organisation: str | None
    sent_at: str | None
    answered_at: str | None
    result: str | None
    first: str | None
    last: str | None
    evidence: list[str]


CoverageState = Literal["answered", "silent", "asked", "not_asked"]


class CoverageCell(Shape):
    """A month of an identifier; ``elsewhere`` counts events only other people's books show."""

    month: str
    state: CoverageState
    events: int
    elsewhere: int


Gap = Literal["never_asked", "unanswered", "not_asked", "gap"]


class CoverageGap(Shape):
    """Something missing, with its days and in words."""

    kind: Gap
    first: str | None
    last: str | None
    zh: str
    en: str


class CoverageLine(Shape):
    """One identifier of the person."""

    identifier: str
    label: str
    reason: str | None
    sources: list[CoverageSource]
    requests: list[CoverageRequest]
    cells: list[CoverageCell]
    missing: list[CoverageGap]


class Coverage(Shape):
    """What was asked for about a person and what was answered; ``asked`` and ``answered`` count identifiers."""

    person: Person
    months: list[str]
    lines: list[CoverageLine]
    asked: int
    answered: int
    run: str
