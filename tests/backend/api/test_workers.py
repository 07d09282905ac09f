"""Heavy requests in processes of their own: answered alike, ended with their caller, no user's burden on another."""

from __future__ import annotations

import select
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from backend.api import caller
from backend.api.workers import Workers
from backend.security.audited import audit_log
from backend.security.sessions import local_token
from graph_schema.store import Store
from tests.accounts import token_of
from tests.backend.api.conftest import Service, running

PROGRAM = (sys.executable, str(Path(__file__).parent / "endless.py"))
IN_PYTHON, IN_DATABASE = "/gangs/G-1/measures?k=9", "/gangs/G-1/measures?k=7"


@pytest.fixture(scope="module")
def workers(engine: Store) -> Iterator[Workers]:
    made = Workers(Path(engine.home), PROGRAM)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def held(district: Store, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a service with workers, which has a folder of its own for what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with running(district, workers) as port:
        yield port


def _signed_in(store: Store, port: int, name: str) -> Service:
    return Service(port, token_of(Path(store.home), name, "analyst"))


def _eventually(found: Callable[[], bool], seconds: float = 120.0) -> bool:
    end = time.monotonic() + seconds
    while not (done := found()) and time.monotonic() < end:
        time.sleep(0.05)
    return done


def _computing() -> int:
    """Workers that take processor time."""

    def spent() -> dict[int, float]:
        found = {}
        for child in psutil.Process().children():
            with suppress(psutil.Error):
                if "endless.py" in " ".join(child.cmdline()):
                    found[child.pid] = sum(child.cpu_times()[:2])
        return found

    before = spent()
    time.sleep(0.5)
    return sum(after > before.get(pid, after) for pid, after in spent().items())


@contextmanager
def _asking(store: Store, port: int, path: str, n: int) -> Iterator[list[socket.socket]]:
    """Ask ``n`` times at once, on connections that are closed at the end, whether answered or not."""
    head = f"GET /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {local_token(Path(store.home))}\r\n\r\n"
    with ExitStack() as stack:
        asked = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(n)]
        for one in asked:
            one.sendall(head.encode())
        yield asked


def _answered(asked: list[socket.socket]) -> list[str]:
    """What came back so far."""
    ready, _, _ = select.select(asked, [], [], 0)
    return [one.recv(1 << 16, socket.MSG_PEEK).decode() for one in ready]


def _look_ups(api: Service) -> float:
    """Seconds of a look-up: the median of some."""
    taken = []
    for _ in range(15):
        begun = time.monotonic()
        assert api.get("/persons/P-boss").status_code == 200
        taken.append(time.monotonic() - begun)
    return statistics.median(taken)


def test_one_user_does_not_stop_the_service(district: Store, held: int) -> None:
    """Trap: whoever asks heavy questions without end keeps everybody waiting, and goes on after he has left."""
    wang = _signed_in(district, held, "wang")
    assert wang.get("/gangs/G-1/measures").status_code == 200, "a worker is there"
    before, left_before = _look_ups(wang), set(_scratch())
    with _asking(district, held, IN_PYTHON, 20) as asked:
        assert _eventually(lambda: len(_answered(asked)) == 10), "two run, eight wait, the rest comes later"
        for refused in _answered(asked):
            assert "429" in refused and "E-TOO-MANY" in refused and "retry-after: " in refused.lower()
        assert _eventually(lambda: _computing() == 2)
        assert _look_ups(wang) < 3 * before + 0.05, "look-ups of another user hardly notice"
        assert wang.get("/gangs/G-1/measures").status_code == 200, "one worker is left for others"
    assert _eventually(lambda: _computing() == 0)
    outcomes = [r["outcome"] for r in audit_log().records() if r["action"] == "request.ended"]
    assert outcomes and set(outcomes) == {"E-LEFT"}
    assert _eventually(lambda: set(_scratch()) <= left_before)


def test_a_caller_who_leaves_ends_query_and_process(
    district: Store, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: the browser is closed, the worker dies, and its query goes on in the database; or it passes its deadline."""
    api = Service(held, local_token(Path(district.home)))
    with _asking(district, held, IN_DATABASE, 1):
        assert _eventually(lambda: bool(_slow_queries(district)))
    assert _eventually(lambda: not _slow_queries(district))
    monkeypatch.setattr(caller, "DEADLINE", 0.5)
    late = api.get(IN_PYTHON)
    assert (late.status_code, late.json()["code"]) == (504, "E-TIMEOUT")
    monkeypatch.setattr(caller, "DEADLINE", 60.0)
    assert api.get("/gangs/G-1/measures").status_code == 200, "a fresh process takes its place"


def _scratch() -> Iterator[Path]:
    """Folders of requests that workers answer."""
    return Path(tempfile.gettempdir()).glob("upline-work-*")


def _slow_queries(store: Store) -> list[str]:
    with store.driver.session() as session:
        rows = session.run("SHOW TRANSACTIONS YIELD metaData RETURN metaData.query AS query").data()
    return [row["query"] for row in rows if row["query"] == "asked.slow"]


def test_a_worker_answers_as_the_service_does(district: Store, held: int) -> None:
    """Trap: another answer, another header, or another record than without workers; a file that is cut off."""
    token, before = local_token(Path(district.home)), set(_scratch())
    with running(district) as port:
        plain, worked = Service(port, token), Service(held, token)
        for path in (
            "/gangs/G-1/measures",
            "/gangs/G-404/measures",
            "/graph/paths?a=P-seller",
            "/drawings/gangs/G-1?format=svg",
            "/exports?format=json",
        ):
            first, second = plain.get(path), worked.get(path)
            assert first.status_code == second.status_code, path
            different = {"date", "last-modified", "etag", "content-disposition"}
            assert {n: v for n, v in first.headers.items() if n.lower() not in different} == {
                n: v for n, v in second.headers.items() if n.lower() not in different
            }, path
            assert first.content == second.content, path
        assert [r["user"] for r in audit_log().records()][-1] == "local"
        assert _eventually(lambda: set(_scratch()) <= before)
