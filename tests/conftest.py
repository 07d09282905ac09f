"""Fixtures every test of the graph uses: one real embedded server per session, emptied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from backend.security import passwords
from graph_schema.store import Store, embedded

for _name in (
    "NO_PROXY",
    "no_proxy",
):  # a proxy of the machine is not asked for what the tests serve themselves
    os.environ[_name] = ",".join(filter(None, (os.environ.get(_name), "127.0.0.1", "localhost")))

STATE = ("rows", "facts", "runs", "plans", "rejects", "mappings", "loads", "deeds")
"""Folders of ``UPLINE_HOME`` a test must find empty."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers a file stays on one, and so does the whole of ``web``: its demo district is loaded once."""
    for item in items:
        place = item.path.relative_to(Path(__file__).parent)
        item.add_marker(pytest.mark.xdist_group("web" if place.parts[0] == "web" else str(place)))


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
        with Store.connect() as store:
            yield store
        embedded.stop(home)


def _empty(store: Store, home: Path) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(
            "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
        ).consume()
    (home / "users.json").unlink(missing_ok=True)
    for name in STATE:
        shutil.rmtree(home / name, ignore_errors=True)


@pytest.fixture
def store(engine: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The session's store, its database and its ``UPLINE_HOME`` emptied."""
    home = Path(engine.home)
    monkeypatch.setenv("UPLINE_HOME", str(home))
    _empty(engine, home)
    return engine
