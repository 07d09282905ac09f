"""The map over a site's own base map: tiles lie where their places are, and follow the map when it is moved."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from backend import answers
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser

DRAWN = """() => [...document.querySelectorAll('.map-tiles image')].map(each => {
  const at = each.getBoundingClientRect(); return [each.getAttribute('href'), at.left, at.top, at.right, at.bottom]; })"""
DOT = """() => { const at = document.querySelector('.map-mark .dot').getBoundingClientRect();
  return [(at.left + at.right) / 2, (at.top + at.bottom) / 2]; }"""


def tile_of(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """Column and row with their fractions (slippy map tile names of OpenStreetMap)."""
    return (lon + 180) / 360 * 2**zoom, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom


def tiles_around(folder: Path, lon: float, lat: float, zooms: range) -> None:
    """Squares that name themselves, eight to each side."""
    for zoom in zooms:
        column, row = (int(each) for each in tile_of(lon, lat, zoom))
        for x in range(column - 8, column + 9):
            for y in range(row - 8, row + 9):
                picture = Image.new("RGB", (256, 256), (226, 232, 236) if (x + y) % 2 else (238, 240, 234))
                ImageDraw.Draw(picture).text((8, 240), f"{zoom}/{x}/{y}", fill=(150, 150, 150))
                place = folder / "tiles" / str(zoom) / str(x)
                place.mkdir(parents=True, exist_ok=True)
                picture.save(place / f"{y}.png")


def test_a_mark_stands_on_its_tile(workbench: Workbench) -> None:
    """Traps: tiles a row off, a base map that stays behind when the map moves, one fetched from elsewhere."""
    store = workbench.store
    cases = [row["case_no"] for row in answers.board(store, LOCAL)["rows"]]
    case, place = next(
        (case, place)
        for case in cases
        for place in answers.whereabouts(store, LOCAL, [case])["places"]
        if place["lon"] is not None
    )
    folder = Path(store.home) / "map"
    folder.mkdir(exist_ok=True)
    tiles_around(folder, place["lon"], place["lat"], range(9, 15))
    (folder / "site.json").write_text('{"credit": "审图号：测试 0001"}', encoding="utf-8")

    def looks(tab: Tab) -> None:
        page = tab.page
        tab.open(f"/map?about={case}")
        for moved in (False, True):
            if moved:
                page.locator(".map-plan").press("+")
                page.wait_for_timeout(600)
            page.wait_for_selector(".map-tiles image")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(600)
            drawn, (x, y) = page.evaluate(DRAWN), page.evaluate(DOT)
            label = page.locator(".map-mark").first.get_attribute("aria-label") or ""
            spot = next(
                each
                for each in answers.whereabouts(store, LOCAL, [case])["places"]
                if each["lon"] is not None and label.startswith(each["caption"])
            )
            under = [each for each in drawn if each[1] <= x < each[3] and each[2] <= y < each[4]]
            assert under, "nothing lies under the mark"
            href, left, top, right, bottom = under[0]
            zoom, column, row = (int(each) for each in href.split("/")[-3:])
            wanted = tile_of(spot["lon"], spot["lat"], zoom)
            found = (column + (x - left) / (right - left), row + (y - top) / (bottom - top))
            assert found == pytest.approx(wanted, abs=0.02)
            tab.picture(f"map-tiles-{'near' if moved else 'whole'}")
        assert page.locator(".map-credit").inner_text() == "审图号：测试 0001"
        assert tab.accessible() == []

    try:
        workbench.browse(looks)
    finally:
        shutil.rmtree(folder)
