"""Nothing without the gate; no data without a record; nothing hinted."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from backend.api import create_app
from backend.api.routes.session import OPEN
from backend.security.audited import audit_log
from backend.security.gate import COOKIE, gate
from backend.security.sessions import local_token
from backend.security.strangers import EACH
from graph_schema.store import Store

CASE = "A9900000000002026040017"
READS = (
    "/search?q=甲一",
    "/persons",
    "/persons/P-boss",
    "/cases",
    f"/cases/{CASE}",
    "/gangs",
    "/gangs/G-1",
    "/supplies",
    "/chains",
    f"/chains/{CASE}",
    "/evidence?row=9f3ac1d2e07b/-/2",
    "/explain?id=K-1",
    "/graph/counts?node=P-boss",
    "/graph/expand?node=P-boss",
    "/graph/paths?a=P-seller&b=P-boss",
    "/graph/paths?a=P-seller&b=P-boss&ordered=true",
    "/graph/patterns?kind=pass_through",
    "/objects?kind=Account",
    "/objects/one?ref=Phone:%2B8613900000001",
    "/loads",
    "/runs",
    "/jobs",
    "/drawings/gangs/G-1",
    f"/drawings/chains/{CASE}/1",
    "/drawings/persons/P-boss?format=svg",
)


PAGES = ("/", "/{place:path}")
"""Addresses of the workbench itself: one page without case data, and none of the API's."""


def _gated(dependant: Any) -> bool:
    return dependant.call is gate or any(_gated(each) for each in dependant.dependencies)


def _routes(routes: list[Any]) -> list[APIRoute]:
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            found += _routes(getattr(getattr(route, "original_router", route), "routes", None) or [])
    return found


def test_every_route_passes_the_gate(store: Store) -> None:
    """Trap: a new route that forgets the gate; a route the check itself does not see."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    operations = {
        (method.upper(), path) for path, found in app.openapi()["paths"].items() for method in found
    }
    seen = set()
    for route in _routes(app.routes):
        if route.path in PAGES:
            assert route.methods == {"GET"} and not route.include_in_schema, route.path
            continue
        named = route.path.replace(":path}", "}")
        path = named if named.startswith("/api/v1") else f"/api/v1{named}"
        seen |= {(method, path) for method in route.methods}
        short = path.removeprefix("/api/v1")
        if short in OPEN and (short == "/health" or route.methods == {"POST"}):
            assert not _gated(route.dependant), path
        else:
            assert _gated(route.dependant), path
    assert operations <= seen and len(operations) > 25


def test_an_address_of_the_api_is_never_the_page(stranger: Any) -> None:
    """Trap: a misspelt route of the API that answers with a page, as if all were well."""
    for path in ("/api/v1/nothing", "/api", "/api/v1/persons/x/y/z"):
        answer = stranger.get(f"http://127.0.0.1:{stranger.port}{path}")
        assert answer.status_code == 404 and "<html" not in answer.text


def test_a_stranger_gets_nothing(stranger: Any) -> None:
    """Trap: one route that answers before it asks who is there."""
    for path in READS:
        answer = stranger.get(path)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer", path
        assert answer.json()["code"] == "E-SIGN-IN" and "甲一" not in answer.text
        assert list(audit_log().records())[-1]["outcome"] == "E-SIGN-IN"


def test_every_read_leaves_a_record_with_its_purpose(api: Any) -> None:
    """Trap: a read that is not in the log, or without the purpose it was made for."""
    for path in READS:
        before = audit_log().head().seq
        answer = api.get(path, headers={"X-Purpose": "0417%E6%A1%88%E4%BE%A6%E6%9F%A5"})
        assert answer.status_code == 200, path
        records = [record for record in audit_log().records() if record["seq"] > before]
        files = [record for record in records if record["action"] == "export"]
        assert len(files) == ("drawings" in path), f"{path}: a drawing is a file that leaves"
        assert 1 <= len(records) - len(files) <= (4 if "drawings" in path else 1), path
        assert {record["purpose"] for record in records} == {"0417案侦查"}
        assert {record["outcome"] for record in records} == {"done"} and all(r["result"] for r in records)


def test_no_record_no_data(api: Any, district: Store) -> None:
    """Trap: the log cannot be written and data flow on."""
    folder = Path(district.home) / "audit"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file stands where the folder should be")
    try:
        for path in READS:
            answer = api.get(path)
            assert answer.status_code == 503 and answer.json()["code"] == "E-AUDIT", path
            assert "甲一" not in answer.text and "13900" not in answer.text
        assert api.get("/health").status_code == 200
    finally:
        folder.unlink()


def test_a_flood_of_strangers_is_counted(stranger: Any, district: Store) -> None:
    """Trap: one record per refused try, until the audit volume is full and nobody can work."""
    before = audit_log().head().seq
    for _ in range(20):
        assert stranger.get("/persons").status_code == 401
        assert stranger.post("/session", json={"token": "wrong"}).status_code == 401
    assert audit_log().head().seq - before == EACH


def test_a_site_may_demand_a_purpose(api: Any, stranger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a policy that binds the workbench only, or that keeps people from signing out."""
    monkeypatch.setenv("UPLINE_PURPOSE_REQUIRED", "1")
    assert api.get("/persons").status_code == 403
    assert api.get("/persons", headers={"X-Purpose": "0417"}).status_code == 200
    token = api.headers["Authorization"].partition(" ")[2]
    assert stranger.post("/session", json={"token": token}).status_code == 403
    assert stranger.post("/session", json={"token": token, "purpose": "0417"}).status_code == 200
    assert stranger.get("/persons").status_code == 200 and stranger.delete("/session").status_code == 204


def test_wrong_credentials(stranger: Any) -> None:
    """Trap: an empty, foreign or unsigned credential taken for a good one."""
    for header in (
        "Bearer",
        "Bearer x",
        "Basic bG9jYWw6eA==",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Bearer 密",
    ):
        answer = stranger.get("/persons", headers={"Authorization": header.encode()})
        assert answer.status_code == 401, header


def test_cookie_session(stranger: Any, district: Store) -> None:
    """Trap: a cookie scripts can read, one that other sites may send, one that lives on after sign-out."""
    assert stranger.post("/session", json={"token": "wrong"}).status_code == 401
    token = local_token(Path(district.home))
    signed = stranger.post("/session", json={"token": token, "purpose": "案件侦查"})
    cookie = signed.headers["Set-Cookie"].lower()
    assert signed.status_code == 200 and "httponly" in cookie and "samesite=strict" in cookie
    assert stranger.get("/session").json()["purpose"] == "案件侦查"
    stolen = stranger.cookies[COOKIE]
    foreign = stranger.post("/runs", json={}, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403 and foreign.json()["code"] == "E-FORBIDDEN"
    assert stranger.post("/runs", json={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert stranger.delete("/session").status_code == 204
    replay = stranger.get("/session", headers={"Cookie": f"{COOKIE}={stolen}"})
    assert replay.status_code == 401


def test_hidden_and_absent_are_the_same(api: Any) -> None:
    """Trap: one text for "none" and another for "not yours"."""
    bodies = {
        api.get(path).text
        for path in (
            "/persons/P-404",
            "/gangs/G-404",
            "/cases/A404",
            "/chains/A404",
            "/explain?id=x",
            "/nowhere",
        )
    }
    assert len(bodies) == 1 and '"E-NOT-FOUND"' in bodies.pop()


def test_foreign_host_names_are_refused(api: Any) -> None:
    """Trap: another site's name resolved to this machine (DNS rebinding), or a poisoned Host header."""
    for host in ("evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost@evil.example"):
        answer = api.get("/persons", headers={"Host": host})
        assert answer.status_code == 400 and "甲一" not in answer.text, host


def test_local_names_are_served(api: Any) -> None:
    """Trap: the service refuses its own name."""
    for host in ("localhost", f"localhost:{api.port}", "127.0.0.1", "[::1]:80"):
        assert api.get("/persons", headers={"Host": host}).status_code == 200


def test_headers_are_safe(api: Any) -> None:
    """Trap: data kept by a proxy, framed by another page, or read by a script of another origin."""
    answer = api.get("/persons", headers={"Origin": "http://evil.example"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    drawing = api.get("/drawings/gangs/G-1")
    assert drawing.headers["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-same-origin" not in drawing.headers["Content-Security-Policy"]


def test_real_answers_fit_their_declared_shape(api: Any, store: Store) -> None:
    """Trap: a schema that only fits empty answers; a field that is given out but not declared."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    models = {}
    for route in _routes(app.routes):
        if route.response_model is not None and "GET" in route.methods:
            models[route.path.removeprefix("/api/v1")] = route.response_model
    for path in READS:
        plain = path.partition("?")[0]
        for told, kind in (("/P-boss", "/{person_id}"), (f"/{CASE}", "/{case_no}"), ("/G-1", "/{gang_id}")):
            plain = plain.replace(told, kind)
        if "drawings" not in path:
            assert TypeAdapter(models[plain]).validate_python(api.get(path).json()), path
