"""The risk net for large-scale manufacture."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import OnDay, RiskListed
from backend.contract.district.common import Checked
from backend.contract.district.risk import Risks
from backend.district.risk import answers
from backend.district.risk.answers import NetFilter

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/risk")
def risk(ask: Ask, asked: Annotated[RiskListed, Query()]) -> Json[Risks]:
    """Firms with facts of both sides, most groups of rules first; the unit is the park."""
    wanted = NetFilter(asked.one_sided, asked.plan)
    return Json(answers.risk_list(ask.store, ask.viewer, asked.listing(), wanted))


@router.get("/risk/check")
def risk_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Gaps, impossible values, and rows that name a firm no table has."""
    return Json(answers.risk_check(ask.store, ask.viewer, on=asked.on))


@router.get("/risk/{item_id:path}")
def risk_of(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Risks]:
    """One firm with its facts, what speaks against them, and what to ask first."""
    return Json(answers.risk_show(ask.store, ask.viewer, item_id, on=asked.on))
