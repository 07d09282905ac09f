"""Drawings of gangs, chains and persons: self-contained pages, SVG, PNG or PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from backend.api.dependencies import Ask
from backend.api.naming import file_name, short_case
from backend.api.problems import Responses, documented, language
from backend.api.schemas.base import Id, Question
from backend.drawings import draw_chain, draw_gang, draw_person
from backend.exports.left import left
from viz.model.drawing import Drawing
from viz.render.page import render_page
from viz.render.static import render_png, render_svg
from viz.report.pdf import render_pdf

# A drawing runs its own script, under its own policy, as nobody: it can reach neither the service nor the session.
_SANDBOX = "sandbox allow-scripts allow-downloads; frame-ancestors 'none'"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}
_TEXT: dict[str, Callable[[Drawing], str]] = {"html": render_page, "svg": render_svg}
_CONTENT: Responses = {
    200: {
        "description": "The drawing",
        "content": {"text/html": {}, "image/svg+xml": {}, "image/png": {}, "application/pdf": {}},
    }
}

router = APIRouter(
    prefix="/drawings",
    tags=["drawings"],
    responses={**documented("E-NOT-FOUND", "E-AUDIT"), **_CONTENT},
    default_response_class=Response,
)


class DrawingAsked(Question):
    """How a drawing is wanted."""

    format: Literal["html", "svg", "png", "pdf"] = "html"
    paper: Literal["a4", "a3", "a2", "a1", "a0"] = Field("a4", description="For PDF")
    language: Literal["zh", "en"] | None = Field(None, description="As Accept-Language where not given")


@router.get("/gangs/{gang_id}")
def gang_drawing(
    request: Request, ask: Ask, gang_id: Id, asked: Annotated[DrawingAsked, Query()]
) -> Response:
    """A gang candidate with the supplies inside it."""
    drawing = draw_gang(ask.store, ask.viewer, gang_id, _tongue(request, asked))
    return _drawn(ask, drawing, asked, "gang", gang_id)


@router.get("/chains/{case_no}/{n}")
def chain_drawing(
    request: Request,
    ask: Ask,
    case_no: Id,
    n: Annotated[int, Path(ge=1, le=20)],
    asked: Annotated[DrawingAsked, Query()],
) -> Response:
    """The n-th best chain of a case."""
    drawing = draw_chain(ask.store, ask.viewer, case_no, n, _tongue(request, asked))
    return _drawn(ask, drawing, asked, "chain", short_case(case_no), n, of=case_no)


@router.get("/persons/{person_id}")
def person_drawing(
    request: Request, ask: Ask, person_id: Id, asked: Annotated[DrawingAsked, Query()]
) -> Response:
    """A person with suppliers, buyers and cases."""
    drawing = draw_person(ask.store, ask.viewer, person_id, _tongue(request, asked))
    return _drawn(ask, drawing, asked, "person", person_id)


def _tongue(request: Request, asked: DrawingAsked) -> str:
    return asked.language or language(request.headers.get("accept-language"))


def _drawn(
    ask: Ask, drawing: Drawing, asked: DrawingAsked, what: str, *about: str | int, of: str | None = None
) -> Response:
    """The drawing as a file with a telling name, recorded as one that left; ``of`` is the object where ``about`` shortens it."""
    if asked.format == "pdf":
        body = render_pdf(drawing, asked.paper)
    else:
        body = render_png(drawing) if asked.format == "png" else _TEXT[asked.format](drawing).encode()
    left(ask.viewer, f"drawing {what}", (of or str(about[0]),), body, len(drawing.nodes) + len(drawing.edges))
    name = file_name(asked.format, what, *about, drawing.status)
    headers = {"Content-Security-Policy": _SANDBOX, "Content-Disposition": f'inline; filename="{name}"'}
    return Response(body, headers=headers, media_type=_TYPES[asked.format])
