"""Saved views: kept whole, changed in place, refused where they are not there, gone to nobody else's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph_schema.store import Store
from tests.accounts import token_of
from tests.backend.api.conftest import Service

BODY: dict[str, Any] = {
    "asks": [{"node": "P1", "types": [], "limit": 30}],
    "places": {"P1": [1.5, -2]},
    "hidden": [],
}


def test_a_view_comes_back_as_it_was_kept(api: Any) -> None:
    """Trap: a shared address that opens something else."""
    kept = api.post("/views", json={"kind": "canvas", "name": "甲", "body": BODY})
    assert kept.status_code == 201
    view_id = kept.json()["id"]
    assert api.get(f"/views/{view_id}").json()["body"] == BODY
    changed = api.put(f"/views/{view_id}", json={"kind": "canvas", "name": "乙", "body": {"asks": []}})
    assert changed.json()["id"] == view_id
    listed = api.get("/views").json()["views"]  # other tests may keep views on the same service
    assert [v["name"] for v in listed if v["id"] == view_id] == ["乙"]


def test_an_id_leads_nowhere_but_to_views(api: Any) -> None:
    """Trap: an id that is a path to another file of the home."""
    for bad in ("..%2Faudit%2Fhead", "0" * 16, "x"):
        assert api.get(f"/views/{bad}").status_code == 404
    assert api.put("/views/" + "0" * 16, json={"body": {}}).status_code == 404


def test_a_view_is_overwritten_by_who_keeps_it(api: Any, district: Store) -> None:
    """Trap: a colleague opens a shared view and saves his own over it."""
    body = {"kind": "canvas", "name": "甲", "body": BODY}
    other = Service(api.port, token_of(Path(district.home), "周", "analyst"))
    kept = other.post("/views", json=body).json()["id"]
    refused = api.put(f"/views/{kept}", json=body | {"name": "乙"})
    assert refused.status_code == 403 and "周" in refused.json()["detail"]
    assert api.get(f"/views/{kept}").json()["name"] == "甲"
    assert other.put(f"/views/{kept}", json=body | {"name": "丙"}).json()["name"] == "丙"


def test_a_view_no_answer_can_carry_is_refused(api: Any) -> None:
    """Trap: a number beyond 64 bits is kept, and every later look at the view ends in an error of the service."""
    for body in ('{"n": 1180591620717411303424}', '{"n": "\\ud800"}'):
        answer = api.post("/views", data=f'{{"body": {body}}}', headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text


MARK = {
    "id": "m1",
    "kind": "text",
    "x": 1,
    "y": 2.5,
    "w": 90,
    "h": 30,
    "text": "先查上家\n再传唤",
    "pen": "red",
}
CHART: dict[str, Any] = {
    "kind": "chart",
    "name": "会商一",
    "body": BODY,
    "chart": {"marks": [MARK], "looks": [{"id": "P1", "pen": "blue", "icon": "car"}]},
}


def test_a_chart_is_its_authors_until_he_shares_it_in_a_case(api: Any, district: Store) -> None:
    """Trap: what somebody wrote about people, open to all who know or guess the address, or in everybody's list."""
    other = Service(api.port, token_of(Path(district.home), "周", "analyst"))
    third = Service(api.port, token_of(Path(district.home), "吴", "investigator"))
    kept = other.post("/views", json=CHART).json()
    assert kept["chart"]["marks"][0]["text"] == MARK["text"] and kept["case_no"] is None
    listed = {view["id"] for view in third.get("/views", params={"kind": "chart"}).json()["views"]}
    assert kept["id"] not in listed and third.get(f"/views/{kept['id']}").status_code == 404
    assert kept["id"] in {view["id"] for view in other.get("/views").json()["views"]}
    case_no = api.get("/cases").json()["cases"][0]["case_no"]
    shared = other.put(f"/views/{kept['id']}", json=CHART | {"case_no": case_no})
    assert shared.json()["case_no"] == case_no
    assert third.get(f"/views/{kept['id']}").json()["chart"] == kept["chart"]
    copied = third.post("/views", json=CHART | {"name": "会商一（副本）"}).json()
    assert copied["author"] == "吴"
    assert third.delete(f"/views/{kept['id']}").status_code == 403
    assert other.delete(f"/views/{kept['id']}").json()["id"] == kept["id"]
    assert other.get(f"/views/{kept['id']}").status_code == 404


def test_a_chart_is_whole_and_bounded(api: Any) -> None:
    """Trap: a chart shared in a case that is not there, one without a name, a text or number without end."""
    assert api.post("/views", json=CHART | {"case_no": "A-none"}).status_code == 404
    for wrong in (
        {"name": " "},
        {"chart": None},
        {"kind": "canvas"},
        {"chart": {"marks": [MARK | {"text": "长" * 1_001}]}},
        {"chart": {"marks": [MARK | {"text": "\u0007"}]}},
        {"chart": {"marks": [MARK | {"x": 1e300}]}},
        {"chart": {"marks": [MARK | {"pen": "#ff0000"}]}},
        {"chart": {"marks": [MARK] * 501}},
        {"chart": {"marks": [], "version": 2}},
    ):
        answer = api.post("/views", json=CHART | wrong)
        assert answer.status_code == 422, (wrong, answer.text)


def test_strangers_see_no_views(stranger: Any) -> None:
    """Trap: a list of what others look at, open to everybody."""
    assert stranger.get("/views").status_code == 401
