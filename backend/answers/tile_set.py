"""A site's base map as tiles on the Web Mercator grid: an MBTiles file or a folder ``{z}/{x}/{y}.png``.

MBTiles: https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md (rows count from the south there).
"""

from __future__ import annotations

import math
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

from backend.contract.map import BoundingBox, Tile

MOST = 120
"""Tiles in one view; a set that begins only at finer levels shows nothing before somebody zooms in."""
SIDE = 256
DEEPEST = 24
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
_ENDINGS = ("png", "jpg", "jpeg", "webp")
_EDGE = 85.0511287798  # where the Web Mercator grid ends, degrees of latitude

Places = list[tuple[int, int]]


class TileSet(ABC):
    """Tiles by zoom, column and row from the north-west. Raises ``ValueError`` where the set cannot be read."""

    @property
    @abstractmethod
    def zooms(self) -> list[int]:
        """Levels the set has, coarsest first."""

    @abstractmethod
    def present(self, zoom: int, columns: range, rows: range) -> Places:
        """Which tiles of a block are there, as (column, row)."""

    @abstractmethod
    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        """The bytes of one tile."""

    def covering(self, bounds: BoundingBox, width: int) -> tuple[int | None, list[Tile]]:
        """The level that suits ``bounds`` drawn ``width`` pixels wide, and its tiles with their own bounds; no
        level where the coarsest would need more than ``MOST``.
        """
        west, south, east, north = bounds
        wanted = math.log2(max(1.0, width / SIDE * 360 / max(1e-9, east - west)))
        for zoom in sorted(self.zooms, key=lambda zoom: (abs(zoom - wanted), zoom)):
            columns = range(_column(west, zoom), _column(east, zoom) + 1)
            rows = range(_row(north, zoom), _row(south, zoom) + 1)
            if len(columns) * len(rows) <= MOST:
                return zoom, [
                    {"column": column, "row": row, "bounds": _bounds(zoom, column, row)}
                    for column, row in self.present(zoom, columns, rows)
                ]
        return None, []

    def picture(self, zoom: int, column: int, row: int) -> tuple[str, bytes] | None:
        """Media type and bytes of one tile. Raises ``ValueError`` where it is no picture (vector tiles)."""
        found = self.read(zoom, column, row)
        if found is None:
            return None
        for start, kind in _PICTURES.items():
            if found.startswith(start):
                return kind, found
        raise ValueError("PNG, JPEG, WebP")


class _Folder(TileSet):
    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def zooms(self) -> list[int]:
        return sorted(
            int(each.name) for each in self._path.iterdir() if each.is_dir() and each.name.isdecimal()
        )

    def present(self, zoom: int, columns: range, rows: range) -> Places:
        return [(column, row) for column in columns for row in rows if self._file(zoom, column, row)]

    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        file = self._file(zoom, column, row)
        return file.read_bytes() if file else None

    def _file(self, zoom: int, column: int, row: int) -> Path | None:
        places = (self._path / str(zoom) / str(column) / f"{row}.{ending}" for ending in _ENDINGS)
        return next((place for place in places if place.is_file()), None)


class _Mbtiles(TileSet):
    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def zooms(self) -> list[int]:
        return sorted(zoom for (zoom,) in self._ask("SELECT DISTINCT zoom_level FROM tiles"))

    def present(self, zoom: int, columns: range, rows: range) -> Places:
        height = 1 << zoom
        found = self._ask(
            "SELECT tile_column, tile_row FROM tiles WHERE zoom_level = ? AND tile_column BETWEEN ? AND ? "
            "AND tile_row BETWEEN ? AND ?",
            *(zoom, columns[0], columns[-1], height - 1 - rows[-1], height - 1 - rows[0]),
        )
        return sorted((column, height - 1 - row) for column, row in found)

    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        return next((bytes(data) for (data,) in self._ask(asked, zoom, column, (1 << zoom) - 1 - row)), None)

    def _ask(self, text: str, *values: int) -> Iterator[tuple[Any, ...]]:  # rows of SQLite
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as file:
                yield from file.execute(text, values)
        except sqlite3.Error as error:
            raise ValueError(str(error)) from None


def tile_set(folder: Path) -> TileSet | None:
    """The tiles in ``folder``: ``tiles.mbtiles``, else ``tiles/``; None where there are none."""
    if (folder / "tiles.mbtiles").is_file():
        return _Mbtiles(folder / "tiles.mbtiles")
    return _Folder(folder / "tiles") if (folder / "tiles").is_dir() else None


def _column(lon: float, zoom: int) -> int:
    return _inside(int((lon + 180) / 360 * 2**zoom), zoom)


def _row(lat: float, zoom: int) -> int:
    angle = math.radians(max(-_EDGE, min(_EDGE, lat)))
    return _inside(int((1 - math.asinh(math.tan(angle)) / math.pi) / 2 * 2**zoom), zoom)


def _inside(place: int, zoom: int) -> int:
    return max(0, min((1 << zoom) - 1, place))


def _bounds(zoom: int, column: int, row: int) -> BoundingBox:
    def lat(edge: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * edge / 2**zoom))))

    size = 360 / 2**zoom
    return column * size - 180, lat(row + 1), (column + 1) * size - 180, lat(row)
