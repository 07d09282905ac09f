"""Figures by unit and period."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import FiguresListed, OnDay
from backend.contract.district.common import Checked
from backend.contract.district.figures import Figures
from backend.district.figures import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/figures")
def figures(ask: Ask, asked: Annotated[FiguresListed, Query()]) -> Json[Figures]:
    """Figures of every month, the last complete one first, or of the period asked for."""
    found = answers.figures_list(
        ask.store, ask.viewer, asked.listing(), figure=asked.figure, drug=asked.drug, kind=asked.kind
    )
    return Json(found)


@router.get("/figures/check")
def figures_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Reported figures that differ from their lists, do not add up or are not defined."""
    return Json(answers.figures_check(ask.store, ask.viewer, on=asked.on))


@router.get("/figures/{item_id:path}")
def figure(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Figures]:
    """One figure, ``figure|unit|from|to``, with the list it is the length of."""
    return Json(answers.figures_show(ask.store, ask.viewer, item_id, on=asked.on))
