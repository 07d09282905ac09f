"""Long work goes on without its caller, says how far it is, and can be ended."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from backend.api.jobs import Job, Jobs
from etl.writing.load import Progress
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, Viewer

CASES = "案件编号,案件名称,立案日期,案件类别\nA9900000000002026060001,测试零包案,2026-06-01,贩卖毒品\n"


def ended(api: Any, job_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        job = api.get(f"/jobs/{job_id}").json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


U = Viewer("u")
SAID = {
    "basis": "测公调证字〔2026〕2号",
    "purpose": "上溯",
    "use_until": "2027-01-31",
    "asked_from": "2026-06-01",
    "asked_until": "",
}


def test_upload_is_loaded_and_can_be_taken_out(empty: Any, store: Store) -> None:
    """Trap: rows lost between upload and graph, uploads left on the disk, a load that cannot be undone."""
    api = empty
    files = [
        ("files", ("6月/案件.csv", CASES.encode(), "text/csv")),
        ("files", ("6月/说明.bin", b"\x00\x01\x02", "application/octet-stream")),
    ]
    queued = api.post("/imports", files=files, data=SAID)
    assert queued.status_code == 202
    job = ended(api, queued.json()["id"])
    assert job["state"] == "done", job
    reports = {file["path"]: file for file in job["result"]["files"]}
    assert reports["6月/案件.csv"]["state"] == "loaded" and reports["6月/案件.csv"]["loaded"] == 1
    assert reports["6月/说明.bin"]["state"] == "refused" and reports["6月/说明.bin"]["reason"]
    assert not list((Path(store.home) / "uploads").iterdir())
    loaded = api.get("/loads?limit=1").json()["files"][0]
    assert loaded["basis"] == "测公调证字〔2026〕2号" and loaded["path"] == "6月/案件.csv"
    assert (loaded["purpose"], loaded["use_until"]) == ("上溯", "2027-01-31T23:59:59+08:00")
    assert loaded["asked_from"] == "2026-06-01T00:00:00+08:00" and not loaded.get("asked_until")
    wrong = api.post("/imports", files=files, data={"asked_from": "2026-02-31"})
    assert wrong.status_code == 422
    assert api.get("/cases/A9900000000002026060001").status_code == 200
    run = ended(api, api.post("/runs", json={}).json()["id"])
    assert run["state"] == "done" and run["result"]["cases"] == 1
    assert api.get("/runs").json()["runs"][0]["current"]
    chains = api.get("/chains").json()["cases"]
    assert [(case["case_no"], case["chains"]) for case in chains] == [("A9900000000002026060001", [])]
    out = api.delete(f"/loads/{loaded['load']}")
    assert ended(api, out.json()["id"])["state"] == "done"
    assert api.get("/cases/A9900000000002026060001").status_code == 404


def test_events_tell_every_change_until_the_end(empty: Any) -> None:
    """Trap: a stream that never ends, or ends without saying how it went."""
    api = empty
    job = api.post("/imports", files={"files": ("案件.csv", CASES.encode())}).json()
    with api.get(f"/jobs/{job['id']}/events", stream=True) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        told = [orjson.loads(line[6:]) for line in stream.iter_lines() if line.startswith(b"data: ")]
    assert told[-1]["state"] == "done" and told[-1]["result"]["files"][0]["loaded"] == 1
    assert {each["id"] for each in told} == {job["id"]}


def test_names_that_lead_elsewhere_are_refused(api: Any, district: Store) -> None:
    """Trap: an upload written outside its folder."""
    before = {path.name for path in Path(district.home).parent.iterdir()}
    for name in ("../x.csv", "/etc/x.csv", "a/../../x.csv", "D:x.csv", "a\x00.csv", "con.csv", "x" * 300):
        answer = api.post("/imports", files={"files": (name, b"x")})
        assert answer.status_code in (400, 422), name
    assert {path.name for path in Path(district.home).parent.iterdir()} == before


def test_same_name_twice_is_refused(api: Any) -> None:
    """Trap: the second file silently in place of the first."""
    files = [("files", ("a.csv", b"1")), ("files", ("A.csv", b"2"))]
    assert api.post("/imports", files=files).status_code == 409


@pytest.fixture
def jobs() -> Any:
    running = Jobs()
    running.start()
    yield running
    running.stop()


def wait_for(job: Job) -> None:
    deadline = time.monotonic() + 10
    while job.state not in ("done", "failed", "cancelled") and time.monotonic() < deadline:
        time.sleep(0.01)


def test_one_after_the_other(jobs: Jobs) -> None:
    """Trap: two loads at once, each matching without the other's rows."""
    busy, most = [], []

    def work(job: Job) -> dict[str, int]:
        busy.append(job.id)
        most.append(len(busy))
        time.sleep(0.02)
        busy.remove(job.id)
        return {"n": 1}

    made = [jobs.add("load", U, work) for _ in range(5)]
    for job in made:
        wait_for(job)
    assert most == [1] * 5 and [job.state for job in made] == ["done"] * 5
    assert [job.id for job in jobs.all()] == [job.id for job in reversed(made)]


def test_cancel_a_waiting_and_a_running_job(jobs: Jobs) -> None:
    """Trap: a cancelled job that starts after all, or one that cannot be ended."""
    started = threading.Event()

    def endless(job: Job) -> dict[str, int]:
        started.set()
        while True:
            job.tell(Progress("reading", 1, 2))
            time.sleep(0.01)

    running = jobs.add("analyse", U, endless)
    waiting = jobs.add("load", U, endless)
    assert started.wait(5)
    jobs.cancel(waiting.id)
    assert waiting.state == "cancelled" and waiting.started is None
    jobs.cancel(running.id)
    wait_for(running)
    assert running.state == "cancelled" and running.progress.stage == "reading"
    after = jobs.add("load", U, lambda job: {"n": 2})
    wait_for(after)
    assert after.state == "done"


def test_worker_outlives_every_mistake(jobs: Jobs, caplog: Any) -> None:
    """Trap: one broken job ends all later ones, or writes what it was reading into the log."""

    def wrong(_: Job) -> dict[str, int]:
        raise InputError(Text("表头缺少 案件编号", "a column is missing"))

    def broken(_: Job) -> dict[str, int]:
        raise ValueError("13900000001")

    first, second = jobs.add("load", U, wrong), jobs.add("load", U, broken)
    third, english = jobs.add("load", U, lambda job: {}), jobs.add("load", U, wrong, "en")
    for job in (first, second, third, english):
        wait_for(job)
    assert first.error and first.error[0] == "E-INPUT" and "案件编号" in first.error[1]
    assert [job.shown(LOCAL)["error"]["detail"] for job in (first, english)] == [
        "表头缺少 案件编号",
        "a column is missing",
    ]
    assert second.error == ("E-INTERNAL", "ValueError") and third.state == "done"
    assert "13900000001" not in caplog.text
    with pytest.raises(NotFound):
        jobs.get("x")


def test_who_reads_no_cases_sees_that_a_job_is_there() -> None:
    """Trap: names of files and rows in the progress, the result or the error of somebody else's load."""
    job = Job("j", "load", U, lambda _: {}, result={"files": ["章一凡.csv"]})
    job.error, job.progress = ("E-INPUT", "章一凡.csv"), Progress("reading", 1, 2, "章一凡.csv")
    assert "章一凡" not in str(job.shown(Viewer("u", "administrator")))
    assert str(job.shown(Viewer("u", "analyst"))).count("章一凡") == 3
