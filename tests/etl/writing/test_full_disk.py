"""A full disk: loading stops in time and says so, nothing is torn, and with room again it goes on to the same graph."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.demo.district import generate
from etl.writing.load import LoadOptions, load
from graph_schema.errors import EngineError
from graph_schema.store import Store, embedded, room
from graph_schema.store.room import MB, DiskFull
from tests.etl.canonical import canonical_hash

SIZE = 900


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    generate(folder, seed=3, size=0.1)
    return folder


@pytest.fixture
def volume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A volume of its own with a home on it; skipped where none can be mounted."""
    place = tmp_path / "volume"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small volume can be mounted by root on Linux only")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no volume can be mounted here: {made.stderr.decode(errors='replace').strip()}")
    home = place / "home"
    home.mkdir()
    for name in [name for name in os.environ if name.startswith("NEO4J_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UPLINE_HOME", str(home))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    yield home
    embedded.stop(home)
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(home: Path, left: int) -> Path:
    """Take all room of the volume but ``left`` bytes."""
    filler = home.parent / f"filler-{time.monotonic_ns()}"
    with filler.open("wb") as out:
        try:
            while (more := min(room.free(home) - left, 8 * MB)) > 0:
                out.write(bytes(more))
                out.flush()
        except OSError:
            pass  # full to the last byte
    return filler


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_loading_stops_before_the_disk_is_full(volume: Path, tmp_path: Path, district: Path) -> None:
    """Trap: the load runs until the log of the database is torn, and recovery is refused for good."""
    small = tmp_path / "a.csv"
    small.write_text(
        "案件编号,姓名,身份证号,涉案身份\nA9901,章一凡,990101199001010019,贩卖\n", encoding="utf-8"
    )
    with Store.connect() as store:
        load(store, [small], LoadOptions())
        before = canonical_hash(store)
        filler = fill(volume, room.NEEDED - MB)
        with pytest.raises(DiskFull) as told:
            load(store, [district], LoadOptions())
        assert "磁盘空间不足" in str(told.value) and "nearly full" in str(told.value)
        assert canonical_hash(store) == before
        filler.unlink()
        report = load(store, [district], LoadOptions())
        assert report.load == 2 and report.events["calls"] > 0 and report.events["payments"] > 0


@pytest.mark.long
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("stopped", [False, True])
def test_a_disk_that_fills_under_the_database(volume: Path, district: Path, stopped: bool) -> None:
    """Traps: another program takes the last byte between two batches; the database is killed on top of it."""
    fillers: list[Path] = []
    begun = threading.Event()

    def watch(progress: object) -> None:
        if (
            getattr(progress, "stage", "") == "writing"
            and getattr(progress, "done", 0)
            and not begun.is_set()
        ):
            begun.set()
            fillers.append(fill(volume, 0))

    with Store.connect() as store:
        with pytest.raises(EngineError):
            load(store, [district], LoadOptions(), watch)
        assert fillers and room.free(volume) < room.NEEDED
    if stopped:
        embedded.stop(volume)
    for filler in fillers:
        filler.unlink()
    with Store.connect() as store:
        load(store, [district], LoadOptions())
        found = canonical_hash(store)
        with store.driver.session() as session:
            session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
        for name in ("rows", "facts", "plans", "rejects"):
            shutil.rmtree(store.home / name, ignore_errors=True)
        load(store, [district], LoadOptions())
        assert canonical_hash(store) == found, "the graph of an undisturbed load"
