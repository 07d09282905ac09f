"""Killing the loader or the database at several moments: carried on, the graph ends the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from backend.demo.district import generate
from graph_schema.store import Store
from tests.etl.canonical import canonical_hash


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    generate(folder, seed=3, size=0.25)
    return folder


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
def whole(engine: Store, district: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The hash of the graph an undisturbed load gives; filled by the first test that needs it."""
    return {}


def reference(store: Store, district: Path, whole: dict[str, str]) -> str:
    if "hash" not in whole:
        finish_load(district)
        whole["hash"] = canonical_hash(store)
        whole["batches"] = str(batches_written(store))
        with store.driver.session() as session:
            session.run(
                "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
        for name in ("rows", "facts", "plans"):
            for path in sorted((store.home / name).rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
    return whole["hash"]


@pytest.mark.parametrize("moment", ["reading", "first batch", "middle", "last batches"])
def test_killed_loader(store: Store, district: Path, whole: dict[str, str], moment: str) -> None:
    """Trap: a kill between two batches, or between a commit and its answer, doubles or loses rows."""
    expected = reference(store, district, whole)
    total = int(whole["batches"])
    reached = {
        "reading": lambda: files_kept(store) >= 5,
        "first batch": lambda: batches_written(store) >= 1,
        "middle": lambda: batches_written(store) >= total // 2,
        "last batches": lambda: batches_written(store) >= total - 2,
    }[moment]
    process = start_load(district)
    came = wait_for(reached, process)
    process.kill()
    process.wait()
    assert came, "the load ended before the moment to kill it came"
    finish_load(district)
    assert canonical_hash(store) == expected


@pytest.mark.parametrize("fraction", [0.1, 0.6])
def test_killed_database(store: Store, district: Path, whole: dict[str, str], fraction: float) -> None:
    """Trap: the server dies under a load; acknowledged batches must survive, the others be written once."""
    expected = reference(store, district, whole)
    target = max(1, int(int(whole["batches"]) * fraction))
    process = start_load(district)
    came = wait_for(lambda: batches_written(store) >= target, process)
    servers = [
        child
        for child in psutil.process_iter(["cmdline"])
        if child.info["cmdline"]
        and str(store.home) in " ".join(child.info["cmdline"])
        and "Neo4j" in " ".join(child.info["cmdline"])
    ]
    assert came and servers
    for server in servers:
        os.kill(server.pid, signal.SIGKILL)
    assert process.wait(timeout=300) != 0, "a load must not say it is done when the database died"
    with Store.connect() as fresh:
        finish_load(district)
        assert canonical_hash(fresh) == expected
