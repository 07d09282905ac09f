"""No intent, no deed: where the audit log takes no record, no operation of the service changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from backend.api import create_app
from backend.api.jobs import Job, Jobs
from backend.security.audited import audit_log
from backend.security.users import Users
from graph_schema.store import Store, Viewer
from tests.accounts import PASSWORD
from tests.backend.api.conftest import Service

WATCH = {"asked": {"kind": "chain"}}
JUDGED = {"kind": "chain", "verdict": "unsure", "subjects": ["K-1"], "reason": "待查"}
LEAD = {"title": "再查此人", "subjects": ["P-boss"]}
ROWS = {"rows": [{"file": "9f3ac1d2e07b", "row": 2, "cells": {"姓名": "章一凡"}}]}
MAPPING = {"of": "cases", "headings": ["号"], "fields": {"case_no": "号"}}
CHANGES: dict[str, Any] = {
    "POST /imports": {"files": {"files": ("案件.csv", b"1")}},
    "POST /entries": {"json": {"kind": "person", "rows": [{"姓名": "章一凡"}]}},
    "POST /imports/{load_id}/rejects/corrections": {"json": ROWS},
    "PUT /imports/mappings/{name}": {"json": MAPPING},
    "DELETE /imports/mappings/{name}": {},
    "POST /as-of": {"json": {"load": 1}},
    "DELETE /loads/{load_id}": {},
    "POST /runs": {"json": {}},
    "POST /jobs/{job_id}/cancel": {},
    "POST /dictionaries/{name}": {"json": {"cells": {"value": "邮票纸", "ambiguity": "1"}}},
    "DELETE /dictionaries/{name}/{entry_id}": {},
    "POST /users": {"json": {"name": "zhang", "role": "analyst"}},
    "PUT /users/{name}": {"json": {"role": "chief"}},
    "PUT /users/{name}/compartments": {"json": {"compartments": []}},
    "POST /compartments": {"json": {"name": "专案甲"}},
    "POST /users/{name}/code": {},
    "POST /users/{name}/confirmation": {},
    "DELETE /users/{name}/confirmation": {},
    "POST /session/first": {"json": {"name": "wang", "code": "1", "password": PASSWORD}},
    "PUT /session/password": {"json": {"old": PASSWORD, "password": PASSWORD + "2"}},
    "POST /session/token": {"json": {"password": PASSWORD}},
    "DELETE /session/token": {},
    "POST /session/factor": {"json": {"password": PASSWORD}},
    "PUT /session/factor": {"json": {"number": "123456"}},
    "DELETE /session/others": {},
    "POST /session/here": {},
    "POST /reviews/notes": {"json": {"about": "Chain:K-1", "text": "待查"}},
    "POST /reviews/notes/{review_id}/done": {},
    "DELETE /users/{name}": {},
    "POST /reviews": {"json": JUDGED},
    "POST /reviews/{review_id}/undo": {"json": {"reason": "有误"}},
    "POST /care/{item_id}/class": {"json": {"care_class": "A", "reason": "有责任"}},
    "POST /watches": {"json": WATCH},
    "POST /watches/look": {},
    "POST /watches/{watch_id}/end": {},
    "POST /leads": {"json": LEAD},
    "POST /leads/{lead_id}/accept": {"json": {}},
    "POST /leads/{lead_id}/answer": {"json": {"result": "refuted"}},
    "POST /views": {"json": {"body": {}}},
    "PUT /views/{view_id}": {"json": {"body": {}}},
    "DELETE /views/{view_id}": {},
}
"""Every operation that changes something, with a request that is well formed."""
OTHERS = {
    "POST /session",  # opens nothing before its record is written
    "POST /session/password",
    "DELETE /session",  # takes a right away; refusing that would help nobody
    "POST /imports/mappings/propose",  # reads
    "POST /tables",
    "POST /drawings/canvas",
    "POST /care/reviews/{review_id}/undo",  # looks for the entry first, then is POST /reviews/{review_id}/undo
}
NAMES = {"name": "wang", "entry_id": "site-1", "load_id": "1"}


def _path(operation: str) -> tuple[str, str]:
    method, path = operation.split(" ", 1)
    for name in (
        "load_id",
        "name",
        "entry_id",
        "job_id",
        "review_id",
        "item_id",
        "watch_id",
        "lead_id",
        "view_id",
    ):
        path = path.replace(f"{{{name}}}", NAMES.get(name, "0123456789abcdef"))
    return method, path


def _state(store: Store) -> tuple[object, dict[str, bytes]]:
    """All that could have changed: the graph, and the files of the home besides the database's own."""
    home = Path(store.home)
    with store.driver.session(database=store.database) as session:
        graph = session.run("MATCH (n) RETURN count(n), sum(size(keys(n)))").values()
    own = (
        "users.json",
        "compartments.json",
        "views",
        "uploads",
        "mappings",
        "dictionaries",
        "facts",
        "rows",
        "runs",
    )
    files = {
        str(path): path.read_bytes()
        for name in own
        for path in [home / name, *(home / name).rglob("*")]
        if path.is_file()
    }
    return graph, files


@pytest.fixture
def spoiled(district: Store) -> Iterator[Path]:
    """A log that cannot be written: a file stands where its folder should be."""
    folder = Path(district.home) / "audit"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("")
    yield folder
    if folder.is_file():
        folder.unlink()


def test_every_change_is_known(store: Store) -> None:
    """Trap: a new operation that changes something and that the test below never tries."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    found = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if method != "get"
    }
    assert found == set(CHANGES) | OTHERS


def test_no_intent_no_deed(api: Service, district: Store, spoiled: Path) -> None:
    """Trap: the change carried out first and the record found impossible afterwards, with a 503 on top."""
    spoiled.unlink()
    Users(Path(district.home)).add("wang", "analyst", by="local")
    spoiled.write_text("")
    before = _state(district)
    for operation, more in CHANGES.items():
        method, path = _path(operation)
        answer = api.request(method, path, headers={"Accept-Language": "en"}, **more)
        assert answer.status_code == 503 and answer.json()["code"] == "E-AUDIT", (operation, answer.text)
        assert "nothing was changed" in answer.json()["detail"], operation
    assert _state(district) == before
    spoiled.unlink()
    assert api.get("/jobs").json()["jobs"] == []


def test_a_change_leaves_its_intent_and_its_outcome(api: Service) -> None:
    """Trap: a deed of which the log tells only where it came off, or two records nobody can bring together."""
    before = audit_log().head().seq
    assert api.post("/leads", json=LEAD).status_code == 201
    assert api.post("/leads/L-0/accept", json={}).status_code == 404
    found = [each for each in audit_log().records() if each["seq"] > before]
    assert [(each["action"], each["outcome"]) for each in found] == [
        ("lead.add", "begun"),
        ("lead.add", "done"),
        ("lead.accept", "begun"),
        ("lead.accept", "E-NOT-FOUND"),
    ]
    assert [each["begun"] for each in found] == [0, found[0]["seq"], 0, found[2]["seq"]]
    shown = api.get("/audit", params={"action": "lead.a", "limit": 4}).json()["records"]
    assert [each["outcome"] for each in shown] == ["E-NOT-FOUND", "begun", "done", "begun"]


def _ended(job: Job) -> Job:
    job_ended = {"done", "failed", "cancelled"}
    for _ in range(500):
        if job.state in job_ended:
            return job
        job.cancelled.wait(0.01)
    raise AssertionError("the job did not end")


def test_a_job_leaves_its_own_records(store: Store) -> None:
    """Trap: a load or run of the background that begins after its request was recorded, and leaves nothing itself."""
    before = audit_log().head().seq
    jobs = Jobs()
    jobs.start()
    job = _ended(jobs.add("load", Viewer("wang", "analyst", purpose="0417"), lambda _: {"load": 3}, asked=9))
    jobs.stop()
    found = [each for each in audit_log().records() if each["seq"] > before]
    assert [(each["action"], each["outcome"], each["objects"]) for each in found] == [
        ("job.load", "begun", [job.id]),
        ("job.load", "done", [job.id]),
    ]
    assert {(each["user"], each["purpose"], each["note"]) for each in found} == {
        ("wang", "0417", "requested in record 9")
    }


def test_a_job_without_intent_does_nothing(store: Store) -> None:
    """Trap: the volume fills while a job waits, and the job runs all the same."""
    folder = Path(store.home) / "audit"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("")
    done: list[str] = []

    def work(job: Job) -> dict[str, object]:
        done.append(job.id)
        return {}

    jobs = Jobs()
    jobs.start()
    job = _ended(jobs.add("load", Viewer("wang"), work))
    jobs.stop()
    folder.unlink()
    assert not done and job.error and job.error[0] == "E-AUDIT"
