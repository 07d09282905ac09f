"""Accounts, numbers, vehicles and places: in lists, and one with what stands around it."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Found, Paged, Shape, Words
from backend.contract.person import Person

ObjectKind = Literal["Account", "Phone", "Vehicle", "Place"]


class ObjectShown(Shape):
    """One of a list: what it is called, what is known of it, who holds it, and how many relations it has."""

    ref: str
    caption: str
    about: list[str]
    holder: Person | None
    relations: int


class ObjectsFound(Found):
    """Objects of one kind; ``truncated`` says that more fitted than was looked at."""

    kind: ObjectKind
    objects: list[ObjectShown]
    truncated: bool


class Objects(ObjectsFound, Paged):
    """One page of objects, by number."""


class ObjectFact(Words):
    """A property in words, with its value."""

    value: str


class Candidate(Shape):
    """Somebody it may belong to: ``holder`` where the run takes him for its holder, by ``reason``.

    ``ways`` say how records give it to him (registered, used, named or nickname), ``records`` how many do.
    """

    person: Person
    holder: bool
    verified: bool
    reason: str | None
    score: float | None
    ways: list[str]
    records: int
    evidence: list[str]


class Partner(Shape):
    """Everything of one type between the object and one other; ``outward`` of ``events`` began at the object.

    ``person`` holds the other. ``paid_fen`` left the object and ``received_fen`` came to it, in ``currency``; the rows are
    those of the newest events.
    """

    type: str
    ref: str
    caption: str
    person: Person | None
    events: int
    outward: int
    paid_fen: int | None
    received_fen: int | None
    currency: str | None
    seconds: int | None
    first: str | None
    last: str | None
    evidence: list[str]


class ObjectFile(Shape):
    """A file that names it, and in how many rows."""

    path: str
    rows: int
    evidence: list[str]


class ObjectPage(Shape):
    """One account, number, vehicle or place with what stands around it.

    ``first`` and ``last`` are those of all ``events``; ``truncated`` says that partners and files are of the newest, or
    candidates those with the most records.
    """

    ref: str
    kind: ObjectKind
    caption: str
    facts: list[ObjectFact]
    candidates: list[Candidate]
    events: int
    first: str | None
    last: str | None
    partners: list[Partner]
    partners_total: int
    files: list[ObjectFile]
    truncated: bool
    run: str | None
