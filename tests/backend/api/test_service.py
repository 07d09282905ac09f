"""The service answers in the contract's shapes, bounded, in the caller's language, and forgives nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from graph_schema.store import Store, catalogue, connection

CASE = "A9900000000002026040017"
HOSTILE = (
    "' OR 1=1 //",
    "`}) DETACH DELETE n //",
    "\\",
    "x' RETURN n UNION MATCH (m) DETACH DELETE m //",
    "$viewer_cases",
    "\x00",
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "%00",
    "𠮷\u202e",
    "{{7*7}}",
)


def test_pages_join_by_their_cursors(api: Any) -> None:
    """Trap: an entry lost or doubled between two pages."""
    whole = [person["id"] for person in api.get("/persons").json()["persons"]]
    seen, cursor = [], None
    while True:
        page = api.get("/persons", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        seen += [person["id"] for person in page["persons"]]
        cursor = page["next"]
        assert page["total"] == 7
        if cursor is None:
            break
    assert seen == whole


def test_cursor_ends_with_its_run(api: Any, builder: Any) -> None:
    """Trap: page two of another run, silently."""
    cursor = api.get("/persons?limit=3").json()["next"]
    builder.run = "R-0002"
    builder.do("MATCH (n:Person) SET n.key = 'R-0002/' + n.person_id, n.run = 'R-0002'")
    builder.publish()
    answer = api.get("/persons", params={"limit": 3, "cursor": cursor})
    assert answer.status_code == 409 and answer.json()["code"] == "E-CONFLICT"


def test_invented_cursor(api: Any) -> None:
    """Trap: a number read out of any text."""
    for cursor in ("x", "", "fHx8", "Ui0wMDAxfC0x", "Ui0wMDAxfDk5OTk5OTk5OTk5", "密"):
        assert api.get("/persons", params={"cursor": cursor}).status_code == 409, cursor


def test_unknown_and_unbounded_parameters_are_refused(api: Any) -> None:
    """Trap: a misspelt parameter ignored, a limit without end."""
    for path in (
        "/persons?limt=3",
        "/persons?limit=1001",
        "/persons?limit=0",
        "/persons?limit=x",
        "/graph/paths?a=P-seller&b=P-boss&max_hops=9",
        "/graph/expand?node=P-boss&limit=100001",
        "/search?q=",
        "/search",
        "/persons/P-boss?x=1",
        "/supplies?min_score=2",
    ):
        answer = api.get(path)
        assert answer.status_code == 422, path
        assert answer.headers["Content-Type"] == "application/problem+json"
        body = answer.json()
        assert body["code"] == "E-INPUT" and body["fields"]


def test_problem_details_speak_the_callers_language(api: Any) -> None:
    """Trap: one language only, or the value asked for repeated in the error."""
    english = api.get("/persons/nobody", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.1"})
    chinese = api.get("/persons/nobody", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert set(english.json()) == {"type", "title", "status", "code", "detail", "fields"}
    assert english.json()["title"] == "Not found, or you may not see it"
    assert chinese.json()["title"] == "没有，或无权查看" and chinese.json()["status"] == 404
    assert english.headers["Content-Language"] == "en" and "nobody" not in english.text
    assert english.json()["type"] == "urn:upline:problem:E-NOT-FOUND"
    several = api.get("/graph/paths?a=一&b=P-boss")
    assert several.status_code == 404


def test_methods(api: Any) -> None:
    """Trap: a method nobody declared falls through to something else."""
    for method in ("PUT", "PATCH", "POST", "DELETE"):
        answer = api.request(method, "/persons")
        assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
        assert answer.json()["code"] == "E-METHOD"


def test_hostile_text_in_every_parameter(api: Any) -> None:
    """Trap: any parameter that reaches the text of a query, a path or a page."""
    for text in HOSTILE:
        _ask_everything(api, text)
    assert api.get("/persons").json()["total"] == 7


def _ask_everything(api: Any, text: str) -> None:
    paths = [
        ("/search", {"q": text}),
        ("/supplies", {"person": text}),
        ("/explain", {"id": text}),
        ("/evidence", {"row": [text, f"9f3ac1d2e07b/{text}/2"]}),
        ("/graph/counts", {"node": text}),
        ("/graph/counts", {"node": f"Phone:{text}"}),
        ("/graph/counts", {"node": f"{text}:x"}),
        ("/graph/expand", {"node": "P-boss", "type": text}),
        ("/graph/expand", {"node": "P-boss", "cursor": text}),
        ("/graph/paths", {"a": text, "b": "P-boss"}),
        ("/graph/paths", {"a": "P-boss", "b": text}),
        ("/persons", {"cursor": text}),
    ]
    for path, params in paths:
        answer = api.get(path, params=params)
        assert answer.status_code < 500, (path, answer.text)
        assert answer.headers["Content-Type"].endswith("json"), path
    for path in (
        "/persons/",
        "/cases/",
        "/gangs/",
        "/chains/",
        "/jobs/",
        "/drawings/gangs/",
        "/drawings/persons/",
    ):
        answer = api.get(path + quote(text, safe=""))
        assert answer.status_code in (404, 405, 422), (path, answer.status_code)


def test_expand_is_columnar(api: Any) -> None:
    """Trap: an object per edge."""
    found = api.get("/graph/expand?node=P-seller&type=PAID").json()
    assert found["edges"]["type"] == ["PAID"] * 3 and found["edges"]["from"].count(0) == 2


def test_evidence_and_health(api: Any, stranger: Any) -> None:
    """Trap: a row that is shown without the file it stands in; a health check that tells too much."""
    row = api.get("/evidence", params={"row": "41be07aa93c5/交易明细/4"}).json()["rows"][0]
    assert row["cells"] == ["出", "4,400.00"] and row["file"].endswith(".xlsx")
    health = stranger.get("/health").json()
    assert health["status"] == "ok" and set(health) == {"status", "database", "version"}


def test_large_bodies_are_refused(api: Any, stranger: Any) -> None:
    """Trap: a body without end, with or without a declared length, signed in or not."""
    assert api.post("/session", data=b"x" * (2 << 20)).status_code == 413
    assert api.post("/runs", data=(b"x" * 65536 for _ in range(40))).status_code == 413
    large = {"files": ("a.csv", b"x" * (2 << 20))}
    assert stranger.post("/imports", files=large).status_code == 413
    assert api.get("/persons").status_code == 200


def test_unexpected_error_tells_nothing(api: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """Trap: a stack trace or the value asked for in the answer or in the log."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret 13900000001")

    monkeypatch.setattr("backend.answers.search", broken)
    monkeypatch.setattr("backend.api.routes.people.answers.search", broken)
    answer = api.get("/search?q=13900000001")
    assert answer.status_code == 500 and answer.json()["code"] == "E-INTERNAL"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "13900000001" not in caplog.text


SLOW = "UNWIND range(1, $n) AS a UNWIND range(1, $n) AS b WITH a, b WHERE (a + b) % 7 = 8 RETURN count(*) AS total"


def test_caller_gone_ends_the_query(api: Any, district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the browser is closed and the database goes on for nobody."""
    slow = catalogue.parse("asked", f"// name: asked.slow\n// mode: read\n{SLOW}\n", "test")[0]
    find, read = catalogue.find, Store.read

    def slowly(self: Store, viewer: Any, query: str, /, **more: Any) -> Any:
        if query == "person.count":
            return read(self, viewer, "asked.slow", timeout=60.0, n=60_000)
        return read(self, viewer, query, **more)

    monkeypatch.setattr(connection, "find", lambda name: slow if name == "asked.slow" else find(name))
    monkeypatch.setattr(Store, "read", slowly)
    with pytest.raises(requests.Timeout):
        api.get("/persons", timeout=1.0)
    deadline = time.monotonic() + 10
    while (left := _running(district)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def _running(store: Store) -> list[str]:
    with store.driver.session() as session:
        rows = session.run("SHOW TRANSACTIONS YIELD metaData RETURN metaData.query AS query").data()
    return [row["query"] for row in rows if row["query"] == "asked.slow"]


def test_access_log_names_nobody(api: Any, caplog: Any) -> None:
    """Trap: names and numbers in a log that more people read than the data."""
    caplog.set_level("INFO", logger="upline.access")
    api.get("/search", params={"q": "甲一"})
    api.get("/persons/P-boss")
    lines = [record.getMessage() for record in caplog.records if record.name == "upline.access"]
    assert len(lines) == 2 and not any("甲一" in line or "P-boss" in line for line in lines)
    assert "/persons/{person_id}" in lines[1]


def test_start_page_lets_nothing_in(api: Any) -> None:
    """Trap: a page that loads from elsewhere, or runs what data say."""
    page = api.get(f"http://127.0.0.1:{api.port}/")
    assert page.status_code == 200 and "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    sources = [*(Path(__file__).parents[3] / "viz" / "web" / "src").rglob("*.ts*")]
    assert len(sources) > 30
    assert [each.name for each in sources if "innerhtml" in each.read_text(encoding="utf-8").lower()] == []
