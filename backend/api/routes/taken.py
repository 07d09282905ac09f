"""Exports of what is on screen (a table, the canvas). The service makes the file, so each leaves an audit record."""

from __future__ import annotations

from typing import Annotated

from blake3 import blake3
from fastapi import APIRouter, Body, Response

from backend.answers.runs import published
from backend.api.dependencies import Ask, Asking
from backend.api.naming import attached, file_name
from backend.api.problems import Responses, documented
from backend.api.schemas.taken import CanvasTaken, TableTaken
from backend.drawings import RunShown, run_of
from backend.exports.shown import Shown, csv_of, preface, xlsx_of
from backend.security.audited import recorded
from backend.security.rights import Right, rights
from graph_schema import beijing
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from viz.builders.canvas import canvas_drawing
from viz.model.drawing import Drawing
from viz.render.static import render_png, render_svg
from viz.report.pdf import render_pdf

AUDIT = "Upline-Audit"
"""The header with the number of the audit record, which what is copied carries along."""
_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _content(*forms: str) -> Responses:
    return {200: {"description": "The file", "content": {_TYPES[form].split(";")[0]: {} for form in forms}}}


router = APIRouter(responses=documented("E-AUDIT", "E-TOO-LARGE"), default_response_class=Response)


@router.post("/drawings/canvas", tags=["drawings"], responses=_content("png", "svg", "pdf"))
def canvas(ask: Ask, asked: Annotated[CanvasTaken, Body()]) -> Response:
    """Draw a canvas as it stands, with its legend, date, run, and what is a candidate."""
    if any(max(edge.start, edge.end) >= len(asked.nodes) for edge in asked.edges):
        raise Conflict(Text("有关系的端点不在图中。", "An edge ends at an object that is not on the canvas."))
    about: dict[str, object] = {
        "format": asked.format,
        "nodes": len(asked.nodes),
        "edges": len(asked.edges),
        "marks": len(asked.marks),
    }
    with recorded(
        ask.viewer, "draw.canvas", about, tuple(node.id for node in asked.nodes[:1000]), changes=True
    ) as trace:
        drawing = _drawing(ask, asked, trace.begun)
        body = _drawn(drawing, asked)
        trace.count, trace.result = len(asked.nodes), f"blake3:{blake3(body).hexdigest()}"
    name = file_name(asked.format, "canvas", f"{len(asked.nodes)}-objects", drawing.status)
    headers = attached(name) | {AUDIT: str(trace.begun)}
    return Response(body, headers=headers, media_type=_TYPES[asked.format])


def _drawing(ask: Asking, asked: CanvasTaken, audit: int) -> Drawing:
    n, m = len(asked.nodes), len(asked.edges)
    at = beijing.now().strftime("%Y-%m-%d %H:%M")
    zh = asked.language == "zh"
    edges = [edge.model_dump() | {"from": edge.start, "to": edge.end} for edge in asked.edges]
    taken = f"取自画布 {at} · {ask.viewer.user}" if zh else f"Taken from the canvas {at} · {ask.viewer.user}"
    if ask.viewer.purpose:
        taken += f" · 用途：{ask.viewer.purpose}" if zh else f" · purpose: {ask.viewer.purpose}"
    taken += f" · 审计号 {audit}" if zh else f" · audit record {audit}"
    return canvas_drawing(
        [node.model_dump() for node in asked.nodes],
        edges,
        title=asked.name
        or (f"画布：{n} 个对象，{m} 条关系" if zh else f"Canvas: {n} objects, {m} relations"),
        marks=[mark.model_dump() for mark in asked.marks],
        notes=[taken, *([asked.shown] if asked.shown else [])],
        run=_run(ask),
        language=asked.language,
    )


def _run(ask: Asking) -> RunShown | None:
    """The published run; none before the first analysis."""
    try:
        return run_of(ask.store, ask.viewer)
    except NotFound:
        return None


def _drawn(drawing: Drawing, asked: CanvasTaken) -> bytes:
    if asked.format == "pdf":
        return render_pdf(drawing, asked.paper)
    return render_png(drawing) if asked.format == "png" else render_svg(drawing).encode("utf-8")


@router.post("/tables", tags=["exports"], responses=_content("xlsx", "csv"))
def table(ask: Ask, asked: Annotated[TableTaken, Body()]) -> Response:
    """Make a file of a table as a page shows it."""
    if any(len(row) != len(asked.columns) for row in asked.rows):
        raise Conflict(
            Text("有一行的格数与列数不符。", "A row has a different number of cells than there are columns.")
        )
    about = {"table": asked.name, "format": asked.format, "columns": asked.columns, "rows": len(asked.rows)}
    with recorded(ask.viewer, "export.table", about, (asked.name,), changes=True) as trace:
        run = published(ask.store, ask.viewer).name if Right.CASES in rights(ask.viewer) else None
        shown = Shown(asked.title, asked.columns, asked.rows)
        above = preface(shown, ask.viewer, run, asked.language, trace.begun)
        body = csv_of(shown, above) if asked.format == "csv" else xlsx_of(shown, above)
        trace.count, trace.result = len(asked.rows), f"blake3:{blake3(body).hexdigest()}"
    name = file_name(asked.format, "table", asked.name, f"{len(asked.rows)}-rows")
    headers = attached(name) | {AUDIT: str(trace.begun)}
    return Response(body, headers=headers, media_type=_TYPES[asked.format])
