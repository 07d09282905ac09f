"""A site's own base map: the same picture from a folder and from MBTiles, in the files' coordinates, nothing else read."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backend import answers
from backend.answers.coordinates import convert
from backend.answers.site_map import site_picture
from backend.answers.tile_set import BoundingBox, tile_set
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store

PNG = b"\x89PNG\r\n\x1a\n"
BEIJING: BoundingBox = (116.30, 39.85, 116.50, 40.00)
# Published examples of the grid (https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames): zoom 10 at 116.40, 39.90.
TILE = (843, 388)


@pytest.fixture
def folder(district: Store) -> Iterator[Path]:
    """The empty map folder of the home."""
    folder = Path(district.home) / "map"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def as_folder(folder: Path) -> None:
    for zoom, column, row, body in tiles():
        place = folder / "tiles" / str(zoom) / str(column)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{row}.png").write_bytes(body)


def as_mbtiles(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "tiles.mbtiles")) as file, file:
        file.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        file.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            [(zoom, column, 2**zoom - 1 - row, body) for zoom, column, row, body in tiles()],
        )


def tiles() -> list[tuple[int, int, int, bytes]]:
    """Two levels around one place, each tile another picture."""
    return [
        (zoom, column, row, PNG + f"{zoom}/{column}/{row}".encode())
        for zoom, factor in ((10, 1), (12, 4))
        for column in range((TILE[0] - 1) * factor, (TILE[0] + 2) * factor)
        for row in range((TILE[1] - 1) * factor, (TILE[1] + 2) * factor)
    ]


@pytest.mark.parametrize("written", [as_folder, as_mbtiles])
def test_tiles_cover_the_view_and_hold_what_they_held(district: Store, folder: Path, written: object) -> None:
    """Trap: rows of MBTiles counted from the wrong side, so that another place lies under the marks."""
    written(folder)  # type: ignore[operator]
    found = answers.site_tiles(district, LOCAL, BEIJING, width=600)
    assert found["zoom"] == 12
    west, south, east, north = zip(*(each["bounds"] for each in found["tiles"]), strict=True)
    assert (
        min(west) <= BEIJING[0]
        and min(south) <= BEIJING[1]
        and max(east) >= BEIJING[2]
        and max(north) >= BEIJING[3]
    )
    coarse = answers.site_tiles(district, LOCAL, (116.39, 39.89, 116.41, 39.905), width=20)
    assert (coarse["zoom"], [(each["column"], each["row"]) for each in coarse["tiles"]]) == (10, [TILE])
    assert site_picture(district.home, 10, *TILE) == ("image/png", PNG + b"10/843/388")
    with pytest.raises(NotFound):
        site_picture(district.home, 10, 1, 1)


def test_tiles_of_another_system_are_moved_not_the_evidence(district: Store, folder: Path) -> None:
    """Trap: a base map some hundred metres beside the cells of the files."""
    as_folder(folder)
    plain = answers.site_tiles(district, LOCAL, BEIJING, width=600)["tiles"]
    (folder / "site.json").write_text('{"coordinates": "WGS-84", "tiles": "GCJ-02", "credit": "审图号 测试"}')
    moved = answers.site_tiles(district, LOCAL, BEIJING, width=600)["tiles"]
    before = {(each["column"], each["row"]): each["bounds"] for each in plain}
    both = [
        (before[place], each["bounds"])
        for each in moved
        if (place := (each["column"], each["row"])) in before
    ]
    assert both
    for there, here in both:
        assert here[:2] == pytest.approx(convert(*there[:2], "GCJ-02", "WGS-84"))
        assert 0.004 < there[0] - here[0] < 0.008
    assert answers.site_map(district, LOCAL)["credit"] == "审图号 测试"


def test_what_cannot_be_drawn_says_so(district: Store, folder: Path) -> None:
    """Traps: a blank map for vector tiles, for a broken file, and for a view the set is too fine for."""
    with pytest.raises(NotFound):
        answers.site_tiles(district, LOCAL, BEIJING, width=600)
    as_mbtiles(folder)
    assert answers.site_tiles(district, LOCAL, (-170, -80, 170, 80), width=900) == {"zoom": None, "tiles": []}
    with closing(sqlite3.connect(folder / "tiles.mbtiles")) as file, file:
        file.execute("UPDATE tiles SET tile_data = x'1f8b0800'")
    with pytest.raises(InputError, match="tiles"):
        site_picture(district.home, 10, *TILE)
    (folder / "tiles.mbtiles").write_bytes(b"no database at all" * 100)
    with pytest.raises(InputError, match="tiles"):
        answers.site_tiles(district, LOCAL, BEIJING, width=600)
    (folder / "site.json").write_text('{"tiles": "BD-09"}')
    with pytest.raises(InputError, match=r"site\.json"):
        answers.site_map(district, LOCAL)


def test_no_set_no_file_is_made(folder: Path) -> None:
    """Trap: opening a set that is not there leaves an empty database behind."""
    assert tile_set(folder) is None and list(folder.iterdir()) == []
