"""The workbench over one demo district per run: built, loaded, analysed and served once for all tests of this folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bootstrap
from backend.cli.demo import MARK
from backend.demo.district import generate
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.store import Store, Viewer
from tests.conftest import STATE
from tests.web.browsing import Workbench, serving

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "web"
SIZE = 0.2
"""Share of the usual district: enough packet cases, gangs and a major case, in a third of the time."""


@pytest.fixture(scope="session")
def built() -> None:
    """The workbench built from its sources as they are, where that has not been done."""
    bootstrap.web()


@pytest.fixture
def workbench(served: Workbench) -> Iterator[Workbench]:
    """The workbench; users a test makes go with it, so that the next finds nobody but the owner."""
    users = Path(served.store.home) / "users.json"
    before = users.read_bytes() if users.is_file() else None
    yield served
    if before is None:
        users.unlink(missing_ok=True)
    else:
        users.write_bytes(before)


@pytest.fixture(scope="session")
def served(request: pytest.FixtureRequest, built: None) -> Iterator[Workbench]:
    """The workbench over a small demo district. It shares the one engine: no test of this folder takes ``store``.

    UPLINE_TEST_DEMO names the UPLINE_HOME of an `upline demo` to use as it is instead, while one works on a page.
    """
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    ready = os.environ.get("UPLINE_TEST_DEMO")
    if ready:
        assert (Path(ready) / MARK).is_file(), "UPLINE_TEST_DEMO is no home of a demo"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("UPLINE_HOME", ready)
            with Store.connect() as store, serving(store, ARTEFACTS) as bench:
                yield bench
        return
    engine: Store = request.getfixturevalue("engine")
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("demo")
    home = Path(engine.home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPLINE_HOME", str(home))
        with engine.driver.session(database=engine.database) as session:
            session.run(
                "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
        for name in STATE:
            shutil.rmtree(home / name, ignore_errors=True)
        generate(folder, seed=7, size=SIZE)
        load(engine, [folder])
        analyse(engine, Viewer("local", "analyst"), seed=7)
        with serving(engine, ARTEFACTS) as bench:
            yield bench
