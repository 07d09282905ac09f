"""Saved views: kept on stable ids, shared by address, asked anew by whoever opens them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Asked, Id, Nothing
from backend.contract.session import View, Views
from backend.security.audited import recorded
from backend.views import list_views, read_view, save_view

router = Router(prefix="/views", tags=["views"], responses=documented("E-AUDIT"))


class ViewAsked(Asked):
    """A view to keep: ids, places and filters; never names or rows."""

    kind: Literal["canvas", "map"] = "canvas"
    name: str = Field("", max_length=100)
    body: dict[str, object]


@router.get("")
def views(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Views]:
    """Kept views, newest first."""
    with recorded(ask.viewer, "views", {}) as trace:
        found: Views = {"views": list_views()}
        trace.tell(found)
    return Json(found)


@router.post("", status_code=201)
def keep(ask: Ask, asked: ViewAsked) -> Json[View]:
    """Keep a new view."""
    with recorded(ask.viewer, "view.save", asked.model_dump(), changes=True) as trace:
        kept = save_view(ask.viewer.user, asked.kind, asked.name, asked.body)
        trace.tell(kept)
    return Json(kept, 201)


@router.get("/{view_id}", responses=documented("E-NOT-FOUND"))
def view(ask: Ask, view_id: Id, asked: Annotated[Nothing, Query()]) -> Json[View]:
    """One kept view."""
    with recorded(ask.viewer, "view", {"id": view_id}, (view_id,)) as trace:
        kept = read_view(view_id)
        trace.tell(kept)
    return Json(kept)


@router.put("/{view_id}", responses=documented("E-NOT-FOUND"))
def change(ask: Ask, view_id: Id, asked: ViewAsked) -> Json[View]:
    """Keep a view in place of an earlier one."""
    with recorded(ask.viewer, "view.save", asked.model_dump(), (view_id,), changes=True) as trace:
        kept = save_view(ask.viewer.user, asked.kind, asked.name, asked.body, view_id)
        trace.tell(kept)
    return Json(kept)
