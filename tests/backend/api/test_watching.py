"""Watches and leads through the service."""

from __future__ import annotations

from typing import Any


def test_service(api: Any) -> None:
    """Trap: what the command line can do and the workbench cannot."""
    made = api.post(
        "/watches", json={"asked": {"kind": "appears", "target": "13900000003"}, "name": "丙三的号"}
    )
    assert made.status_code == 201, made.text
    watch_id = made.json()["watch"]["id"]
    assert [w["name"] for w in api.get("/watches").json()["watches"]] == ["丙三的号"]
    assert api.post("/watches/look").json()["watches"] == 1
    assert api.post(f"/watches/{watch_id}/end").json()["watch"]["ended"]
    assert api.post(f"/watches/{watch_id}/end").status_code == 409
    assert api.post("/watches", json={"asked": {"kind": "appears", "target": "查无此人"}}).status_code == 404
    assert api.post("/watches", json={"asked": {"kind": "appears"}}).status_code == 422
    lead = api.post("/leads", json={"title": "核查", "subjects": ["P-seller"]})
    assert lead.status_code == 201, lead.text
    lead_id = lead.json()["lead"]["id"]
    body = {"kind": "lead", "verdict": "sent", "subjects": [lead_id], "reason": "核查",
            "seen": {"unit": "甲所", "deadline": "2027-01-01"}}  # fmt: skip
    assert api.post("/reviews", json=body).status_code == 201
    shown = api.get("/leads").json()
    assert [(each["id"], each["unit"]) for each in shown["leads"]] == [(lead_id, "甲所")]
    assert len(api.get(f"/leads/{lead_id}").json()["history"]) == 1
    assert api.post(f"/leads/{lead_id}/accept", json={}).json()["lead"]["status"] == "accepted"
    assert api.post(f"/leads/{lead_id}/accept", json={}).status_code == 409
    assert api.post(f"/leads/{lead_id}/answer", json={"result": "maybe"}).status_code == 422
    assert api.post(f"/leads/{lead_id}/answer", json={"result": "refuted"}).status_code == 200
    (row,) = api.get("/leads/rules").json()["items"]
    assert (row["rule"], row["refuted"], row["precision"]) == ("by_hand@1", 1, 0.0)
    assert api.get("/leads/L-0").status_code == 404
