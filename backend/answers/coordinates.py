"""Coordinates as Chinese files and maps state them: WGS-84, GCJ-02 and BD-09, and one in another."""

from __future__ import annotations

import math
from collections.abc import Callable

from backend.contract.map import CoordinateSystem


def convert(
    lon: float, lat: float, source: CoordinateSystem, target: CoordinateSystem
) -> tuple[float, float]:
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
