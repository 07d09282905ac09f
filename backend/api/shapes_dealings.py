"""Shapes of what stands beside supplies: regular dealings; see ``shapes``."""

from __future__ import annotations

from pydantic import Field

from backend.api.shapes import CountedAs, Person, Shape, Words


class Dealing(Shape):
    """What is recorded of a person with another one: ``paid`` to him, ``received`` from him; rows of the newest events."""

    other: Person
    paid: int
    paid_fen: int
    received: int
    received_fen: int
    calls: int
    messages: int
    statements: int
    first: str | None
    last: str | None
    evidence: list[str]


class Dealings(Shape):
    """With whom a person deals regularly though no drug fact bears on a supply between them: no supplies."""

    person: Person
    dealings: list[Dealing] | None = Field(description="Null where the run did not look for them yet")
    means: Words
    counted: list[CountedAs]
    run: str
