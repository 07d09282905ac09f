"""Rows of files as they were read, and what stands behind an object."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from backend.contract.base import Provisional, Shape
from backend.contract.chains import Chain
from backend.contract.gangs import GangPage
from backend.contract.person import Person
from backend.contract.persons import CountedAs, PersonPage
from backend.contract.supplies import SupplyEdge, Weighed
from graph_schema.dictionaries.tiers import Tier


class SourceRow(Shape):
    """A row of a file as it was read; ``found`` is false for a reference to nothing one may see, and then nothing follows."""

    evidence: str
    found: bool
    file: NotRequired[str]
    sha256: NotRequired[str]
    kind: NotRequired[str | None]
    basis: NotRequired[str | None]
    unit: NotRequired[str | None]
    sheet: NotRequired[str | None]
    row: NotRequired[int]
    headings: NotRequired[list[str]]
    cells: NotRequired[list[str]]
    state: NotRequired[str]
    reason: NotRequired[str | None]
    column: NotRequired[str | None]
    value: NotRequired[str | None]


class Rows(Shape):
    """Rows of files, in the order asked."""

    rows: list[SourceRow]


class ExplainingSentence(Shape):
    """One sentence of an explanation, with the rows it rests on."""

    zh: str
    en: str
    evidence: list[str]


class ChainOfCase(Shape):
    """One chain and the case it starts at."""

    case_no: str
    tier: Tier
    provisional: Provisional
    chain: Chain
    counted: list[CountedAs]
    run: str | None


class PairDealings(Shape):
    """What two persons who are no supply have to do with each other, and the score where they were weighed."""

    supplier: Person
    buyer: Person
    score: float | None
    regular: float | None
    listed_from: float
    signals: list[Weighed]
    payments: int
    calls: int
    statements: int
    evidence: list[str]


class Proof(Shape):
    """What is told of an object, and the first of the rows it rests on."""

    sentences: list[ExplainingSentence]
    rows: list[SourceRow]
    rows_total: int


class PairFound(Shape):
    """Supplies from one person to another."""

    edges: list[SupplyEdge]
    counted: list[CountedAs]
    run: str | None


class PairUnlisted(PairFound, PairDealings):
    """Two persons between whom no supply is listed."""


class EventShown(TypedDict):
    """One event: its type, the references of its ends, and whatever its type declares."""

    type: str
    start: str
    end: str
    at: NotRequired[str]
    evidence: NotRequired[list[str]]


EventShown.__pydantic_config__ = {"extra": "allow"}  # type: ignore[attr-defined]  # each type of event has its own


class EventOfRun(Shape):
    """One event, as of a run."""

    event: EventShown
    run: str | None


class Explained(Proof):
    """What every explanation has."""

    id: str


class PersonExplained(Explained, PersonPage):
    """What stands behind a person."""

    kind: Literal["person"]


class GangExplained(Explained, GangPage):
    """What stands behind a gang candidate."""

    kind: Literal["gang"]


class ChainExplained(Explained, ChainOfCase):
    """What stands behind a chain."""

    kind: Literal["chain"]


class SupplyExplained(Explained, PairFound):
    """What stands behind a supply."""

    kind: Literal["supply"]


class PairExplained(Explained, PairUnlisted):
    """Why two persons are no supply."""

    kind: Literal["supply"]


class EventExplained(Explained, EventOfRun):
    """What stands behind an event."""

    kind: Literal["event"]


Explanation = (
    PersonExplained | GangExplained | ChainExplained | SupplyExplained | PairExplained | EventExplained
)
"""What stands behind an object: its parts by kind."""
