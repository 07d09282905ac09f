"""Files several change at once: nothing that was written is lost, nothing half written is read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_schema import shared_file
from graph_schema.dictionaries import load
from graph_schema.dictionaries.own import add_entry, forget, remove_entry
from graph_schema.errors import Busy
from graph_schema.shared_file import locked, put


def test_changes_that_meet_all_count(tmp_path: Path) -> None:
    """Trap: two read the same state, and the second writes over the first."""
    path = tmp_path / "count"
    put(path, "0")

    def add(_: int) -> None:
        with locked(path):
            put(path, str(int(path.read_text()) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    assert path.read_text() == "40"
    assert {each.name for each in tmp_path.iterdir()} == {"count", ".count.lock"}


def test_rows_added_at_once_all_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: a dictionary row lost, or two with one id, where two administrators add at once."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    forget()
    cells = {"meaning": "测试", "source": "本单位", "ambiguity": "1"}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: add_entry("code_words", {**cells, "value": f"暗语{n}"}), range(12)))
    assert sorted(entry.value for entry in load("code_words") if entry.site) == sorted(
        f"暗语{n}" for n in range(12)
    )
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda entry: remove_entry("code_words", entry.id), made))
    assert not [entry for entry in load("code_words") if entry.site]
    forget()


def test_a_wrong_file_never_takes_the_place(tmp_path: Path) -> None:
    """Trap: the old file gone, or a part of the new one left, where the new one is refused."""
    path = tmp_path / "kept"
    put(path, "good")
    with pytest.raises(ValueError):
        put(path, "bad", lambda part: int(part.read_text()))
    assert path.read_text() == "good" and [each.name for each in tmp_path.iterdir()] == ["kept"]


def test_a_lock_held_for_ever_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a command that waits without end for a process that hangs."""
    monkeypatch.setattr(shared_file, "PATIENCE", 0.1)
    with locked(tmp_path / "kept"), pytest.raises(Busy, match="kept"), locked(tmp_path / "kept"):
        pass
