"""Roles at the door: every route has a rule, every role gets what the table says and nothing more."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, get_args

import pytest

from backend.api import create_app
from backend.api.routes.session import OPEN
from backend.contract.administration import UserRole
from backend.security.audited import audit_log
from backend.security.rights import ROLES, Right, needed
from backend.security.second_factor import STEP_SECONDS, number_at
from backend.security.strangers import EACH
from graph_schema.store import Store
from tests.accounts import PASSWORD
from tests.backend.api.conftest import Service
from tests.backend.api.test_gate import CASE, READS


def _as(api: Service, name: str, role: str) -> Service:
    made = api.post("/users", json={"name": name, "role": role})
    assert made.status_code == 201, made.text
    return _first(api, name, made.json()["code"])


def _first(api: Service, name: str, code: str) -> Service:
    """Signed in the first time, by a cookie as a browser is."""
    found = Service(api.port, None)
    entered = found.post("/session/first", json={"name": name, "code": code, "password": PASSWORD})
    assert entered.status_code == 200, entered.text
    return found


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


def test_strangers_keep_nobody_out(empty: Service) -> None:
    """Trap: pages opened by people not signed in yet, all behind one proxy, that shut out who has the right code."""
    code = empty.post("/users", json={"name": "zhao", "role": "investigator"}).json()["code"]
    stranger = Service(empty.port, None)
    for _ in range(EACH + 1):
        assert stranger.get("/session").status_code == 401
    wrong = {"name": "zhao", "code": "0" * len(code), "password": PASSWORD}
    assert stranger.post("/session/first", json=wrong).status_code == 401
    assert _first(empty, "zhao", code).get("/session").json()["user"] == "zhao"


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


def test_what_one_signs_in_with_ends(api: Service) -> None:
    """Trap: a session or token that works after its holder was given a new code or left; one that can be read again."""
    person = _as(api, "qian", "analyst")
    assert person.get("/persons").status_code == 200
    token = person.post("/session/token", json={"password": PASSWORD}).json()["token"]
    program = Service(api.port, token)
    assert program.get("/persons").status_code == 200
    fresh = api.post("/users/qian/code").json()["code"]
    assert person.get("/persons").status_code == program.get("/persons").status_code == 401
    person = _first(api, "qian", fresh)
    listed: Any = api.get("/users")
    assert fresh not in listed.text and token not in listed.text and "password" not in listed.text
    assert api.delete("/users/qian").json()["user"]["ended_at"]
    assert person.get("/persons").status_code == 401
    entered = person.post("/session/password", json={"name": "qian", "password": PASSWORD})
    assert entered.status_code == 401
    assert api.delete("/users/qian").status_code == 404
    assert api.post("/users", json={"name": "qian", "role": "chief"}).status_code == 409


def test_a_password_is_ones_own(api: Service) -> None:
    """Traps: a changed password that leaves an old session open; an owner who is given a password; a name typed as a
    password, or a password as a name, in the log; a try that leaves no record."""
    person = _as(api, "sun", "analyst")
    other = Service(api.port, None)
    assert other.post("/session/password", json={"name": "sun", "password": PASSWORD}).status_code == 200
    body = {"old": PASSWORD, "password": "另一个长密码-2026"}
    assert person.put("/session/password", json=body).status_code == 200
    assert person.get("/session").status_code == 200 and other.get("/session").status_code == 401
    assert api.put("/session/password", json=body).status_code == 403
    assert api.post("/session/token", json={"password": PASSWORD}).status_code == 403
    for name in ("sun", PASSWORD):
        assert other.post("/session/password", json={"name": name, "password": "x"}).status_code == 401
        record = list(audit_log().records())[-1]
        assert (record["user"], record["action"], record["outcome"]) == ("-", "session.password", "E-SIGN-IN")
        assert record["objects"] == (["sun"] if name == "sun" else [])


def test_ones_own_account(api: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: a chief who works without the second factor his site demands; an answer that holds a secret again; a step
    that is in no record; the owner asked for what he has not."""
    monkeypatch.setenv("UPLINE_SECOND_FACTOR", "1")
    chief, other = _as(api, "head", "chief"), Service(api.port, None)
    assert chief.get("/persons").status_code == 403 and chief.get("/session").json()["rights"] == ["session"]
    assert other.post("/session/password", json={"name": "head", "password": PASSWORD}).status_code == 200
    asked: Any = chief.post("/session/factor", json={"password": PASSWORD})
    secret = asked.json()["secret"]
    assert asked.status_code == 201 and secret in asked.json()["address"]
    assert chief.put("/session/factor", json={"number": "no"}).status_code == 422
    number = number_at(secret, int(time.time()) // STEP_SECONDS)
    told: Any = chief.put("/session/factor", json={"number": number})
    assert told.json()["factor"] and len(told.json()["sessions"]) == 1 and secret not in told.text
    assert other.get("/session").status_code == 401 and chief.get("/persons").status_code == 200
    entered = other.post("/session/password", json={"name": "head", "password": PASSWORD})
    assert (entered.status_code, entered.json()["code"]) == (401, "E-SECOND-FACTOR")
    again = {"name": "head", "password": PASSWORD, "number": number}
    assert other.post("/session/password", json=again).json()["code"] == "E-SIGN-IN"
    assert chief.delete("/session/others").json() == {"closed": 0}
    assert chief.delete("/session/token").status_code == 204
    assert chief.get("/session/account").json()["required"] is True
    assert api.get("/session/account").json()["role"] == "owner"
    for path in ("/session/token", "/session/others"):
        assert api.delete(path).status_code == (403 if path.endswith("token") else 200)
    steps = {record["action"] for record in audit_log().records() if record["user"] == "head"}
    own = {"account", "factor", "factor_confirm", "others_end", "token_end"}
    assert {f"session.{each}" for each in own} <= steps


def test_two_people_make_a_chief(api: Service) -> None:
    """Traps: a proposal that is carried out by whoever made it; a step that is in no record."""
    first, second = _as(api, "admin-1", "administrator"), _as(api, "admin-2", "administrator")
    made = first.post("/users", json={"name": "boss", "role": "chief"}).json()
    assert made["half"] and made["user"]["waiting"]["by"] == "admin-1" and not made["user"]["ready"]
    assert first.post("/users/boss/confirmation").status_code == 403
    code = made["code"] + second.post("/users/boss/confirmation").json()["code"]
    chief = _first(api, "boss", code)
    assert "decide" in chief.get("/session").json()["rights"]
    assert api.post("/users", json={"name": "boss-2", "role": "chief"}).json()["half"]
    assert first.delete("/users/boss-2/confirmation").json()["user"]["ended_at"]
    steps = [
        (record["user"], record["action"], record["outcome"])
        for record in audit_log().records()
        if ("boss" in record["objects"] or record["user"] == "boss") and record["outcome"] != "begun"
    ]
    assert steps[:5] == [
        ("admin-1", "user.add", "done"),
        ("admin-1", "user.confirm", "E-FORBIDDEN"),
        ("admin-2", "user.confirm", "done"),
        ("-", "session.first", "done"),
        ("boss", "session.open", "done"),
    ]


def test_a_cookie_is_secure_behind_the_proxy(api: Service) -> None:
    """Trap: the session of a site with TLS sent over a plain connection, because the proxy speaks plainly to us."""
    body = {"token": str(api.headers["Authorization"]).split()[1]}
    plain = api.post("/session", json=body).headers["Set-Cookie"]
    behind = api.post("/session", json=body, headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
    assert "secure" in behind.lower() and "secure" not in plain.lower()
