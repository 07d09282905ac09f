"""Map and timeline: places, events with their places, and what the site brings to the map."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import WithJsonSchema

from backend.contract.base import Shape
from backend.contract.person import Person

EventKind = Literal[
    "SEEN_AT", "STAYED_AT", "CELL", "SEIZED", "CASE", "SENT", "RECEIVED", "CALLED", "MESSAGED", "PAID"
]


def _numbers(count: int) -> WithJsonSchema:
    """So many numbers, in words every reader of OpenAPI knows: some take no ``prefixItems``."""
    return WithJsonSchema(
        {"type": "array", "items": {"type": "number"}, "minItems": count, "maxItems": count}
    )


BoundingBox = Annotated[tuple[float, float, float, float], _numbers(4)]
"""West, south, east, north, degrees."""
Position = Annotated[tuple[float, float], _numbers(2)]
"""Longitude and latitude, degrees."""
CoordinateSystem = Literal["WGS-84", "GCJ-02", "BD-09"]


class PlaceShown(Shape):
    """A place, cell, seizure or case that stands somewhere; degrees as the file gave them, or null."""

    id: str
    label: str
    kind: str | None
    caption: str
    address: str | None
    lon: float | None
    lat: float | None


class OtherEnd(Shape):
    """Whom a person called, wrote to, paid or was paid by."""

    id: str | None
    name: str | None
    number: str | None


class Happened(Shape):
    """One event of one person."""

    id: str
    person: str
    kind: EventKind
    at: str | None
    until: str | None
    precision: str
    place: str | None
    address: str | None
    by: str | None
    out: bool | None
    fen: int | None
    seconds: int | None
    other: OtherEnd | None
    evidence: list[str]


class Whereabouts(Shape):
    """Persons, their places and events, newest first; ``truncated`` names persons with more than was asked for."""

    persons: list[Person]
    places: list[PlaceShown]
    events: list[Happened]
    truncated: list[str]
    run: str | None


class Site(Shape):
    """``coordinates``: the system of the files' coordinates; ``boundaries``: lines of ``[lon, lat]`` in it;
    ``tiles``: whether the site has a base map; ``credit``: what has to stand on it.
    """

    coordinates: CoordinateSystem | None
    boundaries: list[list[Position]] | None
    system: CoordinateSystem | None
    tiles: bool
    credit: str | None


class Tile(Shape):
    """One tile; ``bounds`` are west, south, east, north in the system of the files' coordinates."""

    column: int
    row: int
    bounds: BoundingBox


class Tiles(Shape):
    """Tiles of one level; ``zoom`` is null where the set has no level coarse enough for this view."""

    zoom: int | None
    tiles: list[Tile]
