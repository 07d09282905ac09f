"""Barred drivers from loaded tables: leads after the loss, nobody named by a clone, a misread or a day in custody."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from backend.demo.invented import resident_id_check
from backend.district.answering import ALL, Listing
from backend.district.drivers import answers
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.district.driving import CAMERAS, District, person_id

ON = dt.date(2024, 6, 30)


def district() -> District:
    """Ten people, each of whom one rule is about."""
    made = District()
    for n in range(1, 11):
        made.licence(
            n, **({"restored": "2024-05-01"} if n == 3 else {}), **({"reason": "醉酒驾驶"} if n == 6 else {})
        )
        made.car(f"浙Z99A{n:02}", n)
    made.commutes("浙Z99A01", dt.date(2024, 3, 18), ON)
    made.seen("浙Z99A02", "2024-05-06 09:00:00", "K1")
    for day in ("2024-02-28", "2024-02-29", "2024-05-01", "2024-06-03", "2024-06-04"):
        made.seen("浙Z99A03", f"{day} 09:00:00", "K1")
    for day in ("2024-04-10", "2024-04-11", "2024-04-12"):
        made.seen("浙Z99A04", f"{day} 09:00:00", "K2")
    made.rows["戒毒措施"].append([person_id(4), "章4", "强制隔离戒毒", "2024-03-01", "", "", "", ""])
    made.car("浙Z88B05", 50)
    made.rows["车辆使用"].append(["浙Z88B05", "02", person_id(5), "章5", "配偶车辆", "2023-01-01", ""])
    for day in range(3, 8):
        made.seen("浙Z88B05", f"2024-06-0{day} 18:10:00", "K2")
    made.commutes("浙Z99A06", dt.date(2024, 4, 1), dt.date(2024, 4, 12))
    for day in range(3, 8):
        made.seen("浙Z99A07", f"2024-06-0{day} 10:10:00", "K3", "黑", "宝马")
    for day in range(3, 8):
        made.seen("浙Z99A08", f"2024-06-0{day} 10:00:00", "K1")
        made.seen("浙Z99A08", f"2024-06-0{day} 10:05:00", "K3")
    for day in range(3, 8):
        made.seen("浙Z99A09", f"2024-06-0{day} 10:00:00", "K1", confidence="0.41")
        made.seen("浙Z99A10", f"2024-06-0{day} 10:00:00", "K1", kind="52")
    return made


def test_list_show_and_check_from_loaded_tables(store: Store, tmp_path: Path) -> None:
    """Trap: a pass before the loss, after restoration, in custody, one misread, a clone, a plate of another kind, drink."""
    load(store, [district().write(tmp_path)])
    found = answers.drivers_list(store, LOCAL, Listing(ON))
    named = {each["person"]["name"]: each for each in found["items"]}
    assert set(named) == {"章1", "章5", "章8"}
    first = found["items"][0]
    assert (first["id"], first["rank"]) == (f"{person_id(1)}|浙Z99A01|02", 1)
    assert first["licence"] == {
        "class": "C1",
        "state": "注销",
        "lost_at": "2024-03-01T00:00:00+08:00",
        "next_from": "2027-03-01",
    }
    assert first["vehicle"] == {"plate": "浙Z99A01", "plate_kind": "02"} and first["tie"] == "owner"
    assert first["clone"] is None and len(first["passes"]) == 150
    assert first["passes"][0]["at"].startswith("2024-03-18T07:") and first["passes"][0]["evidence"]
    monday = [each for each in first["windows"] if each["camera"] == "K1" and each["weekday"] == 1]
    assert [(each["hits"], each["of"]) for each in monday] == [(6, 6)]
    assert monday[0]["from"] <= "07:37" and monday[0]["to"] >= "07:43"
    assert {each["weekday"] for each in first["windows"]} == {1, 2, 3, 4, 5}
    assert any(each["rule"].startswith("stop_window") and each["value"] == 1.0 for each in first["reasons"])
    assert found["items"][-1]["person"]["name"] == "章8", "what may be a clone comes last"
    assert named["章8"]["clone"]["state"] == "suspected_clone" and named["章8"]["clone"]["kmh"] > 900
    assert "司机" not in json.dumps(found, ensure_ascii=False), "a pass names no driver"
    with pytest.raises(NotFound):
        answers.drivers_show(store, LOCAL, f"{person_id(2)}|浙Z99A02|02", on=ON)


def test_a_spouses_car_is_to_be_verified_and_nobody_drove(store: Store, tmp_path: Path) -> None:
    """Trap (reference D4): spouse's car, five passes, no picture ⇒ “verify”, never “drove”."""
    load(store, [district().write(tmp_path)])
    item = answers.drivers_show(store, LOCAL, f"{person_id(5)}|浙Z88B05|02", on=ON)["items"][0]
    assert item["tie"] == "used" and len(item["passes"]) == 5
    assert any("配偶车辆" in each["zh"] for each in item["reasons"])
    assert any("可能由他人驾驶" in each["zh"] for each in item["against"])
    assert [each["en"] for each in item["missing"]][:2] == [
        "Who drove is not known; to be verified on the spot",
        "No picture of the passes to check",
    ]


def test_the_day_is_that_of_the_newest_pass(store: Store, tmp_path: Path) -> None:
    """Trap: passes are not in the graph, so the default day falls back to a day without any."""
    load(store, [district().write(tmp_path)])
    found = answers.drivers_list(store, LOCAL, ALL)
    assert found["on"].startswith("2024-06-28")
    early = answers.drivers_list(store, LOCAL, Listing(dt.date(2024, 2, 29)))
    assert early["items"] == [], "cancelled 2024-03-01, asked the day before (reference D4)"
    june = answers.drivers_list(store, LOCAL, Listing(ON, first=dt.date(2024, 6, 29), limit=1))
    assert (june["count"], june["left_out"]) == (0, 0)


def test_check_tells_what_the_register_leaves_open(store: Store, tmp_path: Path) -> None:
    """Trap: an unstated reason counts as drugs; a heavy class stays in order beside a record of treatment."""
    made = district()
    made.licence(11, reason="")
    made.licence(12, lost="", reason="", cls="A1A2")
    made.rows["戒毒措施"].append([person_id(12), "章12", "社区戒毒", "2022-03-01", "2022-03-05", "", "", ""])
    load(store, [made.write(tmp_path)])
    told = {(each["code"], each["id"]) for each in answers.drivers_check(store, LOCAL, on=ON)["items"]}
    assert {
        ("no_reason", person_id(11)),
        ("heavy_class", person_id(12)),
        ("plate_clone", "浙Z99A08|02"),
        ("plate_clone", "浙Z99A07|02"),
    } <= told


def test_care_stays_sealed_and_still_clears_people(store: Store, tmp_path: Path) -> None:
    """Trap: whoever works on cases reads a regime out of a lead; or, not reading it, names somebody who sat."""
    made = District()
    for n in (1, 2):
        made.licence(n)
        made.car(f"浙Z99A0{n}", n)
    made.commutes("浙Z99A01", dt.date(2024, 3, 18), ON)
    made.commutes("浙Z99A02", dt.date(2024, 3, 18), ON)
    for n, ended in ((1, "2024-04-30"), (2, "")):
        made.rows["戒毒措施"].append(
            [person_id(n), f"章{n}", "强制隔离戒毒", "2024-03-05", "", "", "", ended]
        )
    made.licence(12, lost="", reason="", cls="B2")
    made.rows["戒毒措施"].append([person_id(12), "章12", "社区戒毒", "2022-03-01", "2022-03-05", "", "", ""])
    load(store, [made.write(tmp_path)])
    analyst = Viewer("li", "analyst")
    [seen] = answers.drivers_list(store, analyst, Listing(ON))["items"]
    [open_to_all] = answers.drivers_list(store, LOCAL, Listing(ON))["items"]
    assert seen["person"]["name"] == "章1" and seen["passes"][0]["at"] > "2024-05-01"
    assert (seen["licence"]["next_from"], open_to_all["licence"]["next_from"]) == ("2027-03-01", "2027-04-30")
    assert "戒毒" not in json.dumps({**seen, "reasons": seen["reasons"][1:]}, ensure_ascii=False)
    codes = [
        {each["code"] for each in answers.drivers_check(store, who, on=ON)["items"]}
        for who in (analyst, LOCAL)
    ]
    assert "heavy_class" not in codes[0] and "heavy_class" in codes[1]


def test_region_of_origin_changes_nothing(store: Store, tmp_path: Path) -> None:
    """Trap: the digits of a resident id that name a region weigh in a rule."""

    def listed(region: str) -> list[tuple[object, ...]]:
        made = district()
        for rows in made.rows.values():
            for row in rows:
                row[:] = [moved(cell, region) for cell in row]
        report = load(store, [made.write(tmp_path / region)])
        found = answers.drivers_list(store, LOCAL, Listing(ON))["items"]
        unload(store, str(report.load))
        return [
            (
                each["rank"],
                each["score"],
                each["person"]["name"],
                len(each["passes"]),
                each["clone"],
                each["windows"],
            )
            for each in found
        ]

    def moved(cell: str, region: str) -> str:
        body = region + cell[6:17]
        return body + resident_id_check(body) if cell.startswith("990101") and len(cell) == 18 else cell

    assert listed("990101") == listed("990302") != []


def test_a_camera_at_two_places_judges_no_speed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: a camera that was moved, or written wrong in one file, makes a clone of every car that passes it; the dead
    are named for a car somebody else drives now."""
    made = District()
    made.licence(1)
    made.car("浙Z99A01", 1)
    made.licence(2)
    made.licence(2, lost="2024-04-05", reason="死亡")
    made.car("浙Z99A02", 2)
    for plate in ("浙Z99A01", "浙Z99A02"):
        made.commutes(plate, dt.date(2024, 4, 1), dt.date(2024, 6, 28))
    load(store, [made.write(tmp_path / "all")])
    monkeypatch.setitem(CAMERAS, "K2", (121.15, 30.20))
    other = District()
    other.seen("浙Z77B77", "2024-04-01 12:00:00", "K2")
    load(store, [other.write(tmp_path / "wrong")])
    (found,) = answers.drivers_list(store, LOCAL, Listing(ON))["items"]
    assert found["clone"] is None and len(found["passes"]) == 130
    told = {each["code"]: each["id"] for each in answers.drivers_check(store, LOCAL, on=ON)["items"]}
    assert told["two_places"] == "K2"
