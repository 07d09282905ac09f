"""Answers as of an earlier load are those given then, whatever was loaded, judged or taken out since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend import answers
from backend.api.past import Past
from backend.cli import app
from backend.demo.district import generate
from backend.runs import analyse
from backend.runs.as_of import open_as_of, prepare, still_stands
from etl.writing import past
from etl.writing.load import LoadOptions, load
from etl.writing.unload import unload
from graph_schema.errors import Conflict, NotFound
from graph_schema.store import LOCAL, Store, embedded
from tests.etl.canonical import canonical_hash


def ask(*arguments: str, code: int = 0) -> Any:
    """Run a command with ``--json`` and return what it printed."""
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if result.stdout.strip() else None


def told(store: Store) -> dict[str, Any]:
    """Answers to compare: chains, supplies and loads."""
    return {
        "chains": answers.chains(store, LOCAL),
        "supplies": answers.supplies(store, LOCAL, min_score=0.05),
        "loads": answers.loads(store, LOCAL),
    }


@pytest.fixture
def halves(tmp_path: Path) -> tuple[list[Path], list[Path]]:
    """A small district in two parts: what came first, and what came later."""
    generate(tmp_path / "district", seed=5, size=0.06)
    files = sorted(path for path in (tmp_path / "district").rglob("*") if path.is_file())
    return files[::2], files[1::2]


@pytest.mark.long  # it starts a database four times
def test_the_past_stops_with_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the service or the database is stopped, and the databases of earlier loads go on for minutes."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    monkeypatch.setenv("UPLINE_DB_IDLE", "60")
    home = past.past_home(tmp_path, 1)
    home.mkdir(parents=True, mode=0o700)
    try:
        known = Past()
        known._stores[1] = Store.connect(home=home)
        assert embedded.status(home).running
        known.close()
        assert not embedded.status(home).running
        known._stores[1] = Store.connect(home=home)
        with Store.connect(home=home):
            known.close()
            assert embedded.status(home).running, "somebody else still reads there"
        assert ask("db", "stop")["stopped"] is True
        assert not embedded.status(home).running
    finally:
        embedded.stop(home)


@pytest.mark.long
def test_the_past_stays_what_it_was(store: Store, halves: tuple[list[Path], list[Path]]) -> None:
    """Trap: later rows, later judgements or a second analysis shine through into what was known then."""
    first, second = halves
    load(store, first, LoadOptions())
    analyse(store)
    then, hashed = told(store), canonical_hash(store)
    load(store, second, LoadOptions())
    analyse(store)
    assert told(store) != then, "the later load changed what is known, or this test shows nothing"
    with pytest.raises(Conflict):
        open_as_of(store, 1)
    with pytest.raises(NotFound):
        open_as_of(store, 3)
    assert open_as_of(store, 2) is None, "as of the newest load is now"

    prepare(store, 1)
    known = Past()
    earlier = known.store(store, 1)
    assert canonical_hash(earlier) == hashed
    assert told(earlier) == then
    with pytest.raises(Conflict):
        earlier.write("store.record_migration", version=9, title="", fingerprint="", applied_at=0, program="")
    assert ask("--as-of", "1", "chains") == json.loads(json.dumps(then["chains"]))
    ask("--as-of", "1", "unload", "1", code=2)

    unload(store, "1")
    assert not still_stands(store, 1) and not past.past_home(store.home, 1).exists(), (
        "taken out, also of the past"
    )
    with pytest.raises(Conflict):
        known.store(store, 1)
    known.close()
