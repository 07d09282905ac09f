"""The call suite and the money suite of persons, as tables or as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from backend import answers
from backend.answers.workbook import write_workbook
from backend.api import shapes_suites
from backend.api.asking import Ask, Json
from backend.api.models import Id, SuiteAsked
from backend.api.problems import documented, language
from backend.exports.left import left

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CONTENT: dict[int | str, dict[str, Any]] = {200: {"description": "The tables", "content": {XLSX: {}}}}

router = APIRouter(
    prefix="/persons", tags=["persons"], responses={**documented("E-NOT-FOUND", "E-AUDIT"), **_CONTENT}
)


@router.get("/{person_id}/calls", response_model=shapes_suites.Suite)
def calls(request: Request, ask: Ask, person_id: Id, asked: Annotated[SuiteAsked, Query()]) -> Response:
    """The fourteen analyses of a person's calls, each figure with its rows."""
    return _suite(request, ask, person_id, asked, answers.calls)


@router.get("/{person_id}/money", response_model=shapes_suites.Suite)
def money(request: Request, ask: Ask, person_id: Id, asked: Annotated[SuiteAsked, Query()]) -> Response:
    """The analyses of a person's money, each figure with its rows."""
    return _suite(request, ask, person_id, asked, answers.money)


def _suite(
    request: Request, ask: Ask, person_id: str, asked: SuiteAsked, answer: Callable[..., dict[str, Any]]
) -> Response:
    found = answer(ask.store, ask.viewer, [person_id, *asked.also], preset=asked.preset, limit=asked.limit)
    if asked.format == "json":
        return Json(found)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suite.xlsx"
        write_workbook(found, path, language(request.headers.get("accept-language")))
        body = path.read_bytes()
    left(ask.viewer, "workbook", (person_id, *asked.also), body, sum(len(t["rows"]) for t in found["tables"]))
    return Response(
        body, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="suite.xlsx"'}
    )
