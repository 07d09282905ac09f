"""An item of any noun as a report: below the noun, so that the right of its answers is that of its reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.dependencies import Ask
from backend.api.problems import documented, language
from backend.api.routes.reports import CONTENT, ReportAsked, sent
from backend.api.schemas.base import Id
from backend.reports import make_report
from backend.reports.item import TITLES

router = APIRouter(
    tags=["district"],
    responses={**documented("E-NOT-FOUND", "E-AUDIT"), **CONTENT},
    default_response_class=Response,
)


def _report_of(noun: str) -> Callable[..., Response]:
    def item_report(
        request: Request, ask: Ask, item_id: Id, asked: Annotated[ReportAsked, Query()]
    ) -> Response:
        made = make_report(
            ask.store,
            ask.viewer,
            noun,
            item_id,
            asked.format,
            language=asked.language or language(request.headers.get("accept-language")),
            furniture=asked.furniture(),
        )
        return sent(made, asked.format, noun)

    item_report.__name__ = f"{noun}_report"
    return item_report


for _noun, _title in TITLES.items():
    router.add_api_route(
        f"/{_noun}/reports/{{item_id:path}}", _report_of(_noun), description=f"{_title.en}, as DOCX or PDF."
    )
