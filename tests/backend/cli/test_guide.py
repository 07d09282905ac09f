"""``upline --help``: commands by purpose, every text one plain sentence in the language asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from backend.cli import app
from backend.cli.guide import FAMILIES

HAN = re.compile(r"[\u3400-\u9fff]")
PAGE = Path(__file__).parents[3] / "docs/commands.md"
MOST_WORDS = 25


def commands(language: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Any]]:
    """Every command with its name, as the help shows it."""
    monkeypatch.setenv("UPLINE_LANG", language)
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        yield name, command
        for inner, each in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", each


def test_every_command_stands_under_one_heading() -> None:
    """Trap: a new command that the help shows under no heading, or under two."""
    listed = [name for names in FAMILIES.values() for name in names]
    assert sorted(listed) == sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_has_the_headings_in_their_order(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: one long list, in the order in which somebody happened to write the modules."""
    monkeypatch.setenv("UPLINE_LANG", language)
    text = CliRunner().invoke(app, ["--help"]).output
    places = [text.find(f" {heading[language == 'en']} ") for heading in FAMILIES]
    assert min(places) > 0 and places == sorted(places)


def test_every_help_is_one_sentence_in_the_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: help in both languages at once, or a note that is no sentence."""
    for name, command in commands("en", monkeypatch):
        assert re.fullmatch(r"[A-Z][^.]*\.", command.help) and not HAN.search(command.help), name
        assert len(command.help.split()) <= MOST_WORDS, name
    for name, command in commands("zh", monkeypatch):
        assert re.fullmatch(r"[^。]+。", command.help) and HAN.search(command.help), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_parameters_speak_the_language_asked_for(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a command in English whose options are explained in Chinese, or in both."""
    for name, command in commands(language, monkeypatch):
        for parameter in command.params:
            text = getattr(parameter, "help", None) or ""
            assert " / " not in text, (name, parameter.name)
            assert not (language == "en" and HAN.search(text)), (name, parameter.name)


def test_the_page_of_commands_says_what_the_help_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: two texts for one command, of which one is out of date."""
    page = PAGE.read_text(encoding="utf-8")
    chinese = {name: command.help for name, command in commands("zh", monkeypatch)}
    for name, command in commands("en", monkeypatch):
        if not getattr(command, "commands", None):
            assert f"| {chinese[name]} | {command.help} |" in page, name
    for zh, en in FAMILIES:
        assert f"## {zh} · {en}" in page
