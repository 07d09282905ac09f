"""Tables of the command line read in both languages: a heading carries both, titles and cells are chosen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import backend.cli
from backend.cli.console import told
from backend.judgements.words import VERDICTS, WORDS

HERE = Path(backend.cli.__file__).parent
HAN, LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]")


def tables() -> Iterator[tuple[str, ast.Call]]:
    """Every call of ``show`` in the command line."""
    for path in sorted(HERE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "show":
                yield f"{path.name}:{node.lineno}", node


def texts(node: ast.AST) -> Iterator[str]:
    """Texts written in an expression, without those ``told``, ``say`` or ``Text`` chooses among and without what is computed."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("told", "say", "Text")
    ):
        return
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
        nested = [v.value for v in node.values if isinstance(v, ast.FormattedValue)]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
        return
    else:
        nested = list(ast.iter_child_nodes(node))  # type: ignore[arg-type]
    for each in nested:
        yield from texts(each)


def test_tables_are_found() -> None:
    """Trap: a renamed helper, and the test below looks at nothing."""
    assert len(list(tables())) > 30


@pytest.mark.parametrize(
    ("where", "call"), list(tables()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_table_reads_in_both_languages(where: str, call: ast.Call) -> None:
    """Trap: a terminal in English with tables whose titles, headings or cells are Chinese only."""
    only_chinese = [
        text for part in call.args for text in texts(part) if HAN.search(text) and not LATIN.search(text)
    ]
    assert only_chinese == [], where


def test_every_verdict_has_words_in_both_languages() -> None:
    """Trap: a verdict added to the declaration, and the terminal prints its code."""
    assert {verdict for verdicts in VERDICTS.values() for verdict in verdicts} <= set(WORDS)
    for zh, en in WORDS.values():
        assert HAN.search(zh) and LATIN.search(en) and not HAN.search(en)


def test_a_text_is_chosen_by_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the language of the machine overrules the one asked for."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("UPLINE_LANG", "zh")
    assert told("链", "chain") == "链"
    monkeypatch.setenv("UPLINE_LANG", "en")
    assert told("链", "chain") == "chain"
