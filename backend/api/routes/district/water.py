"""Waste-water early warning."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import ListedWater, OnDay
from backend.contract.district.common import Checked
from backend.contract.district.water import Water
from backend.district.water import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/water")
def water(ask: Ask, asked: Annotated[ListedWater, Query()]) -> Json[Water]:
    """Sites and targets that need a look, the farthest beyond its limit first; the period bounds its first sample."""
    return Json(answers.water_list(ask.store, ask.viewer, asked.listing(), every=asked.every))


@router.get("/water/check")
def water_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Gaps and impossible values of samples, and faults of the sewer network."""
    return Json(answers.water_check(ask.store, ask.viewer, on=asked.on))


@router.get("/water/{item_id:path}")
def water_one(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Water]:
    """One site and target with its reasons, what lies up the sewer, and its samples."""
    return Json(answers.water_show(ask.store, ask.viewer, item_id, on=asked.on))
