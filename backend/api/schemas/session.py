"""Signing in."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from backend.api.schemas.base import Asked
from backend.security.passwords import LONGEST, SHORTEST

Typed = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
New = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]

FactorNumber = Annotated[str, StringConstraints(max_length=20)]


class _Begun(Asked):
    """What begins a session."""

    model_config = ConfigDict(extra="forbid", strict=True)

    purpose: str = Field("", max_length=300, description="用途 / purpose of the work, kept in the audit log")


class SignIn(_Begun):
    """Sign-in by a token: the local one, or one a user made for his programs."""

    token: Typed


class PasswordSignIn(_Begun):
    """Sign-in by name and password, and the number of one's second factor where one has set it up."""

    name: Typed
    password: Typed
    number: FactorNumber = ""


class FirstSignIn(_Begun):
    """First sign-in: the one-time code, both halves where two people gave it, and the password chosen."""

    name: Typed
    code: Typed
    password: New


class PasswordChanged(Asked):
    """Another password for oneself."""

    model_config = ConfigDict(extra="forbid", strict=True)

    old: Typed
    password: New
    number: FactorNumber = ""


class TokenAsked(Asked):
    """A token for oneself, the password asked once more, and the number where one has a second factor."""

    model_config = ConfigDict(extra="forbid", strict=True)

    password: Typed
    number: FactorNumber = ""


class FactorAsked(TokenAsked):
    """A second factor for oneself, or another one; the number is that of the one there is."""


class FactorConfirmed(Asked):
    """A number of the second factor that was just set up."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: Typed
