"""Input and output of resolution: mentions, decisions, persons, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mention:
    """A record as resolution sees it: where it stands in time and what it states, in order."""

    record_id: str
    load: int
    name: str | None
    states: tuple[tuple[str, str], ...]  # (identifier reference, how)


@dataclass(frozen=True)
class PairJudgement:
    """A standing judgement on two anchors: a reference of an identifier, or ``Record:`` and a record id."""

    review_id: str
    verdict: str  # same | same_two_ids | different
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Why a person holds an identifier."""

    ref: str
    reason: str
    """resident_id, registered, used, registered_together, same_entry, used_with, judged or only_holder"""
    records: tuple[str, ...]  # ids of the records that say so


@dataclass(slots=True)
class Person:
    """One cluster. ``name`` is the one most records give, best kind of statement first."""

    person_id: str
    name: str | None
    names: list[str]
    resident_id: str | None
    holds: list[Holder] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    judged: tuple[str, ...] = ()  # judgements that joined what rules keep apart


@dataclass(frozen=True, order=True)
class IdentityConflict:
    """Evidence that would put two resident ids into one person: a person has to decide.

    ``kind`` is two_ids_in_record, two_in_entry, two_holders (equal claims to one identifier) or judgement
    (one that contradicts another, or joins two resident ids unsaid); ``source`` is the record, identifier or
    review it comes from.
    """

    kind: str
    one: str
    other: str
    source: str


@dataclass(frozen=True)
class Resolution:
    """Everybody, by person id, and what resolution would not decide."""

    people: list[Person]
    conflicts: list[IdentityConflict]
