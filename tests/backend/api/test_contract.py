"""Answers at run time: everything the service sends as JSON has the type it is declared with, on a district as it is loaded."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter

from backend.api import typescript
from backend.api.routes import ROUTERS
from backend.api.routing import shape_of
from backend.contract import watches as contract
from backend.security.gate import PREFIX
from backend.security.second_factor import STEP_SECONDS, number_at
from backend.watches import kinds
from graph_schema.store import Store
from tests.accounts import PASSWORD
from tests.backend.api.conftest import Service
from tests.backend.api.test_jobs import ended
from tests.backend.api.test_unknown import BOOKS, NAME

NOT_ASKED = {
    (
        "GET",
        "/map/tiles",
    ): "a site without a base map has no tiles; tests/backend/answers/test_site_tiles.py asks it",
    ("POST", "/as-of"): "sends the same job as POST /runs",
}
PEOPLE = "案件编号,姓名,手机号码,涉案身份\nA9900000000002026060001,章一,13900000009,贩卖\n,章二,1,贩卖\n"


def shapes() -> dict[tuple[str, str], object]:
    """What each operation that answers with JSON sends, by method and path."""
    return {
        (method, route.path_format): shape
        for router in ROUTERS
        for route in router.routes
        if (shape := shape_of(route.endpoint)) is not None  # type: ignore[attr-defined]
        for method in route.methods  # type: ignore[attr-defined]
    }


def test_every_answer_in_json_has_its_type() -> None:
    """Trap: a route that sends JSON nobody has written down."""
    document = typescript.document()
    sent = {
        (method.upper(), path.removeprefix(PREFIX))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if any("application/json" in each.get("content", {}) for each in operation["responses"].values())
    }
    assert sent - shapes().keys() == {("GET", "/exports")}, "a file of another program, not an answer"
    assert shapes().keys() <= sent


class Asker:
    """Asks the service, holds each answer against its type, and knows what was asked."""

    def __init__(self, api: Service) -> None:
        self.api, self.shapes = api, shapes()
        self.readers: dict[tuple[str, str], TypeAdapter[Any]] = {}
        self.asked: set[tuple[str, str]] = set()

    def __call__(self, method: str, path: str, _of: Mapping[str, object] | None = None, **more: Any) -> Any:
        operation = (method, path)
        if method == "GET":
            more = {"params": more}
        answer = self.api.request(method, path.format_map(_of or {}), **more)
        assert answer.ok, (operation, answer.text)
        if operation not in self.readers:
            self.readers[operation] = TypeAdapter(self.shapes[operation])
        found = self.readers[operation].validate_json(answer.content, strict=True)
        self.asked.add(operation)
        return found


@pytest.mark.changes
def test_answers_keep_their_contract(demo: Store, empty: Service) -> None:
    """Trap: a key, a null or a word the types do not know; an operation nobody holds against its type."""
    ask = Asker(empty)
    _persons_and_cases(ask)
    _graph(ask)
    _judgements(ask)
    _watches(ask)
    _files(ask)
    _site(ask)
    _district(ask)
    missing = ask.shapes.keys() - ask.asked - NOT_ASKED.keys()
    assert not missing, f"asked by nobody: {sorted(missing)}"
    assert not NOT_ASKED.keys() & ask.asked and NOT_ASKED.keys() <= ask.shapes.keys()


def _district(ask: Asker) -> None:
    assert ask("GET", "/district")["count"] > 0
    for noun in ("clues", "risk", "chemicals", "drivers", "care", "water", "figures", "tasks"):
        more = {"all": True} if noun in ("risk", "water") else {}
        items = ask("GET", f"/{noun}", **more)["items"]
        ask("GET", f"/{noun}/check")
        ask("GET", f"/{noun}/{{item_id}}", {"item_id": items[0]["id"]})
        report = f"/{noun}/reports/{items[0]['id']}"
        for form, language in (("docx", "zh"), ("pdf", "en")):
            made = ask.api.request("GET", report, params={"format": form, "language": language})
            assert made.ok and len(made.content) > 2_000, (report, made.text)
    who = {"item_id": ask("GET", "/care")["items"][0]["id"]}
    confirmed = ask("POST", "/care/{item_id}/class", who, json={"care_class": "B", "reason": "走访所见"})
    entry = {"review_id": confirmed["review"]["id"]}
    ask("POST", "/care/reviews/{review_id}/undo", entry, json={"reason": "误操作"})


def _persons_and_cases(ask: Asker) -> None:
    ask("GET", "/persons", limit=50)
    ask("GET", "/supplies", limit=50)
    ask("GET", "/signals")
    ask("GET", "/cases")
    cases = ask("GET", "/chains")["cases"]
    gangs = ask("GET", "/gangs", min_size=1)["gangs"]
    chained = [case for case in cases if case["chains"]]
    assert chained and gangs
    for case in (*chained[:2], next(case for case in cases if not case["chains"])):
        of = {"case_no": case["case_no"], "n": 1}
        for path in ("/cases/{case_no}", "/cases/{case_no}/quantities", "/chains/{case_no}"):
            ask("GET", path, of)
        if case["chains"]:
            ask("GET", "/chains/{case_no}/{n}/lanes", of)
            ask("GET", "/explain", id=case["case_no"])
    for gang in gangs[:2]:
        for path in ("/gangs/{gang_id}", "/gangs/{gang_id}/measures"):
            ask("GET", path, {"gang_id": gang["id"]})
        ask("GET", "/explain", id=gang["id"])
    for person in chained[0]["chains"][0]["persons"]:
        for path in ("", "/quantities", "/calls", "/money", "/buyers", "/dealings", "/coverage"):
            ask("GET", f"/persons/{{person_id}}{path}", {"person_id": person["id"]})
        ask("GET", "/explain", id=person["id"])
    ask("GET", "/board")
    ask("GET", "/news", since=0)
    ask("GET", "/series")


def _graph(ask: Asker) -> None:
    chains = [case["chains"][0] for case in ask("GET", "/chains")["cases"] if case["chains"]]
    ends = chains[0]["persons"][0]["id"], chains[0]["persons"][-1]["id"]
    known = ask("GET", "/persons", limit=1000)["persons"]
    number = next(person["phones"][0] for person in known if person["phones"])
    hop = chains[0]["hops"][0]
    assert ask("GET", "/graph/among", node=[hop["from"], hop["to"]])["shown"] > 0
    for node in (*ends, f"Phone:{number}"):
        ask("GET", "/graph/counts", node=node)
        ask("GET", "/graph/expand", node=node, limit=50)
        ask("GET", "/graph/ordered", start=node, limit=20)
    for object_kind in ("Account", "Phone", "Vehicle", "Place"):
        for each in ask("GET", "/objects", kind=object_kind, limit=5)["objects"][:2]:
            ask("GET", "/objects/one", ref=each["ref"])
    for kind in ("fan_in", "gather_scatter", "pass_through"):
        ask("GET", "/graph/patterns", kind=kind, everybody=True, limit=5)
    for ordered in (False, True):
        assert ask("GET", "/graph/paths", a=ends[0], b=ends[1], ordered=ordered)["paths"]
    for pair in (f"{ends[0]}>{ends[1]}", f"{chains[0]['hops'][0]['to']}>{chains[0]['hops'][0]['from']}"):
        ask("GET", "/explain", id=pair)
    lanes = ask("GET", "/chains/{case_no}/{n}/lanes", _first(ask))
    events = [event["id"] for hop in lanes["hops"] for event in hop["events"] if event["kind"] != "SENT"]
    assert ask("GET", "/explain", id=events[0])["kind"] == "event"
    rows = [row for hop in chains[0]["hops"] for row in hop["evidence"]][:20]
    ask("GET", "/evidence", row=[*rows, "000000000000/-/1"])
    ask("GET", "/search", q=number[-6:])
    ask("GET", "/whereabouts", about=ends[0])


def _first(ask: Asker) -> dict[str, object]:
    cases = ask("GET", "/chains")["cases"]
    return {"case_no": next(case["case_no"] for case in cases if case["chains"]), "n": 1}


def _judgements(ask: Asker) -> None:
    (one, *_), gangs = (
        [case["chains"][0] for case in ask("GET", "/chains")["cases"] if case["chains"]],
        ask("GET", "/gangs", min_size=1)["gangs"],
    )
    hop = one["hops"][0]
    for kind, verdict, subjects in (
        ("chain", "confirmed", [one["id"]]),
        ("hop", "rejected", [one["id"], hop["from"], hop["to"]]),
        ("gang", "confirmed", [gangs[0]["id"]]),
        ("member", "unsure", [gangs[0]["id"], gangs[0]["members"][0]["person"]["id"]]),
    ):
        body = {"kind": kind, "verdict": verdict, "subjects": subjects, "reason": "看过", "seen": {"a": 1}}
        made = ask("POST", "/reviews", json=body)["review"]["id"]
    ask("POST", "/reviews/{review_id}/undo", {"review_id": made}, json={"reason": "撤销"})
    ask("GET", "/reviews/{review_id}", {"review_id": made})
    assert ask("GET", "/reviews")["total"] == 5
    about = f"Chain:{one['id']}"
    note = ask("POST", "/reviews/notes", json={"about": about, "text": "请看", "due": "2030-01-02"})["note"][
        "id"
    ]
    ask("POST", "/reviews/notes/{review_id}/done", {"review_id": note})
    assert ask("GET", "/reviews/notes", about=about)["notes"][0]["done"]
    assert [each["id"] for each in ask("GET", "/reviews/notes/mine")["tasks"]] == [note]
    ask("POST", "/session/here")
    for proposal in ask("GET", "/reviews/proposals")["proposals"][:3]:
        ask("GET", "/reviews/proposals/{proposal_id}", {"proposal_id": proposal["id"]})
    for path in ("/gangs", "/board", "/series"):
        ask("GET", path)
    assert any(case["chains"] for case in ask("GET", "/chains")["cases"])


def _watches(ask: Asker) -> None:
    of = _first(ask)
    person = ask("GET", "/cases/{case_no}", of)["chains"][0]["persons"][0]["id"]
    gang = ask("GET", "/gangs", min_size=1)["gangs"][0]["id"]
    for asked in (
        {"kind": "appears", "target": person},
        {"kind": "sequence", "target": of["case_no"]},
        {"kind": "supplier", "target": person},
        {"kind": "member", "target": gang},
        {"kind": "chain"},
        {"kind": "path", "target": person, "other": str(of["case_no"])},
        {"kind": "search", "query": "139"},
        {"kind": "pattern", "target": "cycle"},
    ):
        ask("POST", "/watches", json={"asked": asked, "name": "关注"})
    ask("POST", "/watches/look")
    standing = ask("GET", "/watches")["watches"]
    assert len(standing) == 8
    for watch in standing:  # each load to come would ask them all
        ask("POST", "/watches/{watch_id}/end", {"watch_id": watch["id"]})
    lead = ask("POST", "/leads", json={"title": "核查", "subjects": [person]})["lead"]["id"]
    body = {"kind": "lead", "verdict": "sent", "subjects": [lead], "reason": "核查", "seen": {"unit": "甲所"}}
    ask("POST", "/reviews", json=body)
    ask("GET", "/leads", known=True)
    ask("GET", "/leads/{lead_id}", {"lead_id": lead})
    ask("POST", "/leads/{lead_id}/accept", {"lead_id": lead}, json={})
    ask("POST", "/leads/{lead_id}/answer", {"lead_id": lead}, json={"result": "refuted", "persons": 1})
    ask("GET", "/leads/rules")


def _files(ask: Asker) -> None:
    load_id = {"load": 1, "load_id": 1}
    ask("GET", "/loads")
    for path in ("/runs", "/runs/pending", "/imports/kinds", "/entries/kinds", "/retention"):
        ask("GET", path)
    assert ask("GET", "/imports/{load_id}/rejects", load_id)["rejects"]
    assert any(file["checks"] for file in ask("GET", "/imports/{load}/checks", load_id)["files"])
    file = {"file": ("客户往来.csv", BOOKS.encode(), "text/csv")}
    proposed = ask("POST", "/imports/mappings/propose", files=file, data={"set": ["附注=memo"]})
    ask("PUT", "/imports/mappings/{name}", {"name": NAME}, json=proposed["mapping"])
    ask("GET", "/imports/mappings/{name}", {"name": NAME})
    ask("GET", "/imports/mappings")
    ask("DELETE", "/imports/mappings/{name}", {"name": NAME})
    jobs = [
        ask("POST", "/imports", files={"files": ("涉案人员.csv", PEOPLE.encode())}),
        ask("POST", "/entries", json={"kind": "case", "rows": [{"案件编号": "A9900000000002026990001"}]}),
        ask("POST", "/runs", json={"seed": 7}),
        ask("DELETE", "/loads/{load_id}", load_id, params={"dry_run": True}),
    ]
    for job in jobs:
        ended(ask.api, job["id"])
        ask("GET", "/jobs/{job_id}", {"job_id": job["id"]})
    ask("POST", "/jobs/{job_id}/cancel", {"job_id": jobs[0]["id"]})
    ask("GET", "/jobs")
    _corrected(ask, jobs[0]["id"])


def _corrected(ask: Asker, job_id: str) -> None:
    load = ask("GET", "/jobs/{job_id}", {"job_id": job_id})["result"]["load"]
    (row, *_) = ask("GET", "/imports/{load_id}/rejects", {"load_id": load})["rejects"]
    cells = {"案件编号": "A9900000000002026060001", "手机号码": "13900000008"}
    body = {"rows": [{"file": row["file"], "sheet": row["sheet"], "row": row["row"], "cells": cells}]}
    job = ask("POST", "/imports/{load_id}/rejects/corrections", {"load_id": load}, json=body)
    ended(ask.api, job["id"])
    assert any(file["corrected"] for file in ask("GET", "/loads")["files"])


def _site(ask: Asker) -> None:
    ask("GET", "/health")
    ask("GET", "/session")
    ask("POST", "/session", json={"token": ask.api.headers["Authorization"].split()[1], "purpose": "核查"})
    for path in ("/audit", "/audit/check", "/rules", "/dictionaries", "/users", "/map/site"):
        ask("GET", path)
    slang = {"name": "code_words"}
    ask("GET", "/dictionaries/{name}", slang)
    cells = {"value": "测试词", "meaning": "测试", "source": "本单位", "ambiguity": "1"}
    row = ask("POST", "/dictionaries/{name}", slang, json={"cells": cells})["entry"]["cells"]["id"]
    ask("DELETE", "/dictionaries/{name}/{entry_id}", slang | {"entry_id": row})
    _accounts(ask)
    view = ask("POST", "/views", json={"name": "视图", "body": {"nodes": []}})["id"]
    ask("PUT", "/views/{view_id}", {"view_id": view}, json={"name": "视图二", "body": {"nodes": []}})
    ask("GET", "/views/{view_id}", {"view_id": view})
    ask("GET", "/views")
    ask("DELETE", "/views/{view_id}", {"view_id": view})
    drawn = {"marks": [{"id": "m1", "kind": "text", "x": 0, "y": 0, "text": "上家"}], "looks": []}
    ask("POST", "/views", json={"kind": "chart", "name": "会商", "body": {}, "chart": drawn})


def _accounts(ask: Asker) -> None:
    """Users, as the owner and as an administrator who signs in."""
    owner, tester = ask.api, Service(ask.api.port, None)
    user, boss, other = {"name": "tester"}, {"name": "boss"}, "另一个长密码-2026"
    code = ask("POST", "/users", json=user | {"role": "analyst"})["code"]
    ask("PUT", "/users/{name}", user, json={"role": "administrator"})
    ask.api = tester
    ask("POST", "/session/first", json=user | {"code": code, "password": PASSWORD})
    ask("POST", "/session/token", json={"password": PASSWORD})
    ask("PUT", "/session/password", json={"old": PASSWORD, "password": other})
    ask("POST", "/session/password", json=user | {"password": other})
    ask("POST", "/users", json=boss | {"role": "chief"})
    ask.api = owner
    ask("POST", "/users/{name}/confirmation", boss)
    ask.api = tester
    ask("POST", "/users/{name}/code", boss)
    ask("GET", "/session/account")
    secret = ask("POST", "/session/factor", json={"password": other})["secret"]
    ask("PUT", "/session/factor", json={"number": number_at(secret, int(time.time()) // STEP_SECONDS)})
    ask("DELETE", "/session/others")
    ask.api = owner
    ask("POST", "/compartments", json={"name": "专案甲"})
    assert ask("GET", "/compartments")["compartments"] == ["专案甲"]
    ask("PUT", "/users/{name}/compartments", user, json={"compartments": ["专案甲"]})
    ask("DELETE", "/users/{name}/confirmation", boss)
    ask("DELETE", "/users/{name}", user)


def test_watches_are_told_as_they_are_asked() -> None:
    """Trap: a question of a watch that gets a field nobody is told of."""
    told = {get_type_hints(each)["kind"]: each for each in get_args(contract.WatchTold)}
    asked = {
        each.model_fields["kind"].annotation: each for each in get_args(get_args(kinds.WatchQuestion)[0])
    }
    assert told.keys() == asked.keys()
    for kind, shape in told.items():
        assert shape.__annotations__.keys() == asked[kind].model_fields.keys(), kind
