"""The board of the chief and the lanes of a chain: answers made for one page each."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

from backend import answers
from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Question
from backend.contract.board import Board, Lanes, News

router = Router(responses=documented("E-AUDIT"))


class BoardAsked(Question):
    """How many cases of the board."""

    limit: int = Field(500, ge=1, le=2_000, description="Cases at most")


@router.get("/board", tags=["chains"])
def board(ask: Ask, asked: Annotated[BoardAsked, Query()]) -> Json[Board]:
    """Packet cases with their best chain, the gang candidates and major cases they lead to."""
    return Json(answers.board(ask.store, ask.viewer, limit=asked.limit))


class NewsAsked(Question):
    """Since when."""

    since: int = Field(ge=0, lt=2**47, description="ms since 1970")


@router.get("/news", tags=["chains"])
def news(ask: Ask, asked: Annotated[NewsAsked, Query()]) -> Json[News]:
    """Cases opened, and chains that lead further or hold less than in the last run before a time."""
    return Json(answers.news(ask.store, ask.viewer, since=asked.since))


class LanesAsked(Question):
    """Of which period; all of it where nothing is said."""

    since: int | None = Field(None, ge=0, le=2**53, description="ms since 1970; undated events are left out")
    until: int | None = Field(None, ge=0, le=2**53, description="ms since 1970")


@router.get(
    "/chains/{case_no}/{n}/lanes",
    responses=documented("E-NOT-FOUND"),
    tags=["chains"],
)
def lanes(
    ask: Ask, case_no: Id, n: Annotated[int, Path(ge=1, le=20)], asked: Annotated[LanesAsked, Query()]
) -> Json[Lanes]:
    """The n-th best chain of a case with the events, seizures and signals along it."""
    return Json(answers.lanes(ask.store, ask.viewer, case_no, n, since=asked.since, until=asked.until))
