"""Signing in."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from backend.api.schemas.base import Asked


class SignIn(Asked):
    """Sign-in by the local token."""

    model_config = ConfigDict(extra="forbid", strict=True)

    token: str = Field(min_length=1, max_length=200)
    purpose: str = Field("", max_length=300, description="用途 / purpose of the work, kept in the audit log")
