"""Tasks under supervision."""

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
from backend.contract.district.tasks import Tasks
from backend.district.tasks import answers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("/tasks")
def tasks(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[Tasks]:
    """Tasks under supervision, the most overdue first; the period bounds the first deadline."""
    return Json(answers.tasks_list(ask.store, ask.viewer, asked.listing()))


@router.get("/tasks/check")
def tasks_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Gaps, impossible dates, and problems of tasks no table has."""
    return Json(answers.tasks_check(ask.store, ask.viewer, on=asked.on))


@router.get("/tasks/{item_id:path}")
def task(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Tasks]:
    """One task with its reasons, problems and rows."""
    return Json(answers.tasks_show(ask.store, ask.viewer, item_id, on=asked.on))
