"""Saved views: kept on stable ids, shared by address, asked anew by whoever opens them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.api.asking import Ask, Json
from backend.api.models import Asked, Id, Nothing
from backend.api.problems import documented
from backend.security.audited import recorded
from backend.views import list_views, read_view, save_view

router = APIRouter(prefix="/views", tags=["views"], responses=documented("E-AUDIT"))


class ViewAsked(Asked):
    """A view to keep: ids, places and filters; never names or rows."""

    kind: Literal["canvas", "map"] = "canvas"
    name: str = Field("", max_length=100)
    body: dict[str, Any]


class ViewNamed(BaseModel):
    """A kept view without its body."""

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: str
    name: str
    author: str
    saved_at: int


class View(ViewNamed):
    """A kept view."""

    body: dict[str, Any]


class Views(BaseModel):
    """Kept views, newest first."""

    views: list[ViewNamed]


@router.get("", response_model=Views)
def views(ask: Ask, asked: Annotated[Nothing, Query()]) -> Response:
    """Kept views, newest first."""
    with recorded(ask.viewer, "views", {}) as trace:
        found = {"views": list_views()}
        trace.tell(found)
    return Json(found)


@router.post("", status_code=201, response_model=View)
def keep(ask: Ask, asked: ViewAsked) -> Response:
    """Keep a new view."""
    with recorded(ask.viewer, "view.save", asked.model_dump()) as trace:
        kept = save_view(ask.viewer.user, asked.kind, asked.name, asked.body)
        trace.tell(kept)
    return Json(kept, 201)


@router.get("/{view_id}", response_model=View, responses=documented("E-NOT-FOUND"))
def view(ask: Ask, view_id: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """One kept view."""
    with recorded(ask.viewer, "view", {"id": view_id}, (view_id,)) as trace:
        kept = read_view(view_id)
        trace.tell(kept)
    return Json(kept)


@router.put("/{view_id}", response_model=View, responses=documented("E-NOT-FOUND"))
def change(ask: Ask, view_id: Id, asked: ViewAsked) -> Response:
    """Keep a view in place of an earlier one."""
    with recorded(ask.viewer, "view.save", asked.model_dump(), (view_id,)) as trace:
        kept = save_view(ask.viewer.user, asked.kind, asked.name, asked.body, view_id)
        trace.tell(kept)
    return Json(kept)
