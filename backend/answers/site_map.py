"""What a site brings to the map: the system its files' coordinates are in, and boundaries of its own.

Upline ships no boundaries: maps of China need an approval number. A site puts two files into ``UPLINE_HOME/map``:
``site.json`` (``{"coordinates": "GCJ-02", "boundaries": "WGS-84"}``) and ``boundaries.geojson``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from backend.answers.shape import Answer
from backend.security.audited import audited
from backend.security.errors import Both
from graph_schema.errors import InputError
from graph_schema.store import Store, Viewer

System = Literal["WGS-84", "GCJ-02", "BD-09"]
LARGEST = 20_000_000
"""Bytes of a site's boundaries."""
_SITE, _BOUNDARIES = "site.json", "boundaries.geojson"


class Site(BaseModel):
    """``site.json``: the systems of the files' coordinates and of the boundaries; null where nobody has said."""

    model_config = ConfigDict(extra="forbid")

    coordinates: System | None = None
    boundaries: System | None = None


@audited("map.site")
def site_map(store: Store, viewer: Viewer) -> Answer:
    """The site's systems and its boundaries, brought into the system of the files' coordinates where both are said.

    Raises ``InputError`` where one of the two files cannot be read, saying which and why.
    """
    folder = store.home / "map"
    site = Site()
    try:
        if (folder / _SITE).is_file():
            site = Site.model_validate_json((folder / _SITE).read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise _unreadable(_SITE, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
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
    return {"coordinates": site.coordinates, "boundaries": drawn, "system": site.boundaries}


def lines(shape: dict[str, Any]) -> list[list[tuple[float, float]]]:
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


def convert(lon: float, lat: float, source: System, target: System) -> tuple[float, float]:
    """A position of one system in another, degrees. WGS-84 to GCJ-02 by the published polynomial, its inverse by
    iteration (below 1e-9 degrees); BD-09 is GCJ-02 turned and stretched. Outside China the three are one.
    """
    if source == target or not _in_china(lon, lat):
        return lon, lat
    if source == "BD-09":
        lon, lat = _from_bd(lon, lat)
    elif source == "WGS-84":
        lon, lat = _to_gcj(lon, lat)
    if target == "WGS-84":
        return _inverse(_to_gcj, lon, lat)
    return _to_bd(lon, lat) if target == "BD-09" else (lon, lat)


_A, _EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as the shift is defined on
_BD = math.pi * 3000.0 / 180.0


def _in_china(lon: float, lat: float) -> bool:
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _to_gcj(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    root, pi = math.sqrt(abs(x)), math.pi
    wave = (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * pi) + 320.0 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = lat / 180.0 * pi
    magic = 1 - _EE * math.sin(angle) ** 2
    north = north * 180.0 / (_A * (1 - _EE) / (magic * math.sqrt(magic)) * pi)
    east = east * 180.0 / (_A / math.sqrt(magic) * math.cos(angle) * pi)
    return lon + east, lat + north


def _inverse(
    forward: Callable[[float, float], tuple[float, float]], lon: float, lat: float
) -> tuple[float, float]:
    x, y = lon, lat
    for _ in range(30):
        a, b = forward(x, y)
        if abs(a - lon) < 1e-9 and abs(b - lat) < 1e-9:
            break
        x, y = x + lon - a, y + lat - b
    return x, y


def _to_bd(lon: float, lat: float) -> tuple[float, float]:
    length = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD)
    return length * math.cos(angle) + 0.0065, length * math.sin(angle) + 0.006


def _from_bd(lon: float, lat: float) -> tuple[float, float]:
    return _inverse(_to_bd, lon, lat)


def _unreadable(name: str, why: str) -> InputError:
    return InputError(
        Both(
            f"无法读取 map/{name}：{why}。更正后重试。",
            f"map/{name} cannot be read: {why}. Mend it and retry.",
        )
    )
