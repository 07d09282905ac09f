"""Several files at a time: the same reports, the same facts and the same refusals as one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.intake import readers
from etl.intake.worker import Worker
from etl.storage.archive import Archive, Stopped
from etl.writing.load import LoadOptions, Progress, take_in_all

HEAD = "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n"


def files(folder: Path) -> None:
    folder.mkdir()
    for n in range(5):
        rows = "".join(
            f"1390000{n}{m:03},13900005678,主叫,2024-03-05 20:{m % 60:02}:07,47\n" for m in range(900)
        )
        (folder / f"{n}.csv").write_text(HEAD + rows, encoding="utf-8")
    (folder / "1-copy.csv").write_bytes((folder / "1.csv").read_bytes())
    (folder / "0-note.csv").write_text("这不是表格\n" * 900, encoding="utf-8")
    (folder / "0-note-copy.csv").write_text("这不是表格\n" * 900, encoding="utf-8")


def taken(home: Path, folder: Path, **more: Any) -> tuple[list[tuple[Any, ...]], list[str]]:
    archive = Archive(home)
    calls: dict[str, Any] = {"watch": lambda _: None, "stop": lambda: False, **more}
    reports, fresh = take_in_all(archive, [folder], LoadOptions(), set(), **calls)
    told = [(r.path, r.kind, r.state, r.reason, r.read, r.loaded, r.rejected, r.sha256) for r in reports]
    return told, [entry["path"] for entry in fresh]


@pytest.mark.parametrize("cores", [2, 4])
def test_side_by_side_as_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    """Traps: files that count in the order in which they were done; a copy read twice; a refusal lost in the child."""
    files(tmp_path / "in")
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 1)
    alone = taken(tmp_path / "a", tmp_path / "in")
    monkeypatch.setattr(readers.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(readers, "LARGE", 1)
    monkeypatch.setattr(readers, "WORTH", 1)
    used: set[Worker] = set()
    keep = Worker.keep
    monkeypatch.setattr(Worker, "keep", lambda self, *job: used.add(self) or keep(self, *job))  # type: ignore[func-returns-value]
    assert taken(tmp_path / "b", tmp_path / "in") == alone
    assert len(used) == cores - 1, "a reader had nothing to do: the test shows nothing"
    assert [state for _, _, state, *_ in alone[0]].count("known") == 1
    assert [state for _, _, state, *_ in alone[0]].count("refused") == 2
    facts = sorted(path.name for path in (tmp_path / "a" / "facts").iterdir())
    assert facts == sorted(path.name for path in (tmp_path / "b" / "facts").iterdir())


def test_a_stop_ends_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a child that reads on after the load was stopped, or half a file that stays."""
    files(tmp_path / "in")
    monkeypatch.setattr(readers, "LARGE", 1)
    monkeypatch.setattr(readers, "WORTH", 1)
    seen: list[Progress] = []
    with pytest.raises(Stopped):
        taken(tmp_path / "a", tmp_path / "in", watch=seen.append, stop=lambda: len(seen) > 3)
    assert not [
        path for path in (tmp_path / "a" / "facts").iterdir() if path.name.startswith(".") and path.is_dir()
    ]
