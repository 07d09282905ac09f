"""Texts in two languages: each alone for who asked for it, and no string that holds both."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema.errors import InputError
from graph_schema.language import Text, in_language, spoken

ROOT = Path(__file__).parents[2]
HAN, LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]")
BOTH_AT_ONCE = {
    "backend/answers/search.py",  # why a hit was found, as the contract has it
    "backend/exports/tables.py",  # a leaflet beside exported files, in both languages
    "backend/watches/answers.py",  # what a watch is about, as the contract has it
    "graph_schema/generate.py",  # written into documents, which are in both languages
    "graph_schema/store/bundle.py",  # the leaflet of a bundle, in both languages
    "graph_schema/store/bundle_install.py",  # runs before anything of ours is installed
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ("graph_schema", "etl", "backend"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def written(node: ast.AST) -> str:
    """The text of a literal, without what is computed."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_each_language_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: both languages at once; a path, or a name in the half of the other language, cut in two."""
    text = Text("没有“甲”；有：甲 / 乙", "No 甲; there are A / B")
    assert text == "没有“甲”；有：甲 / 乙 / No 甲; there are A / B"
    for language, half in (("zh", text.zh), ("en", text.en)):
        monkeypatch.setenv("UPLINE_LANG", language)
        assert spoken(text) == in_language(text, language) == half
        assert spoken("/home/张三 / db") == "/home/张三 / db"


def test_a_text_keeps_both_languages_wherever_it_goes() -> None:
    """Trap: a copy, an error or a child process from which a plain string comes back that nobody can part."""
    text = Text("第 3 批", "load 3")
    for same in (copy.deepcopy(text), pickle.loads(pickle.dumps(text)), InputError(text).text):
        assert isinstance(same, Text) and (same.zh, same.en) == ("第 3 批", "load 3")
    assert json.loads(json.dumps(text)) == "第 3 批 / load 3"


def test_no_string_holds_both_languages() -> None:
    """Trap: a refusal or a heading that is parted by a guess, wrongly where a name or " / " stands in it."""
    found = []
    for name, tree in sources():
        told = {
            id(each.value)
            for each in ast.walk(tree)
            if isinstance(each, ast.Expr)
            or (isinstance(each, ast.keyword) and each.arg in ("help", "description"))
        }
        for node in ast.walk(tree):
            one, slash, other = written(node).partition(" / ")
            if slash and bool(HAN.search(one)) != bool(HAN.search(other)) and id(node) not in told:
                found.append(name)
    assert set(found) <= BOTH_AT_ONCE


def test_every_text_is_in_both_languages() -> None:
    """Trap: the halves the wrong way round, or one of them left in the other language."""
    wrong, some = [], 0
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                if len(node.args) != 2 or isinstance(node.args[0], ast.Starred):
                    continue
                zh, en = (written(each) for each in node.args)
                some += 1
                if (zh and LATIN.search(zh) and not HAN.search(zh)) or HAN.search(en):
                    wrong.append(f"{name}:{node.lineno}")
    assert some > 300 and wrong == []
