"""Persons: as everywhere, in lists, and one with all that stands behind him."""

from __future__ import annotations

from typing import Annotated, Literal, final

from pydantic import Field

from backend.contract.base import Found, Paged, Role, Shape, Status, Words
from backend.contract.chains import PassedChain
from backend.contract.person import Person
from backend.contract.supplies import SupplyEdge
from graph_schema.shown import Record


class PersonsFound(Found):
    """Persons of the published run."""

    persons: list[Person]


class Persons(PersonsFound, Paged):
    """Persons."""


class Held(Shape):
    """An identifier a person holds, and why."""

    identifier: str
    label: str
    verified: bool
    reason: str | None
    score: float | None
    evidence: list[str]


class CaseRole(Shape):
    """A person's recorded part in a case."""

    case_no: str
    name: str | None
    role: str | None
    role_class: str | None
    arrested_at: str | None
    measure: str | None
    evidence: list[str] | None


class MemberReason(Shape):
    """Why somebody is in a gang or has his role there: a code, and a person, number or amount it is about."""

    code: str
    detail: str


class GangRole(Shape):
    """A person's place in a gang candidate."""

    id: str
    status: Status
    gang_score: float | None
    size: int | None
    role: Role
    rank: int | None
    score: float | None
    reasons: list[MemberReason]


class CountedAs(Shape):
    """A holder whose events a run counts for another; ``contacts``: how many persons both deal with. With ``number`` only the
    calls of that number of his.
    """

    person: Person
    counted_as: Person
    reason: Literal["name", "number", "account", "payments"]
    contacts: int
    number: str | None


class DrugFact(Shape):
    """A kind of drug fact that stands for a person, in words, with its rows; ``of``: the holder counted for him whose fact
    it is.
    """

    kind: str
    zh: str
    en: str
    reason: Words
    of: Person | None
    cases: list[str]
    evidence: list[str]


class RecordShown(Record, Shape):
    """A person as one row of a file has him."""


class PersonPage(Shape):
    """One person with all that stands behind him."""

    person: Person
    names: list[str]
    registered_user: bool
    fugitive: bool
    platform: bool
    case_roles: list[str]
    holds: list[Held]
    records: list[RecordShown]
    records_total: int
    counted: list[CountedAs]
    drug_facts: Annotated[list[DrugFact] | None, Field(description="Null where the run kept none yet")]
    cases: list[CaseRole]
    supplies: list[SupplyEdge]
    gangs: list[GangRole]
    chains: list[PassedChain]
    run: str


class PersonMeant(PersonPage):
    """The one person a text means, and why it means him."""

    why: str


@final
class PersonFitting(Shape):
    """One of several persons a text may mean."""

    person: Person
    why: str
    how: str


class PersonSought(Found):
    """What somebody typed in means: one person in full, or several in short."""

    persons: list[PersonMeant] | list[PersonFitting]
    truncated: bool
