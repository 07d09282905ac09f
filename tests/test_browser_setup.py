"""A browser or a driver that does not start is none, and the last sentence says what to install."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import browser_setup

LACKS = "error while loading shared libraries: libatomic.so.1: cannot open shared object file"


def program(path: Path, text: str, code: int) -> Path:
    path.write_text(f"#!/bin/sh\necho '{path}: {text}' >&2\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment as it is before a program was chosen, and put back afterwards."""
    if os.name == "nt":
        pytest.skip("the programs of this test are shell scripts")
    monkeypatch.setenv(browser_setup.NODE, "")


def test_a_driver_that_does_not_start_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: on a minimal Debian 13 Playwright's own Node.js lacks a library, and `make test` ends in a traceback."""
    broken, whole = program(tmp_path / "a", LACKS, 127), program(tmp_path / "b", "v24", 0)
    monkeypatch.setattr(browser_setup, "_own_node", lambda: broken)
    monkeypatch.setattr(browser_setup, "_other_nodes", lambda: [broken, tmp_path / "none", whole])
    browser_setup.choose_driver()
    assert os.environ[browser_setup.NODE] == str(whole)


def test_the_own_driver_is_left_alone_where_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: another Node.js than Playwright was made for, without need."""
    monkeypatch.setattr(browser_setup, "_own_node", lambda: program(tmp_path / "own", "v24", 0))
    browser_setup.choose_driver()
    assert os.environ[browser_setup.NODE] == ""


def test_what_lacks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Trap: twenty lines of a traceback, and nothing of what to install."""
    broken = program(tmp_path / "a", LACKS, 127)
    monkeypatch.setattr(browser_setup, "_own_node", lambda: broken)
    monkeypatch.setattr(browser_setup, "_other_nodes", list)
    assert browser_setup.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.rstrip().endswith(
        "Install the package that has libatomic.so.1 (Debian and Ubuntu: apt-get install libatomic1)."
    )


def test_a_browser_that_does_not_start_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a stub or a Chromium without its libraries is taken, and every browser test fails."""
    broken, whole = program(tmp_path / "chromium", LACKS, 127), program(tmp_path / "chrome", "140", 0)
    monkeypatch.delenv("UPLINE_CHROMIUM", raising=False)
    monkeypatch.setattr(browser_setup, "PLACES", (str(broken), str(whole)))
    monkeypatch.setattr(browser_setup, "NAMES", ())
    monkeypatch.setattr(browser_setup, "_playwright_browser", list)
    assert browser_setup.find_chromium() == whole
    monkeypatch.setattr(browser_setup, "PLACES", (str(broken),))
    monkeypatch.setattr(browser_setup, "_ways", list)
    with pytest.raises(browser_setup.NoBrowser, match="libatomic1"):
        browser_setup.ensure_chromium()
