"""Reports of chains and gangs, and bulletins of figures, as DOCX or PDF, each with its own audit number."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from backend.api.dependencies import Ask
from backend.api.problems import Responses, documented, language
from backend.api.schemas.base import Id, Question
from backend.api.schemas.questions import OrderedAsked
from backend.reports import Made, make_report
from graph_schema.errors import InputError, NotFound
from viz.report.model import Furniture

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
CONTENT: Responses = {200: {"description": "The report", "content": {kind: {} for kind in _TYPES.values()}}}

_MONTH = r"20\d\d-(0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(0[1-9]|[12]\d|3[01])"
BulletinPeriod = Annotated[str, Path(pattern=rf"^(latest|{_MONTH}|{_DAY}\.\.{_DAY})$")]

router = APIRouter(
    prefix="/reports",
    tags=["reports"],
    responses={**documented("E-NOT-FOUND", "E-AUDIT"), **CONTENT},
    default_response_class=Response,
)

ReportLine = Annotated[str, Field(max_length=200)]


class ReportAsked(Question):
    """The form, and what people fill in: nothing of it is ever preset."""

    format: Literal["docx", "pdf"] = "docx"
    language: Literal["zh", "en"] | None = Field(None, description="As Accept-Language where not given")
    short: bool = Field(False, description="A gang report of at most six pages")
    unit: ReportLine = ""
    number: ReportLine = ""
    date: ReportLine = ""
    author: ReportLine = ""
    reviewer: ReportLine = ""
    chief: ReportLine = ""
    marking: ReportLine = ""
    readers: ReportLine = ""

    def furniture(self) -> Furniture:
        return Furniture(**self.model_dump(exclude={"format", "language", "short", "as_of"}))


@router.get("/chains/{case_no}/{n}")
def chain_report(
    request: Request,
    ask: Ask,
    case_no: Id,
    n: Annotated[int, Path(ge=1, le=20)],
    asked: Annotated[ReportAsked, Query()],
) -> Response:
    """The n-th best chain of a case as a report."""
    made = make_report(
        ask.store,
        ask.viewer,
        "chain",
        case_no,
        asked.format,
        n=n,
        language=asked.language or language(request.headers.get("accept-language")),
        furniture=asked.furniture(),
    )
    return sent(made, asked.format, f"chain-{n}")


@router.get("/gangs/{gang_id}")
def gang_report(request: Request, ask: Ask, gang_id: Id, asked: Annotated[ReportAsked, Query()]) -> Response:
    """A gang candidate or gang as a report."""
    made = make_report(
        ask.store,
        ask.viewer,
        "gang",
        gang_id,
        asked.format,
        short=asked.short,
        language=asked.language or language(request.headers.get("accept-language")),
        furniture=asked.furniture(),
    )
    return sent(made, asked.format, "gang")


class TraceReportAsked(ReportAsked, OrderedAsked):
    """A trace, and the form of its report."""

    def trace(self) -> dict[str, object]:
        """The parameters of the trace but its start."""
        return self.model_dump(include=set(OrderedAsked.model_fields) - {"start", "as_of", "limit"})

    def furniture(self) -> Furniture:
        left = {*OrderedAsked.model_fields, "format", "language", "short"}
        return Furniture(**self.model_dump(exclude=left))


@router.get("/trace")
def trace_report(request: Request, ask: Ask, asked: Annotated[TraceReportAsked, Query()]) -> Response:
    """Money followed from a person, an account or one payment, as a report."""
    made = make_report(
        ask.store,
        ask.viewer,
        "trace",
        asked.start,
        asked.format,
        language=asked.language or language(request.headers.get("accept-language")),
        furniture=asked.furniture(),
        asked=asked.trace(),
    )
    return sent(made, asked.format, "trace")


@router.get("/bulletin/{period}")
def bulletin_report(
    request: Request, ask: Ask, period: BulletinPeriod, asked: Annotated[ReportAsked, Query()]
) -> Response:
    """The figures of a period as a bulletin: ``latest``, a month (2025-03), or two days (2025-01-01..2025-03-31)."""
    try:
        made = make_report(
            ask.store,
            ask.viewer,
            "bulletin",
            period,
            asked.format,
            language=asked.language or language(request.headers.get("accept-language")),
            furniture=asked.furniture(),
        )
    except InputError as error:  # well written, but no period: 31 February, or the last day before the first
        raise NotFound(*error.args) from error
    return sent(made, asked.format, "bulletin")


def sent(made: Made, form: str, name: str) -> Response:
    """As a download; the file is named by its audit number, not by anybody's name or case."""
    headers = {
        "Content-Disposition": f'attachment; filename="upline-{name}-{made.audit}.{form}"',
        "X-Upline-Digest": made.digest,
        "X-Upline-Audit": str(made.audit),
    }
    return Response(made.body, headers=headers, media_type=_TYPES[form])
