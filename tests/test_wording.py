"""One word for one thing: what the glossary calls it, every text somebody reads calls it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HAN = re.compile(r"[\u3400-\u9fff]")
COUNTED = r"装入(?! ?(?:[+＋\x22]|\d|\$?\{|,|loaded|、? ?重复|$))"
"""装入 is the count of rows only: 读取 = 装入 + 重复 + 拒收 + 排除."""

CHINESE = {
    f"载入|装载|加载|{COUNTED}": "导入",
    "运算|分析研判|情报分析": "研判",
    r"第 ?(?:\{[^{}]*\}|\$\{[^{}]*\}|\d+) ?段|最弱环节|最弱一段|逐段": "跳",
    "令牌": "口令",
    "词典": "字典",
    "公布": "发布",
    "测度": "指标",
    "交办": "下发",
    "退回补充": "退回补证",
    "公共元素": "公共要素",
    "您": "(nothing: a text addresses nobody by 您)",
    "瘾君子|毒贩|犯罪分子": "吸毒人员、涉案人员",
}
ENGLISH = {
    r"\b(?:take|taken|took|taking) (?:it |one |that |a judgement )?back\b": "undo",
    r"\b(?:rings|rung|rang) (?:one|by|about|around|the|him|for|somebody)\b": "call",
    r"\bfacts? about drugs\b": "drug fact",
    r"\bgo(?:es)? along with\b": "coincide with",
    r"\bone hand\b|\bsame hand\b": "the same person",
    r"\bnot nothing\b|\bcounts? (?:as |for )?nothing\b": "is not counted",
    r"\basked for\b(?! as)": "requested",
    r"\b[Ll]ook again\b|\bno news\b": "check",
    r"\bput to (?:a person|somebody|nobody|anybody)\b": "proposed",
    r"\bupstream\b(?!:)": "upline",
}
NO_TEXTS = ("backend/demo/", "etl/converting/", "etl/mapping/", "graph_schema/dictionaries/")
"""Where Chinese is what files hold, not what people read."""
PAGES = ("README.zh-CN.md", "docs/quickstart.zh-CN.md", "docs/commands.md", "README.md", "docs/quickstart.md")
LISTS = ("graph_schema/declaration", "backend/analysis")


def constants(path: Path) -> Iterator[str]:
    """Texts written in a module; docstrings only where they are the help of a command."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    helps = path.parent.name == "cli"
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and not helps
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def read_by_people() -> Iterator[tuple[str, str]]:
    """(where, text) of everything somebody reads."""
    for top in ("backend", "etl", "viz", "graph_schema"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(NO_TEXTS) and "node_modules" not in name:
                yield from ((name, text) for text in constants(path))
    for folder in LISTS:
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from (
                (path.relative_to(ROOT).as_posix(), line) for line in lines if line.strip()[:1] != "#"
            )
    web = ROOT / "viz/web/src"
    for path in sorted(p for p in web.rglob("*.ts*") if "generated" not in p.parts):
        lines = path.read_text(encoding="utf-8").splitlines()
        texts = (line for line in lines if not line.strip().startswith(("//", "/*", "*")))
        yield from ((path.relative_to(ROOT).as_posix(), line) for line in texts if re.search("[\"'`]", line))
    for page in PAGES:
        for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
            yield page, line


TEXTS = list(read_by_people())


def test_texts_are_found() -> None:
    """Trap: a folder is renamed, and the tests below look at nothing."""
    assert sum(bool(HAN.search(text)) for _, text in TEXTS) > 2000
    assert {"viz/web/src/pages/gang/words.ts", "backend/cli/console.py"} <= {where for where, _ in TEXTS}


@pytest.mark.parametrize(("pattern", "word"), list(CHINESE.items()))
def test_one_chinese_word(pattern: str, word: str) -> None:
    """Trap: 导入 here, 装入 there, 加载 elsewhere: three words, and nobody knows whether they are three things."""
    assert [f"{where}: {text}" for where, text in TEXTS if re.search(pattern, text)] == [], word


@pytest.mark.parametrize(("pattern", "word"), list(ENGLISH.items()))
def test_one_english_word(pattern: str, word: str) -> None:
    """Trap: words of our own that an engineer or officer has to guess."""
    found = [f"{where}: {text}" for where, text in TEXTS if " " in text and re.search(pattern, text)]
    assert found == [], word


def test_the_glossary_has_the_words() -> None:
    """Trap: a word held everywhere that the glossary does not explain."""
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    for word in ("导入", "研判", "跳", "口令", "指标", "涉毒材料", "不成立", "存疑"):
        assert re.search(rf"^\| (?:[^|]* / )?{word}(?: / [^|]*)? \|", glossary, re.MULTILINE), word
