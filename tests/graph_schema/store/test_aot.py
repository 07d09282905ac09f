"""The ahead-of-time cache: used where it fits, and never the reason a start fails."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from graph_schema.errors import EngineError
from graph_schema.store import aot, java, program, server, training


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for the cache."""
    monkeypatch.setattr(aot.jars, "jars_folder", lambda: tmp_path)
    monkeypatch.delenv("UPLINE_AOT", raising=False)
    return aot.cache_file()


def test_options_name_the_cache_only_where_it_is(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a start that names a file which is not there, or is not wanted."""
    assert aot.options() == []
    cache.write_bytes(b"x")
    assert f"-XX:AOTCache={cache}" in aot.options()
    monkeypatch.setenv("UPLINE_AOT", "off")
    assert aot.options() == []


def test_java_starts_with_a_damaged_cache(cache: Path) -> None:
    """Trap: a cache cut off by a full disk keeps the database from starting at all."""
    cache.write_bytes(b"\x00" * 4096)
    done = subprocess.run(
        [str(java.java()), *aot.options(), "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "25" in done.stdout


def test_cache_belongs_to_one_java_and_one_set_of_jars(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the cache of a former version used by the next."""
    lock = aot.jars.load_lock()
    monkeypatch.setattr(aot.jars, "load_lock", lambda: type(lock)(lock.version, lock.jars[:-1]))
    assert aot.cache_file() != cache


def test_failed_training_is_said_and_not_repeated(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a machine that cannot train tries it again, in the background, at every start."""

    def refuse(*arguments: object) -> None:
        raise EngineError("no memory")

    said: list[str] = []
    monkeypatch.setattr(program, "ensure", lambda say: [])
    monkeypatch.setattr(server, "launch", refuse)
    assert training.train(said.append) is False
    assert said[-1] == "starts stay slower: no memory"
    started: list[object] = []
    monkeypatch.setattr(aot.processes, "spawn_module", lambda *arguments: started.append(arguments))
    aot.train_in_background()
    assert started == []
