"""The first load through the import tool: the same graph, or the empty database that was there before."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.demo.district import generate
from etl.writing.initial import load_initial
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.errors import Conflict, InputError
from graph_schema.store import Store, embedded
from tests.districts import thin_out
from tests.etl.canonical import canonical_hash, picture
from tests.etl.sources.samples import write_all

REGIME = """\
身份证号,姓名,措施,决定日期,中止起,中止止
990101199001010019,季二水,社区戒毒,2023-03-01,2023-05-01;2023-09-01,2023-05-14;2023-09-03
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    generate(folder, seed=3, size=0.02)
    thin_out(folder, 4)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a server of its own: its database is going to be replaced."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    yield tmp_path / "home"
    embedded.stop(tmp_path / "home")


def empty(store: Store) -> None:
    with store.driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    for name in ("rows", "facts", "plans", "rejects"):
        shutil.rmtree(store.home / name, ignore_errors=True)


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "backend.cli", "load", str(folder), "--initial", "--json"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_first_load_is_whole_before_it_is_put_in_place(home: Path, tmp_path: Path) -> None:
    """Trap: the import tool's tables are written by code that only the long test ever calls."""
    folder = tmp_path / "files"
    write_all(folder)
    (folder / "regimes.csv").write_text(REGIME, encoding="utf-8")  # a list of times
    first = load_initial([folder])
    assert {file.state for file in first.files} == {"loaded"}
    with Store.connect() as store:
        at_once = canonical_hash(store)
        empty(store)
        load(store, [folder])
        assert canonical_hash(store) == at_once


@pytest.mark.long
@pytest.mark.timeout(1800)  # two starts and two imports, on machines that are busy
def test_same_graph_as_the_ordinary_way_and_never_half_of_it(home: Path, district: Path) -> None:
    """Trap: a value the import tool reads differently; a kill that leaves half a database; a second first load."""
    process = start(district)
    limit = time.monotonic() + 300
    while not list(home.glob("importing-*/db/neo4j/data/databases")) and time.monotonic() < limit:
        assert process.poll() is None, "the load ended before it could be killed"
        time.sleep(0.01)
    process.kill()
    process.wait()
    with Store.connect() as store:
        assert picture(store) == []
    first = load_initial([district])
    with Store.connect() as store:
        at_once, names = canonical_hash(store), set(store.rows("store.index_names")[0]["names"])
        assert not list(home.glob("importing-*")) and not list((home / "plans").iterdir())
        assert load(store, [district]).load == 0, "everything is known already"
        with pytest.raises(Conflict):
            load_initial([district])
        unload(store, "1")
        assert picture(store) == []
        empty(store)
        second = load(store, [district])
        assert canonical_hash(store) == at_once
        assert set(store.rows("store.index_names")[0]["names"]) == names
    assert (first.events, len(first.files)) == (second.events, len(second.files))
    assert [(f.path, f.loaded, f.duplicate) for f in first.files] == [
        (f.path, f.loaded, f.duplicate) for f in second.files
    ]


def test_somebodys_server_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Trap: --initial works on the embedded database while the user believes it loads his server."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    with pytest.raises(InputError, match="NEO4J_URI"):
        load_initial([tmp_path])
    assert list(tmp_path.iterdir()) == []
