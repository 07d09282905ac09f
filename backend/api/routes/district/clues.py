"""Online-sale clues joined into sellers' offers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import Listed, OnDay
from backend.contract.district.clues import Offers
from backend.contract.district.common import Checked
from backend.district.clues import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/clues")
def clues(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[Offers]:
    """Clues joined into sellers' offers, most clues first; period and unit are those of any of the clues."""
    return Json(answers.clues_list(ask.store, ask.viewer, asked.listing()))


@router.get("/clues/check")
def clues_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Gaps, impossible dates, missing pictures, and identifiers on too many separate groups."""
    return Json(answers.clues_check(ask.store, ask.viewer, on=asked.on))


@router.get("/clues/{item_id:path}")
def clue(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Offers]:
    """The seller a clue belongs to: joins with their reasons, substances, needs of a case, chains and gangs."""
    return Json(answers.clues_show(ask.store, ask.viewer, item_id, on=asked.on))
