"""Saved views: kept on stable ids, shared by address, asked anew by whoever opens them."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from fastapi import Query
from pydantic import Field

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Asked, Id, Nothing, Question
from backend.api.schemas.charts import ChartAsked
from backend.contract.charts import Chart
from backend.contract.session import View, Views
from backend.security.audited import recorded
from backend.views import Drawn, delete_view, list_views, read_view, save_view

router = Router(prefix="/views", tags=["views"], responses=documented("E-AUDIT"))


class ViewsAsked(Question):
    """Which kept views."""

    kind: Literal["canvas", "map", "chart"] | None = Field(None, description="Only views of this kind")


class ViewAsked(Asked):
    """A view to keep: ids, places and filters, never names or rows; with a chart what is drawn over it by hand."""

    kind: Literal["canvas", "map", "chart"] = "canvas"
    name: str = Field("", max_length=100)
    case_no: str | None = Field(
        None, min_length=1, max_length=200, description="The case a chart is shared in"
    )
    body: dict[str, object]
    chart: ChartAsked | None = None

    def drawn(self) -> Drawn:
        """What the service keeps of it."""
        chart = cast(Chart, self.chart.model_dump()) if self.chart else None
        return Drawn(self.kind, self.name.strip(), self.body, chart, self.case_no)


@router.get("")
def views(ask: Ask, asked: Annotated[ViewsAsked, Query()]) -> Json[Views]:
    """Kept views one may open, newest first."""
    with recorded(ask.viewer, "views", {"kind": asked.kind}) as trace:
        found: Views = {"views": list_views(ask.store, ask.viewer, asked.kind)}
        trace.tell(found)
    return Json(found)


@router.post("", status_code=201, responses=documented("E-NOT-FOUND"))
def keep(ask: Ask, asked: ViewAsked) -> Json[View]:
    """Keep a new view."""
    with recorded(ask.viewer, "view.save", asked.model_dump(), _about(asked), changes=True) as trace:
        kept = save_view(ask.store, ask.viewer, asked.drawn())
        trace.tell(kept)
    return Json(kept, 201)


@router.get("/{view_id}", responses=documented("E-NOT-FOUND"))
def view(ask: Ask, view_id: Id, asked: Annotated[Nothing, Query()]) -> Json[View]:
    """One kept view."""
    with recorded(ask.viewer, "view", {"id": view_id}, (view_id,)) as trace:
        kept = read_view(ask.store, ask.viewer, view_id)
        trace.tell(kept)
    return Json(kept)


@router.put("/{view_id}", responses=documented("E-NOT-FOUND"))
def change(ask: Ask, view_id: Id, asked: ViewAsked) -> Json[View]:
    """Keep a view in place of an earlier one."""
    about = (view_id, *_about(asked))
    with recorded(ask.viewer, "view.save", asked.model_dump(), about, changes=True) as trace:
        kept = save_view(ask.store, ask.viewer, asked.drawn(), view_id)
        trace.tell(kept)
    return Json(kept)


@router.delete("/{view_id}", responses=documented("E-NOT-FOUND"))
def remove(ask: Ask, view_id: Id) -> Json[View]:
    """Take away a view of one's own."""
    with recorded(ask.viewer, "view.delete", {"id": view_id}, (view_id,), changes=True) as trace:
        gone = delete_view(ask.store, ask.viewer, view_id)
        trace.tell(gone)
    return Json(gone)


def _about(asked: ViewAsked) -> tuple[str, ...]:
    return () if asked.case_no is None else (asked.case_no,)
