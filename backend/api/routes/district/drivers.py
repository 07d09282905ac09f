"""Barred drivers as verification leads."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import Listed, OnDay
from backend.contract.district.common import Checked
from backend.contract.district.drivers import DriverLeads
from backend.district.drivers import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/drivers")
def drivers(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[DriverLeads]:
    """Vehicles of barred persons that were on the road after the loss; the period bounds the passes."""
    return Json(answers.drivers_list(ask.store, ask.viewer, asked.listing()))


@router.get("/drivers/check")
def drivers_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Contradictions of the register, doubtful vehicles and plates, cameras, holders of heavy classes."""
    return Json(answers.drivers_check(ask.store, ask.viewer, on=asked.on))


@router.get("/drivers/{item_id:path}")
def driver(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[DriverLeads]:
    """One lead with its reasons for and against, passes and windows."""
    return Json(answers.drivers_show(ask.store, ask.viewer, item_id, on=asked.on))
