"""What stands beside supplies: regular dealings of a person with others."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.contract.base import Shape, Words
from backend.contract.person import Person
from backend.contract.persons import CountedAs


class Between(Shape):
    """What is recorded of two with each other: ``paid`` to the second, ``received`` from him; rows of the newest events."""

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


class Dealing(Between):
    """What is recorded of a person with another one: ``paid`` to him, ``received`` from him; rows of the newest events."""

    other: Person


class Dealings(Shape):
    """With whom a person deals regularly though no drug fact bears on a supply between them: no supplies."""

    person: Person
    dealings: Annotated[
        list[Dealing] | None, Field(description="Null where the run did not look for them yet")
    ]
    means: Words
    counted: list[CountedAs]
    run: str
