"""Docs are part of the change: what they name exists, and what exists they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from backend.cli import app

ROOT = Path(__file__).parents[3]
READMES = ("README.md", "README.zh-CN.md")


def commands() -> set[str]:
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {f"{name} {sub}" for sub in inner} if inner else {name}
    return found


def test_every_command_is_documented() -> None:
    """Trap: a command nobody can find."""
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert {name for name in commands() if f"`upline {name}" not in text} == set()


@pytest.mark.parametrize(
    "page", [*READMES, *(f"docs/{name}.md" for name in ("quickstart", "quickstart.zh-CN", "commands"))]
)
def test_every_command_named_exists(page: str) -> None:
    """Trap: docs that promise what is not there."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|[`/ ])upline ([a-z]+)", text, re.MULTILINE))
    known = {name.split()[0] for name in commands()}
    assert named and named <= known, named - known


@pytest.mark.parametrize("page", READMES)
def test_links_and_folders_of_the_readme_exist(page: str) -> None:
    """Trap: a link to a page that moved."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r"^\| `([a-z_]+/)`", text, re.MULTILINE):
        assert (ROOT / target).exists(), target
