"""Documents name what exists: every path, module and link of README, CONTRIBUTING and docs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in [*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
)
TOPS = r"(?:backend|benchmarks|docs|etl|graph_schema|tests|viz)"
PATH = re.compile(rf"(?<![\w/.-])({TOPS}/[\w./*-]*)")
FILE = re.compile(r"`([\w-]+(?:/[\w-]+)*\.(?:py|tsx?|cypher|css))`")
MODULE = re.compile(rf"python -m ({TOPS}[\w.]*)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MADE_LATER = {"viz/web/dist", "viz/web/dist/"}
"""What setting up writes."""


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def exists(path: str) -> bool:
    path = path.rstrip(".").partition("NAME")[0]  # a name one chooses oneself
    return path in MADE_LATER or (any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists())


def test_pages_and_paths_are_found() -> None:
    """Trap: a pattern that matches nothing, and the tests below look at nothing."""
    assert len(PAGES) > 15
    assert sum(len(PATH.findall(text(page))) for page in PAGES) > 150


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    """Trap: a file is moved, and the page that explains it leads nowhere."""
    assert sorted({path for path in PATH.findall(text(page)) if not exists(path)}) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_named_by_its_whole_path(page: str) -> None:
    """Trap: ``rights.py`` without its folder: nobody knows where, and no test notices when it is gone."""
    prose = FENCE.sub("", text(page))
    short = {name for name in FILE.findall(prose) if not re.match(TOPS + "/", name) and not exists(name)}
    assert sorted(short) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_exists(page: str) -> None:
    """Trap: a command of the docs that no longer starts."""
    names = {name.rstrip(".") for name in MODULE.findall(text(page))}
    assert sorted(name for name in names if importlib.util.find_spec(name) is None) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """Trap: a link to a page that moved."""
    here = (ROOT / page).parent
    assert sorted({link for link in LINK.findall(text(page)) if not (here / link).exists()}) == []


def test_every_promise_names_what_shows_it() -> None:
    """Trap: a table of promises that names tests which were renamed or never written, or leaves a promise out."""
    rows = re.findall(
        r"^\| (\d+) \|(.*)", (ROOT / "docs/security.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [int(number) for number, _ in rows] == list(range(1, 45))
    for number, row in rows:
        file = ""
        for place, name in re.findall(r"`([\w/]*(?:\.py)?)(?:::(\w+))?`", row):
            file = place or file
            assert (ROOT / file).is_file(), (number, file)
            text = (ROOT / file).read_text(encoding="utf-8")
            assert not name or f"def {name}(" in text, (number, name)
