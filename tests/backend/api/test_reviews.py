"""Judgements through the service: written once, told by whom, taken back, never half."""

from __future__ import annotations

from typing import Any

import pytest

SAME = {"kind": "identity", "verdict": "same", "subjects": ["P-seller", "P-user"], "reason": "同一快递地址"}


def test_judge_look_and_take_back(api: Any) -> None:
    """Trap: the page says done, and the ledger has something else or nothing."""
    made = api.post("/reviews", json={**SAME, "seen": {"score": 3.2}, "after": ""})
    assert made.status_code == 201, made.text
    entry = made.json()["review"]
    assert (entry["author"], entry["standing"], entry["seen"]) == ("local", True, {"score": 3.2})
    undone = api.post(f"/reviews/{entry['id']}/undo", json={"reason": "看错"})
    assert undone.status_code == 201 and undone.json()["review"]["undoes"] == entry["id"]
    page = api.get(f"/reviews/{entry['id']}").json()
    assert [each["standing"] for each in page["history"]] == [False, True]
    listed = api.get("/reviews", params={"subject": entry["subjects"][0], "limit": 1}).json()
    assert listed["total"] == 2 and listed["next"] and listed["reviews"][0]["undoes"] == entry["id"]
    assert api.post(f"/reviews/{entry['id']}/undo", json={"reason": "再次"}).status_code == 409


def test_second_judge_is_told(api: Any) -> None:
    """Trap: two people at one item, and the later answer silently replaces the first."""
    assert api.post("/reviews", json={**SAME, "after": ""}).status_code == 201
    late = api.post("/reviews", json={**SAME, "verdict": "different", "after": ""})
    assert late.status_code == 409 and late.json()["code"] == "E-CONFLICT"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reason": "  "}, 422),
        ({"verdict": "confirmed"}, 422),
        ({"subjects": ["P-seller"]}, 422),
        ({"subjects": ["P-seller", "P-nobody"]}, 404),
        ({"kind": "gang", "verdict": "confirmed", "subjects": ["G-none"]}, 404),
    ],
)
def test_what_is_refused(api: Any, change: dict[str, Any], status: int) -> None:
    """Trap: a judgement about nothing, or without a reason, in a ledger that is never corrected."""
    assert api.post("/reviews", json={**SAME, **change}).status_code == status
    assert api.get("/reviews").json()["total"] == 0
