"""docs/adding-a-source.md, executed word for word."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from etl.sources import page, registry
from graph_schema.store import Store
from tests.etl.reading import facts_of

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/adding-a-source.md"
_BLOCK = re.compile(r"^```(\w+) ?(.*?)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(layout: bool) -> list[tuple[str, str, str]]:
    """(language, file name, text) of the blocks before or in the part on layouts, in their order."""
    before, _, after = PAGE.read_text(encoding="utf-8").partition("## A layout")
    return [(m[1], m[2], m[3]) for m in _BLOCK.finditer(after if layout else before)]


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
    for cached in (registry.layouts, registry.alias_index):
        cached.cache_clear()


@pytest.fixture
def own_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the layouts' folder, so that the page's layout does not stay among Upline's own."""
    folder = tmp_path / "layouts"
    shutil.copytree(registry.FOLDER, folder)
    monkeypatch.setattr(registry, "FOLDER", folder)
    monkeypatch.setattr(page, "PAGE", tmp_path / "sources.md")
    forget_layouts()
    return folder


def test_mapping_and_entering_do_what_the_page_says(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a tutorial that was true once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UPLINE_LANG", "en")
    commands = 0
    for language, name, text in blocks(layout=False):
        if language != "console":
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for command, lines in steps(text):
            output, at = run(command), 0
            for line in lines:
                found = output.find(" ".join(line.split()), at)
                assert found >= 0, f"{command} does not say {line!r} but {output}"
                at = found
            commands += 1
    assert commands >= 8


def test_the_layout_of_the_page_loads_its_file(own_layouts: Path, tmp_path: Path) -> None:
    """Trap: a layout in the docs that the program would refuse; read here without a database."""
    try:
        for language, name, text in blocks(layout=True):
            if language != "console":
                (own_layouts if language == "yaml" else tmp_path).joinpath(name).write_text(
                    text, encoding="utf-8"
                )
        forget_layouts()
        ((command, _), (load, lines)) = [
            step for lang, _, text in blocks(layout=True) if lang == "console" for step in steps(text)
        ]
        run(command)
        (facts,) = facts_of(tmp_path / load.split()[-1])
    finally:
        registry.layouts.cache_clear()
        registry.alias_index.cache_clear()
    assert facts.kind == lines[1] == "fuel_sales" and facts.states() == {"loaded": 2, "rejected": 1}
    assert "Read 3 = loaded 2 + duplicate 0 + rejected 1" in lines[2]
    assert [leg["rel"] for leg in facts.legs] == ["SEEN_AT", "SEEN_AT"]
    assert "fuel_sales" in page.PAGE.read_text(encoding="utf-8")
