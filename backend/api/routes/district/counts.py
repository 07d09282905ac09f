"""How many items each noun has."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.district import Counted
from backend.contract.district.counts import NounCounts
from backend.district.counts import DistrictCounts

router = Router(responses=documented("E-AUDIT"), tags=["district"])


@router.get("/district")
def district(request: Request, ask: Ask, asked: Annotated[Counted, Query()]) -> Json[NounCounts]:
    """How many items each noun has that the asking person may read, or one of them."""
    counts: DistrictCounts = request.app.state.counts
    return Json(counts.of(ask.store, ask.viewer, asked.noun))
