"""The state folder is its owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph_schema.home import upline_home


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders private by other means")
def test_a_home_open_to_others_is_closed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Trap: a folder made by an older version, or by an installer, stays readable for every user of the machine."""
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    monkeypatch.setenv("UPLINE_HOME", str(home))
    assert upline_home() == upline_home() == home
    assert home.stat().st_mode & 0o777 == 0o700
    assert capfd.readouterr().err.count(str(home)) == 1, "told once"
