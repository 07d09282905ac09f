"""Who is signed in, whether the service is well, and the views people keep."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape


class SignedIn(Shape):
    """Who one is signed in as."""

    user: str
    role: str
    rights: list[str]
    view: str
    purpose: str


class OwnToken(Shape):
    """A token one has just made for oneself; shown this once."""

    token: str


class Health(Shape):
    """Whether the service can answer; no case data."""

    status: Literal["ok", "degraded"]
    database: bool
    version: str


class ViewNamed(Shape):
    """A kept view without its body."""

    id: str
    kind: str
    name: str
    author: str
    saved_at: int


class View(ViewNamed):
    """A kept view."""

    body: dict[str, object]


class Views(Shape):
    """Kept views, newest first."""

    views: list[ViewNamed]
