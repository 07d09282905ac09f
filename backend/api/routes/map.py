"""Map and timeline: where persons were and what they did when, and what the site brings to the map."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from backend import answers
from backend.answers.site_map import site_picture
from backend.answers.tile_set import DEEPEST
from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Nothing, Question, Text
from backend.contract.map import Site, Tiles, Whereabouts

router = Router(tags=["map"], responses=documented("E-AUDIT"))


class WhereaboutsAsked(Question):
    """Whose."""

    about: list[Text] = Field(
        min_length=1, max_length=30, description="Person ids, numbers, names; a case means everybody in it"
    )
    limit: int = Field(500, ge=1, le=5_000, description="Events of each kind and person at most")


@router.get("/whereabouts", responses=documented("E-NOT-FOUND"))
def whereabouts(ask: Ask, asked: Annotated[WhereaboutsAsked, Query()]) -> Json[Whereabouts]:
    """Events of persons with their places, newest first; what has no coordinates is listed all the same."""
    return Json(answers.whereabouts(ask.store, ask.viewer, asked.about, limit=asked.limit))


@router.get("/map/site")
def site(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Site]:
    """The system the site's coordinates are in, and its own boundaries; Upline ships none."""
    return Json(answers.site_map(ask.store, ask.viewer))


class TilesAsked(Question):
    """Which part of the map, in the system of the files' coordinates, and how wide it is drawn."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)
    width: int = Field(ge=1, le=20_000, description="Pixels")


@router.get("/map/tiles", responses=documented("E-NOT-FOUND", "E-INPUT"))
def tiles(ask: Ask, asked: Annotated[TilesAsked, Query()]) -> Json[Tiles]:
    """Tiles of the site's own base map that cover a part of the map; Upline ships none."""
    bounds = (asked.west, asked.south, asked.east, asked.north)
    return Json(answers.site_tiles(ask.store, ask.viewer, bounds, width=asked.width))


TileNumber = Annotated[int, Path(ge=0, lt=2**DEEPEST)]


@router.get(
    "/map/tiles/{zoom}/{column}/{row}",
    response_class=Response,
    responses={
        200: {"content": {"image/*": {}}, "description": "The tile"},
        **documented("E-NOT-FOUND", "E-INPUT"),
    },
)
def tile(
    ask: Ask, zoom: Annotated[int, Path(ge=0, le=DEEPEST)], column: TileNumber, row: TileNumber
) -> Response:
    """One tile of the site's own base map, as it stands in its set."""
    kind, picture = site_picture(ask.store.home, zoom, column, row)
    return Response(picture, media_type=kind, headers={"Cache-Control": "private, max-age=86400"})
