"""The workbench over one demo district per run: built, loaded, analysed and served once for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bootstrap
from backend.demo.district import generate
from backend.runs import analyse
from etl.load import load
from graph_schema.store import Store, Viewer
from tests.conftest import STATE
from tests.web.browsing import Workbench, serving

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "web"


@pytest.fixture(scope="session")
def built() -> None:
    """The workbench built from its sources as they are, where that has not been done."""
    bootstrap.web()


@pytest.fixture(scope="session")
def workbench(engine: Store, built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The workbench over a small demo district. It shares the one engine: no test of this folder takes ``store``."""
    home = Path(engine.home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPLINE_HOME", str(home))
        with engine.driver.session(database=engine.database) as session:
            session.run(
                "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
        for name in STATE:
            shutil.rmtree(home / name, ignore_errors=True)
        folder = tmp_path_factory.mktemp("demo")
        generate(folder, seed=7, size=0.35)
        load(engine, [folder])
        analyse(engine, Viewer("local", "analyst"), seed=7)
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        with serving(engine, ARTEFACTS) as bench:
            yield bench
