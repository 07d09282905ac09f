"""Shapes of watches and leads: what is asked and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.api.models import Asked, Page, Text
from backend.api.shapes import Decision, Listed, Shape, Words
from backend.api.shapes_review import ReviewShown
from backend.watches.kinds import WatchQuestion

Status = Literal[
    "new", "known", "sent", "answered", "confirmed", "rejected", "unsure", "under_review", "sent_back"
]
Kind = Literal["appears", "sequence", "supplier", "member", "chain", "path", "search"]


class WatchSet(Asked):
    """A question to be asked again after every load and run."""

    asked: WatchQuestion
    name: str = Field("", max_length=200, description="名称 / name")
    basis: str = Field("", max_length=300, description="批准依据 / who approved it")


class WatchShown(Shape):
    """A watch: ``found`` are its hits now, ``waiting`` those of its leads nobody has judged."""

    id: str
    name: str
    kind: Kind
    asked: WatchQuestion
    basis: str | None
    author: str
    created: str
    ended: str | None
    ended_by: str | None
    looked: str | None
    found: int
    waiting: int
    truncated: bool
    failed: str | None


class Watches(Shape):
    """All watches, newest first."""

    watches: list[WatchShown]
    total: int


class OneWatch(Shape):
    """One watch."""

    watch: WatchShown


class Looked(Shape):
    """What a look at all watches brought."""

    watches: int
    new: int
    gone: int
    failed: int


class LeadsPage(Page):
    """One page of leads; the open ones where no status is named."""

    status: Status | None = Field(None, description="Only leads of this status")
    watch: Text | None = Field(None, description="Only leads of this watch")
    known: bool = Field(False, description="Also what was there when its watch was set")


class LeadEntered(Asked):
    """A lead somebody enters himself."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\S")]
    subjects: list[Text] = Field(min_length=1, max_length=50, description="Persons, numbers, cases …")
    text: str = Field("", max_length=4_000)
    evidence: list[Annotated[str, StringConstraints(min_length=1, max_length=300)]] = Field(
        [], max_length=200, description="Row references"
    )


class WatchNamed(Shape):
    """The watch a lead came from."""

    id: str
    name: str


class LeadShown(Shape):
    """A lead; ``gone`` is when its watch found it no more, ``overdue_days`` counts from its deadline."""

    id: str
    title: Words
    text: str | None
    subjects: list[str]
    evidence: list[str]
    watch: WatchNamed | None
    at: str | None
    created: str
    created_by: str
    gone: str | None
    status: Status
    unit: str | None
    deadline: str | None
    overdue_days: int | None
    review: Decision | None


class Leads(Listed):
    """Leads, overdue ones first, then the new ones, newest first."""

    leads: list[LeadShown]


class OneLead(Shape):
    """One lead and every entry of the ledger about it, oldest first."""

    lead: LeadShown
    history: list[ReviewShown]
