"""Fixtures every test of the graph uses: one real embedded server per session, emptied for each test.

What several tests only read is made once and stands until something is written (``Worlds``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from backend.security import passwords
from etl.storage import compartments
from graph_schema.store import Store, aot, embedded

for _name in (
    "NO_PROXY",
    "no_proxy",
):  # a proxy of the machine is not asked for what the tests serve themselves
    os.environ[_name] = ",".join(filter(None, (os.environ.get(_name), "127.0.0.1", "localhost")))

TOGETHER = {
    "tests/backend/api/test_contract.py": "demo",
    "tests/backend/cli/test_contract.py": "demo",
    "tests/backend/runs/test_dealings.py": "demo",
    "tests/backend/runs/test_demo_by_bolt.py": "demo",
    "tests/backend/runs/test_unlisted.py": "demo",
    "tests/backend/runs/test_counted.py": "adversarial",
    "tests/backend/runs/test_hops.py": "adversarial",
}
"""Files that share a district: it is made once where they run on one worker."""
STATE = (
    "rows",
    "facts",
    "runs",
    "plans",
    "rejects",
    "mappings",
    "loads",
    "deeds",
    "originals",
    "events",
    "views",
)
"""Folders of ``UPLINE_HOME`` a test must find empty."""
FILES = ("users.json", "compartments.json")


class ByRoom(LoadScopeScheduling):
    """With several workers a file stays on one, and so do files that share a district, as the whole of ``web`` does.

    xdist's own groups are not asked: they are written into the ids of tests, which pytest no longer takes from there.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "web" if file.startswith("tests/web/") else TOGETHER.get(file, file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    return ByRoom(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the tests that share a district those that change it come last."""
    items.sort(key=lambda item: item.get_closest_marker("changes") is not None)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 at its cheapest: a test makes users by the dozen, and is about what they may do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on an embedded server of its own, in a temporary ``UPLINE_HOME``, with a small heap."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("NEO4J_")]:
            patch.delenv(name)
        patch.setenv("UPLINE_HOME", str(home))
        patch.setenv("UPLINE_DB_HEAP", "512m")
        patch.setenv("UPLINE_DB_IDLE", "60")
        with _started(aot.options()) as store:
            yield store
        embedded.stop(home)


def _started(options: list[str]) -> Store:
    """A store whose server compiles lightly: Java's second compiler takes a third of its time and has no use for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aot, "options", lambda: [*options, "-XX:TieredStopAtLevel=1"])
        return Store.connect()


def _empty(store: Store, home: Path) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(
            "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"
        ).consume()
    for name in FILES:
        (home / name).unlink(missing_ok=True)
    compartments._HELD.clear()
    for name in STATE:
        shutil.rmtree(home / name, ignore_errors=True)


Mark = tuple[frozenset[str], frozenset[tuple[str, int, int]]]


class Worlds:
    """What stands in the session's database and home. It is made anew unless nothing at all was written since."""

    def __init__(self, store: Store) -> None:
        self._store, self._home = store, Path(store.home)
        self._name = ""
        self._mark: Mark | None = None

    def stand(self, name: str, make: Callable[[], None]) -> None:
        """Have the world ``name`` as ``make`` makes it of an empty database, whatever earlier tests did."""
        if (self._name, self._mark) == (name, self._now()):
            return
        _empty(self._store, self._home)
        make()
        self._name, self._mark = name, self._now()

    def _now(self) -> Mark:
        """The last transaction, and name, size and time of each file a test must find as it was."""
        with self._store.driver.session(database=self._store.database) as session:
            session.run("RETURN 1").consume()
            last = frozenset(session.last_bookmarks().raw_values)
        roots = [*(self._home / name for name in FILES), *(self._home / name for name in STATE)]
        kept = self._home / "runs" / "ordered"  # what reading itself keeps, by what it was made of
        files = [
            file
            for root in roots
            for file in (root, *root.rglob("*"))
            if file.is_file() and kept not in file.parents
        ]
        found = ((str(file), (about := file.stat()).st_size, about.st_mtime_ns) for file in files)
        return last, frozenset(found)


@pytest.fixture(scope="session")
def worlds(engine: Store) -> Worlds:
    return Worlds(engine)


@pytest.fixture
def store(engine: Store, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Store:
    """The session's store and ``UPLINE_HOME``, both emptied; a test that takes a world has that in them."""
    home = Path(engine.home)
    monkeypatch.setenv("UPLINE_HOME", str(home))
    if "worlds" not in request.fixturenames:
        _empty(engine, home)
    return engine
