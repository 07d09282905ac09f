"""Who is signed in, whether the service is well, and the views people keep."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape
from backend.contract.charts import Chart


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


class NewFactor(Shape):
    """The secret of a second factor, and the address an app takes it from; shown this once."""

    secret: str
    address: str


class OpenSession(Shape):
    """An open session of one's own; it ends at ``ends_at`` however busy it is."""

    begun_at: int
    used_at: int
    ends_at: int
    mine: bool


class Account(Shape):
    """One's own account; ``required``: the site demands a second factor of this role."""

    user: str
    shown: str
    role: str
    password: bool
    token: bool
    factor: bool
    required: bool
    sessions: list[OpenSession]


class SessionsClosed(Shape):
    """How many sessions were ended."""

    closed: int


class Visit(Shape):
    """When one's sitting before this one ended, ms since 1970; null at the first."""

    before: int | None


class Health(Shape):
    """Whether the service can answer; no case data."""

    status: Literal["ok", "degraded"]
    database: bool
    version: str


class ViewNamed(Shape):
    """A kept view without its body; a chart is shared in the case ``case_no``, and its author's own without."""

    id: str
    kind: str
    name: str
    author: str
    saved_at: int
    case_no: str | None


class View(ViewNamed):
    """A kept view; ``chart``: what is drawn over it by hand."""

    body: dict[str, object]
    chart: Chart | None


class Views(Shape):
    """Kept views, newest first."""

    views: list[ViewNamed]
