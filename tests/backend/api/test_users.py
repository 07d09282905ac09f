"""Roles at the door: every route has a rule, every role gets what the table says and nothing more."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any, get_args

from backend.api import create_app
from backend.api.routes.session import OPEN
from backend.contract.administration import UserRole
from backend.security.audited import audit_log
from backend.security.rights import ROLES, Right, needed
from graph_schema.store import Store
from tests.backend.api.conftest import Service
from tests.backend.api.test_gate import CASE, READS


def _as(api: Service, name: str, role: str) -> Service:
    made = api.post("/users", json={"name": name, "role": role})
    assert made.status_code == 201, made.text
    return Service(api.port, made.json()["token"])


def test_every_route_has_a_rule(store: Store) -> None:
    """Trap: a new route that nobody but the owner can use, or that everybody can."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    assert set(get_args(UserRole)) == set(ROLES)
    for path, found in app.openapi()["paths"].items():
        short = path.removeprefix("/api/v1")
        for method in found:
            assert short in OPEN or needed(method.upper(), short) is not None, (method, short)


def test_roles_get_what_is_theirs(api: Service) -> None:
    """Trap: an administrator who reads case data, an auditor who sees persons, a clerk who makes users."""
    others = ("/audit", "/audit/check", "/users", "/rules", "/dictionaries", "/retention")
    for role, rights in ROLES.items():
        their = _as(api, f"u-{role}", role)
        for path in (*READS, *others):
            right = needed("GET", path.partition("?")[0])
            answer = their.get(path)
            expected = 200 if right in rights else 403
            assert answer.status_code == expected, (role, path, answer.text)
            if expected == 403:
                assert "甲一" not in answer.text and "13900" not in answer.text
                record = list(audit_log().records())[-1]
                assert (record["user"], record["role"]) == (f"u-{role}", role)
                assert record["outcome"] == "E-FORBIDDEN"
        assert set(their.get("/session").json()["rights"]) == {*rights, Right.SESSION}
        assert their.post("/users", json={"name": f"x-{role}", "role": "chief"}).status_code == (
            201 if Right.ADMINISTER in rights else 403
        )


def test_only_a_chief_decides_and_takes_back(api: Service) -> None:
    """Trap: a confirmed chain taken back by somebody who may not confirm one."""
    chief, clerk = _as(api, "chief", "chief"), _as(api, "clerk", "investigator")
    chain = chief.get(f"/chains/{CASE}").json()["cases"][0]["chains"][0]["id"]
    body = {"kind": "chain", "verdict": "confirmed", "subjects": [chain], "reason": "证据链完整"}
    assert clerk.post("/reviews", json=body).status_code == 403
    review = clerk.post("/reviews", json={**body, "verdict": "under_review"})
    assert review.status_code == 201 and review.json()["review"]["author"] == "clerk"
    confirmed = chief.post("/reviews", json=body).json()["review"]["id"]
    assert clerk.post(f"/reviews/{confirmed}/undo", json={"reason": "错误"}).status_code == 403
    assert chief.post(f"/reviews/{confirmed}/undo", json={"reason": "错误"}).status_code == 201


def test_tokens_end(api: Service) -> None:
    """Trap: a token that works after it was renewed or its holder left; one that can be read again."""
    person = _as(api, "qian", "analyst")
    assert person.get("/persons").status_code == 200
    fresh = api.post("/users/qian/token").json()["token"]
    assert person.get("/persons").status_code == 401
    assert Service(api.port, fresh).get("/persons").status_code == 200
    listed: Any = api.get("/users")
    assert fresh not in listed.text and "token" not in listed.json()["users"][0]
    assert api.delete("/users/qian").json()["user"]["ended_at"]
    assert Service(api.port, fresh).get("/persons").status_code == 401
    assert api.delete("/users/qian").status_code == 404
    assert api.post("/users", json={"name": "qian", "role": "chief"}).status_code == 409
