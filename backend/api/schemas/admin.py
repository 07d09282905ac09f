"""Requests of administration and audit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from backend.api.schemas.base import Asked, Day, Page, Text
from backend.contract.administration import UserRole
from backend.security.users import NAME
from etl.storage.compartments import NAME as COMPARTMENT

Word = Annotated[str, StringConstraints(max_length=100)]


class AuditAsked(Page):
    """Which records."""

    user: Text | None = None
    action: Text | None = Field(None, description="Actions that begin with this")
    text: Text | None = Field(None, description="In purpose or objects")
    refused: bool = Field(False, description="Only what was refused or failed")
    no_purpose: bool = Field(False, description="Only what had no purpose")
    first: Day = Field(None, description="From this day of Beijing on")
    last: Day = Field(None, description="Until this day of Beijing")


class DictionaryAsked(Page):
    """Which rows."""

    text: str = Field("", max_length=100)


class RowAdded(Asked):
    """A row of the site's own, by heading."""

    cells: dict[Word, Annotated[str, StringConstraints(max_length=500)]] = Field(min_length=1, max_length=30)


class UserAdded(Asked):
    """A new user."""

    name: Annotated[str, StringConstraints(pattern=NAME)]
    role: UserRole
    shown: Annotated[str, StringConstraints(max_length=80)] = Field("", description="Name as people know him")


class CompartmentAdded(Asked):
    """A new compartment."""

    name: Annotated[str, StringConstraints(pattern=COMPARTMENT)]


class UserCompartments(Asked):
    """The compartments a user may know of, all of them."""

    compartments: list[Annotated[str, StringConstraints(max_length=40)]] = Field(max_length=200)


class UserChanged(Asked):
    """Another role for a user."""

    role: UserRole
