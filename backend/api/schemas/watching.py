"""Requests about watches and leads."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from backend.api.schemas.base import Asked, Page, Text
from backend.contract.watches import LeadResult, LeadStatus
from backend.watches.kinds import WatchQuestion


class WatchSet(Asked):
    """A question to be asked again after every load and run."""

    asked: WatchQuestion
    name: str = Field("", max_length=200, description="名称 / name")
    basis: str = Field("", max_length=300, description="批准依据 / who approved it")


class LeadsPage(Page):
    """One page of leads; the open ones where no status is named."""

    status: LeadStatus | None = Field(None, description="Only leads of this status")
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
    rules: list[Annotated[str, StringConstraints(min_length=1, max_length=100)]] = Field(
        [], max_length=50, description="Rules of the item that is handed over, as rule@version"
    )


class LeadAccepted(Asked):
    """A unit accepts a lead."""

    reason: str = Field("", max_length=2_000, description="说明 / note")


class LeadAnswered(Asked):
    """A unit answers a lead."""

    result: LeadResult = Field(description="查实 / 部分查实 / 查否 / 无法核实 / 重复")
    reason: str = Field("", max_length=2_000, description="说明 / what was found")
    persons: int | None = Field(None, ge=0, le=10_000, description="Persons dealt with")
