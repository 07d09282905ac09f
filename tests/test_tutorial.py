"""docs/adding-a-source.md, executed word for word."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from etl.layouts import registry
from etl.sources import page
from graph_schema.store import Store

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/adding-a-source.md"
_BLOCK = re.compile(r"^```(\w+) ?(.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str]]:
    """(language, file name, text) of every block of the page, in its order."""
    return [(m[1], m[2], m[3]) for m in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def steps(text: str) -> list[tuple[str, list[str]]]:
    """Commands of a console block, each with the lines the page shows for it."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def run(command: str) -> str:
    """Run one command of the page; what it wrote to both outputs, blanks evened out."""
    words = shlex.split(command)
    if words[:2] == ["python", "-m"]:
        assert words[2:] == ["etl.sources.page"], command
        page.main()
        return ""
    assert words[0] == "upline", command
    result = CliRunner().invoke(app, words[1:], catch_exceptions=False)
    assert result.exit_code in (0, 1), (command, result.output)
    return " ".join(result.output.split())


def forget_layouts() -> None:
    for cached in (registry.layouts, registry.guessable, registry.alias_index):
        cached.cache_clear()


@pytest.fixture
def own_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the layouts' folder, so that the page's layout does not stay among Upline's own."""
    folder = tmp_path / "layouts"
    shutil.copytree(registry.FOLDER, folder)
    monkeypatch.setattr(registry, "FOLDER", folder)
    monkeypatch.setattr(page, "PAGE", tmp_path / "sources.md")
    forget_layouts()
    yield folder
    monkeypatch.undo()
    forget_layouts()  # of the folder that is Upline's own again


def test_the_tutorial_does_what_it_says(
    store: Store, own_layouts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a tutorial that was true once."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("UPLINE_LANG", "en")
    commands = 0
    try:
        for language, name, text in blocks():
            if language != "console":
                (own_layouts if language == "yaml" else work).joinpath(name).write_text(
                    text, encoding="utf-8"
                )
                forget_layouts()
                continue
            for command, lines in steps(text):
                output, at = run(command), 0
                for line in lines:
                    found = output.find(" ".join(line.split()), at)
                    assert found >= 0, f"{command} does not say {line!r} but {output}"
                    at = found
                commands += 1
    finally:
        forget_layouts()
    assert commands >= 10 and "fuel_sales" in page.PAGE.read_text(encoding="utf-8")
