"""Shapes of further questions: buyers, coverage, series of cases, measures of a gang; see ``shapes``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from backend.api.shapes import Decision, Gang, Person, Shape, SupplyEdge, Words


class OtherBuyer(Shape):
    """Somebody else who buys from a supplier."""

    buyer: Person
    score: float


class SupplierOf(SupplyEdge):
    """A supplier with his other buyers and, where he sells to and buys from others, their market."""

    others: list[OtherBuyer]
    market: list[str]


class Buyers(Shape):
    """Who else buys where a person buys; all supplies are candidates."""

    person: Person
    suppliers: list[SupplierOf]
    market: list[str]
    run: str


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


class CoverageCell(Shape):
    """A month of an identifier; ``elsewhere`` counts events only other people's books show."""

    month: str
    state: Literal["answered", "silent", "asked", "not_asked"]
    events: int
    elsewhere: int


class CoverageGap(Shape):
    """Something missing, with its days and in words."""

    kind: Literal["never_asked", "unanswered", "not_asked", "gap"]
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


Basis = Literal["person", "upstream", "batch", "handset", "packaging", "supplier", "account", "code_word"]


class Link(Shape):
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


class PerhapsCase(Shape):
    """A case that stands apart: its strongest link with a case of the series."""

    case_no: str
    with_: str = Field(alias="with")
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

    links: list[Link]
    series: list[OneSeries]
    left_out: list[Link]
    judged: list[JudgedPair]
    run: str | None


class Means(Shape):
    """What a measure means and what is known against it."""

    zh: str
    en: str
    source: str


class Central(Shape):
    """The measures of one member, side by side."""

    person: str
    degree: float | None = None
    strength: float | None = None
    betweenness: float | None = None
    closeness: float | None = None
    eigenvector: float | None = None
    reach_down: int | None = None
    quadrant: str | None = None


class KeySet(Shape):
    """A key-player set: whose removal fragments most, or who reach most."""

    kind: Literal["fragment", "reach"]
    members: list[str]
    value: float


class RemovalShown(Shape):
    """The gang without some members."""

    removed: list[str]
    parts: int
    largest: int
    pairs_cut: float
    fragmentation: float
    fragmentation_before: float
    isolated: list[str]
    supply_lost: float
    orphaned: list[str]


class Month(Shape):
    """One month inside the gang."""

    month: str
    active: list[str]
    new: list[str]
    left: list[str]
    events: int
    fen: int
    pairs: int


class Measures(Shape):
    """One gang measured; no measure alone says who leads."""

    gang: Gang
    means: dict[str, Means]
    caveat: Means
    centrality: list[Central]
    key_players: list[KeySet]
    removals: list[RemovalShown]
    months: list[Month]
    truncated: bool
    run: str
