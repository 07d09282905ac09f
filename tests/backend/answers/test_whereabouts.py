"""Map and timeline: nothing without coordinates is dropped, a cell stays a cell, systems are named and converted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backend import answers
from backend.answers.coordinates import convert
from backend.answers.site_map import lines
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import PACKET, Builder


@pytest.fixture
def placed(district: Store) -> Store:
    """The small district with a camera, a hotel without coordinates, a cell, a seizure and a parcel."""
    build = Builder(district)
    build.do(
        "CREATE (:Place {place_id: 'camera:K1', name: '例溪卡口01', kind: 'camera', lon: 126.02, lat: 29.52}), "
        "(:Place {place_id: 'hotel:1', name: '示例宾馆', address: '演武路3号'}), "
        "(:Cell {cell_id: '460-00-1-7', lon: 126.05, lat: 29.51}), (:Place {place_id: 'zero', lon: 0.0, lat: 0.0})"
    )
    build.event(
        "SEEN_AT", "Phone:+8613900000003", "Place:camera:K1", "2026-04-10T10:00:00", "s1", evidence=["a/-/1"]
    )
    build.event(
        "SEEN_AT", "Phone:+8613900000003", "Place:zero", "2026-04-10T11:00:00", "s2", evidence=["a/-/2"]
    )
    build.event("STAYED_AT", "ResidentId:990101199003070018", "Place:hotel:1", "2026-04-09T20:00:00", "t1",
                evidence=["a/-/3"])  # fmt: skip
    build.do("MATCH ()-[e:CALLED {event_id: 'c1'}]->() SET e.start_cell = '460-00-1-7'")
    build.do("MATCH (s:Seizure {seizure_id: 's1'}) SET s.lon = 126.03, s.lat = 29.53, s.at = 1776384000000")
    build.event("SEIZED_FROM", "Seizure:s1", "Phone:+8613900000003", None, "f1", evidence=["a/-/4"])
    return district


def test_every_event_is_there_with_its_place_and_rows(placed: Store) -> None:
    """Trap: a stay without coordinates, or 0° 0°, silently missing from the map or drawn into the sea."""
    found = answers.whereabouts(placed, LOCAL, ["丙三"])
    kinds = [event["kind"] for event in found["events"]]
    assert {"SEEN_AT", "STAYED_AT", "CELL", "SEIZED", "CASE", "CALLED", "PAID"} <= set(kinds)
    at = {place["id"]: (place["lon"], place["lat"]) for place in found["places"]}
    assert at["Place:camera:K1"] == (126.02, 29.52) and at["Cell:460-00-1-7"] == (126.05, 29.51)
    assert at["Place:hotel:1"] == at["Place:zero"] == (None, None)
    assert {event["place"] for event in found["events"] if event["place"]} == set(at)
    assert all(
        event["evidence"] for event in found["events"] if event["kind"] in ("SEEN_AT", "SEIZED", "STAYED_AT")
    )
    assert [event["at"] or "" for event in found["events"]] == sorted(
        (event["at"] or "" for event in found["events"]), reverse=True
    )


def test_a_case_means_everybody_in_it_and_cuts_are_said(placed: Store) -> None:
    """Trap: the newest events shown as if they were all."""
    found = answers.whereabouts(placed, LOCAL, [PACKET, "乙二"], limit=1)
    assert [each["id"] for each in found["persons"]] == ["P-seller", "P-whole"]
    assert "P-seller" in found["truncated"]
    with pytest.raises(NotFound):
        answers.whereabouts(placed, LOCAL, ["查无此人"])


def test_the_site_says_its_system(district: Store) -> None:
    """Trap: points of one system drawn over boundaries of another, some hundred metres off."""
    folder = Path(district.home) / "map"
    folder.mkdir(exist_ok=True)
    try:
        assert answers.site_map(district, LOCAL) == {
            "coordinates": None, "boundaries": None, "system": None, "tiles": False, "credit": None,
        }  # fmt: skip
        (folder / "site.json").write_text('{"coordinates": "GCJ-02", "boundaries": "WGS-84"}')
        ring: dict[str, Any] = {
            "type": "Polygon",
            "coordinates": [[[116.404, 39.915], [116.5, 39.9], [116.404, 39.915]]],
        }
        (folder / "boundaries.geojson").write_text(json.dumps({"type": "Feature", "geometry": ring}))
        drawn = answers.site_map(district, LOCAL)["boundaries"]
        assert drawn[0][0] == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
        (folder / "site.json").write_text('{"coordinates": "GCJ02"}')
        with pytest.raises(InputError, match=r"site\.json"):
            answers.site_map(district, LOCAL)
    finally:
        for file in folder.iterdir():
            file.unlink()


def test_conversions_against_published_values() -> None:
    """Trap: a sign or a constant wrong in the shift. Values: the README of coordtransform (npm)."""
    assert convert(116.404, 39.915, "WGS-84", "GCJ-02") == pytest.approx(
        (116.41024449916938, 39.91640428150164)
    )
    assert convert(116.404, 39.915, "GCJ-02", "BD-09") == pytest.approx(
        (116.41036949371029, 39.92133699351021)
    )
    for source in ("WGS-84", "GCJ-02", "BD-09"):
        for target in ("WGS-84", "GCJ-02", "BD-09"):
            there = convert(121.5, 31.2, source, target)  # type: ignore[arg-type]
            assert convert(*there, target, source) == pytest.approx((121.5, 31.2), abs=1e-7)  # type: ignore[arg-type]
    assert convert(2.35, 48.85, "WGS-84", "GCJ-02") == (2.35, 48.85)


def test_geojson_of_every_kind_gives_its_lines() -> None:
    """Trap: only polygons are drawn, and the river of the site is missing."""
    square = [[0, 0], [0, 1], [1, 1], [0, 0]]
    shapes: list[dict[str, Any]] = [
        {"type": "LineString", "coordinates": square}, {"type": "MultiLineString", "coordinates": [square]},
        {"type": "Polygon", "coordinates": [square]}, {"type": "MultiPolygon", "coordinates": [[square]]},
        {"type": "Point", "coordinates": [0, 0]},
    ]  # fmt: skip
    whole = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": each} for each in shapes],
    }
    assert len(lines(whole)) == 4 and all(line[1] == (0.0, 1.0) for line in lines(whole))
