"""Killing the loader or the database at several moments: carried on, the graph ends the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from backend.demo.district import generate
from graph_schema.store import Store, embedded
from tests.districts import thin_out
from tests.etl.canonical import canonical_hash


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    generate(folder, seed=3, size=0.1)
    thin_out(folder, 3)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a server of its own: it is going to be killed."""
    folder = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPLINE_HOME", str(folder))
        patch.setenv("UPLINE_DB_HEAP", "512m")
        patch.setenv("UPLINE_DB_IDLE", "60")
        yield folder
        embedded.stop(folder)


@pytest.fixture
def own(home: Path) -> Iterator[Store]:
    """The store of that home, emptied."""
    with Store.connect() as store:
        empty(store)
        yield store


def empty(store: Store) -> None:
    with store.driver.session() as session:
        session.run(
            "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
        ).consume()
    for name in ("rows", "facts", "plans", "rejects"):
        shutil.rmtree(store.home / name, ignore_errors=True)


def start_load(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "backend.cli", "load", str(folder), "--json"]
    return subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def finish_load(folder: Path) -> None:
    process = start_load(folder)
    assert process.wait(timeout=300) in (0, 1), "the load that carries on must end by itself"


def batches_written(store: Store) -> int:
    with store.driver.session() as session:
        found = session.run("MATCH (l:Load) RETURN max(l.done) AS done").single()
    return int((found and found["done"]) or 0)


def files_kept(store: Store) -> int:
    folder = store.home / "facts"
    return sum(1 for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else 0


def wait_for(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """True where the moment came while the process still ran."""
    limit = time.monotonic() + 240
    while process.poll() is None and time.monotonic() < limit:
        if reached():
            return True
        time.sleep(0.005)
    return False


@pytest.fixture(scope="module")
def whole(home: Path, district: Path) -> dict[str, int | str]:
    """What an undisturbed load gives: the hash of its graph, and in how many batches it was written."""
    with Store.connect() as store:
        finish_load(district)
        return {"hash": canonical_hash(store), "batches": batches_written(store)}


@pytest.mark.parametrize(
    "moment",
    [
        "middle",
        *(pytest.param(m, marks=pytest.mark.long) for m in ("reading", "first batch", "last batches")),
    ],
)
def test_killed_loader(whole: dict[str, int | str], own: Store, district: Path, moment: str) -> None:
    """Trap: a kill between two batches, or between a commit and its answer, doubles or loses rows."""
    total = int(whole["batches"])
    reached = {
        "reading": lambda: files_kept(own) >= 5,
        "first batch": lambda: batches_written(own) >= 1,
        "middle": lambda: batches_written(own) >= total // 2,
        "last batches": lambda: batches_written(own) >= total - 2,
    }[moment]
    process = start_load(district)
    came = wait_for(reached, process)
    process.kill()
    process.wait()
    assert came, "the load ended before the moment to kill it came"
    finish_load(district)
    assert canonical_hash(own) == whole["hash"]


@pytest.mark.long
def test_killed_database(whole: dict[str, int | str], own: Store, district: Path) -> None:
    """Trap: the server dies under a load; acknowledged batches must survive, the others be written once."""
    process = start_load(district)
    came = wait_for(lambda: batches_written(own) >= int(whole["batches"]) // 2, process)
    servers = [
        server
        for server in psutil.process_iter(["cmdline"])
        if (line := " ".join(server.info["cmdline"] or ()))
        and str(own.home) in line
        and "Neo4jCommunity" in line
    ]
    assert came and servers
    for server in servers:
        server.kill()
    assert process.wait(timeout=300) != 0, "a load must not say it is done when the database died"
    with Store.connect() as fresh:
        finish_load(district)
        assert canonical_hash(fresh) == whole["hash"]
