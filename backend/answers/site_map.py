"""What a site brings to the map: the system its files' coordinates are in, boundaries and base map tiles of its own.

Upline ships no map: maps of China need an approval number. A site puts what it has into ``UPLINE_HOME/map``:
``site.json`` (``{"coordinates": "GCJ-02", "boundaries": "WGS-84", "tiles": "GCJ-02", "credit": "审图号 …"}``),
``boundaries.geojson``, and tiles as ``tiles.mbtiles`` or ``tiles/{z}/{x}/{y}.png``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.answers.coordinates import convert
from backend.answers.tile_set import TileSet, tile_set
from backend.contract import map as contract
from backend.contract.map import BoundingBox, CoordinateSystem
from backend.security.audited import audited
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

LARGEST = 20_000_000
"""Bytes of a site's boundaries."""
_SITE, _BOUNDARIES = "site.json", "boundaries.geojson"


class Site(BaseModel):
    """``site.json``: the systems of the files' coordinates, of the boundaries and of the tiles, null where nobody
    has said; ``credit`` stands on the map (the approval number 审图号, who made it).
    """

    model_config = ConfigDict(extra="forbid")

    coordinates: CoordinateSystem | None = None
    boundaries: CoordinateSystem | None = None
    tiles: Literal["WGS-84", "GCJ-02"] | None = None  # tiles of BD-09 stand on a grid of their own
    credit: Annotated[str, Field(max_length=200)] | None = None


@audited("map.site")
def site_map(store: Store, viewer: Viewer) -> contract.Site:
    """The site's systems, its boundaries, brought into the system of the files' coordinates where both are said,
    and whether it has tiles.

    Raises ``InputError`` where one of its files cannot be read, saying which and why.
    """
    folder = store.home / "map"
    site = _site(folder)
    path, drawn = folder / _BOUNDARIES, None
    if path.is_file():
        if path.stat().st_size > LARGEST:
            raise _unreadable(_BOUNDARIES, f"> {LARGEST:,} bytes")
        try:
            drawn = lines(orjson.loads(path.read_bytes()))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise _unreadable(_BOUNDARIES, str(error)) from None
        if site.coordinates and site.boundaries and site.coordinates != site.boundaries:
            drawn = [
                [convert(lon, lat, site.boundaries, site.coordinates) for lon, lat in line] for line in drawn
            ]
    return {
        "coordinates": site.coordinates,
        "boundaries": drawn,
        "system": site.boundaries,
        "tiles": tile_set(folder) is not None,
        "credit": site.credit,
    }


@audited("map.tiles")
def site_tiles(store: Store, viewer: Viewer, bounds: BoundingBox, *, width: int) -> contract.Tiles:
    """The site's tiles that cover ``bounds``, drawn ``width`` pixels wide, each with its own bounds; both in the
    system of the files' coordinates.

    Raises ``NotFound`` where the site has none, ``InputError`` where they cannot be read.
    """
    folder = store.home / "map"
    tiles, site = _tiles(folder), _site(folder)
    here, theirs = site.coordinates, site.tiles
    if here is None or theirs is None:
        here = theirs = "WGS-84"  # nothing is known to differ
    try:
        zoom, found = tiles.covering(_moved(bounds, here, theirs), width)
    except (OSError, ValueError) as error:
        raise _unreadable("tiles", str(error)) from None
    return {
        "zoom": zoom,
        "tiles": [{**each, "bounds": _moved(each["bounds"], theirs, here)} for each in found],
    }


def site_picture(home: Path, zoom: int, column: int, row: int) -> tuple[str, bytes]:
    """One tile as it stands in the site's set: media type and bytes. No record: a base map is no case data, and
    where somebody looked stands in the record of ``site_tiles``.

    Raises ``NotFound`` where there is none, ``InputError`` where it is no picture.
    """
    try:
        found = _tiles(home / "map").picture(zoom, column, row)
    except (OSError, ValueError) as error:
        raise _unreadable("tiles", str(error)) from None
    if found is None:
        raise NotFound(Text("没有这张瓦片。", "There is no such tile."))
    return found


def lines(shape: Row) -> list[list[tuple[float, float]]]:
    """Every line and ring of a GeoJSON object (RFC 7946), as positions ``(lon, lat)``; points are left out."""
    kind = shape["type"]
    if kind == "FeatureCollection":
        return [line for feature in shape["features"] for line in lines(feature)]
    if kind == "Feature":
        return lines(shape["geometry"]) if shape["geometry"] else []
    if kind == "GeometryCollection":
        return [line for each in shape["geometries"] for line in lines(each)]
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(kind)
    if depth is None:
        return []
    found = [shape["coordinates"]]
    for _ in range(depth):
        found = [inner for each in found for inner in each]
    return [[(float(point[0]), float(point[1])) for point in line] for line in found]


def _site(folder: Path) -> Site:
    try:
        return Site.model_validate_json((folder / _SITE).read_bytes())
    except FileNotFoundError:
        return Site()
    except OSError as error:
        raise _unreadable(_SITE, str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise _unreadable(_SITE, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _tiles(folder: Path) -> TileSet:
    found = tile_set(folder)
    if found is None:
        raise NotFound(Text("本机没有地图瓦片。", "This installation has no map tiles."))
    return found


def _moved(bounds: BoundingBox, source: CoordinateSystem, target: CoordinateSystem) -> BoundingBox:
    west, south, east, north = bounds
    return (*convert(west, south, source, target), *convert(east, north, source, target))


def _unreadable(name: str, why: str) -> InputError:
    return InputError(
        Text(
            f"无法读取 map/{name}：{why}。更正后重试。",
            f"map/{name} cannot be read: {why}. Correct it and try again.",
        )
    )
