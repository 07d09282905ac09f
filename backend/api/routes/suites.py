"""The call suite and the money suite of persons, as tables or as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Query, Request, Response

from backend import answers
from backend.answers.workbook import write_workbook
from backend.api.dependencies import Ask
from backend.api.problems import Responses, documented, language
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.questions import SuiteAsked
from backend.contract.suites import Suite
from backend.exports.left import left
from graph_schema.store import Store, Viewer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CONTENT: Responses = {200: {"description": "The tables", "content": {XLSX: {}}}}

router = Router(
    prefix="/persons", tags=["persons"], responses={**documented("E-NOT-FOUND", "E-AUDIT"), **_CONTENT}
)


@router.get("/{person_id}/calls")
def calls(
    request: Request, ask: Ask, person_id: Id, asked: Annotated[SuiteAsked, Query()]
) -> Json[Suite] | Response:
    """The fourteen analyses of a person's calls, each figure with its rows."""
    return _suite(request, ask, person_id, asked, answers.calls)


@router.get("/{person_id}/money")
def money(
    request: Request, ask: Ask, person_id: Id, asked: Annotated[SuiteAsked, Query()]
) -> Json[Suite] | Response:
    """The analyses of a person's money, each figure with its rows."""
    return _suite(request, ask, person_id, asked, answers.money)


class _Answer(Protocol):
    def __call__(
        self, store: Store, viewer: Viewer, /, targets: Sequence[str], *, preset: str, limit: int
    ) -> Suite: ...


def _suite(
    request: Request, ask: Ask, person_id: str, asked: SuiteAsked, answer: _Answer
) -> Json[Suite] | Response:
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
