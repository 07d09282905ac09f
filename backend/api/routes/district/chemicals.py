"""Precursors and equipment."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import Listed, OnDay
from backend.contract.district.chemicals import Chemicals
from backend.contract.district.common import Checked
from backend.district.chemicals import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/chemicals")
def chemicals(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[Chemicals]:
    """Findings about precursors and equipment, the gravest first; the period bounds their last day."""
    return Json(answers.chemicals_list(ask.store, ask.viewer, asked.listing()))


@router.get("/chemicals/check")
def chemicals_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Rows without their counterpart, unknown certificates, problems past their date, who is to be inspected next."""
    return Json(answers.chemicals_check(ask.store, ask.viewer, on=asked.on))


@router.get("/chemicals/{item_id:path}")
def chemical(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Chemicals]:
    """One finding with its reasons and rows, and the inspections of its firm."""
    return Json(answers.chemicals_show(ask.store, ask.viewer, item_id, on=asked.on))
