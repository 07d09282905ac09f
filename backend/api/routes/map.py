"""Map and timeline: where persons were and what they did when, and what the site brings to the map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from backend import answers
from backend.api import shapes_map as shapes
from backend.api.asking import Ask, Json
from backend.api.models import Nothing, Question, Text
from backend.api.problems import documented

router = APIRouter(tags=["map"], responses=documented("E-AUDIT"))


class WhereaboutsAsked(Question):
    """Whose."""

    about: list[Text] = Field(
        min_length=1, max_length=30, description="Person ids, numbers, names; a case means everybody in it"
    )
    limit: int = Field(500, ge=1, le=5_000, description="Events of each kind and person at most")


@router.get("/whereabouts", response_model=shapes.Whereabouts, responses=documented("E-NOT-FOUND"))
def whereabouts(ask: Ask, asked: Annotated[WhereaboutsAsked, Query()]) -> Response:
    """Events of persons with their places, newest first; what has no coordinates is listed all the same."""
    return Json(answers.whereabouts(ask.store, ask.viewer, asked.about, limit=asked.limit))


@router.get("/map/site", response_model=shapes.Site)
def site(ask: Ask, asked: Annotated[Nothing, Query()]) -> Response:
    """The system the site's coordinates are in, and its own boundaries; Upline ships none."""
    return Json(answers.site_map(ask.store, ask.viewer))
