"""The steps of bootstrap.py that touch more than this clone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import bootstrap


def test_a_linked_folder_of_packages_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: npm ci follows a link and empties the packages of the clone it leads to."""
    shared, web = tmp_path / "shared", tmp_path / "web"
    (shared / "biome").mkdir(parents=True)
    for folder in ("src", "public"):
        (web / folder).mkdir(parents=True)
    for name in ("package-lock.json", "index.html", "vite.config.ts", "tsconfig.json"):
        (web / name).write_text("{}")
    (web / "node_modules").symlink_to(shared, target_is_directory=True)
    linked: list[bool] = []

    def run(*command: str | Path, cwd: Path) -> None:
        linked.append((web / "node_modules").is_symlink())
        for name in ("node_modules", "dist"):
            (cwd / name).mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "WEB", web)
    monkeypatch.setattr(bootstrap, "run", run)
    bootstrap.web()
    assert linked == [False, False]
    assert [each.name for each in shared.iterdir()] == ["biome"]


def test_a_step_beside_others_is_waited_for(tmp_path: Path) -> None:
    """Trap: types that are wrong are never told because the other checks ended first; a step that outlives a failure."""
    late = "import pathlib, time; time.sleep(.3); pathlib.Path('late').touch(); raise SystemExit(3)"
    with pytest.raises(SystemExit) as ended, bootstrap.beside(sys.executable, "-c", late, cwd=tmp_path):
        assert not (tmp_path / "late").exists()
    assert ended.value.code == 3 and (tmp_path / "late").exists()
    with pytest.raises(SystemExit) as ended, bootstrap.beside(sys.executable, "-c", "input()", cwd=tmp_path):
        sys.exit(4)
    assert ended.value.code == 4
