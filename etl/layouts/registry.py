"""All layouts, read once and checked, with the index that recognises their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.layouts.layout import Layout
from etl.parsing.text import folded
from graph_schema.declaration.strict_yaml import read

FOLDER = Path(__file__).parent / "tables"
_UNITS = ("百万元", "万元", "千元", "元", "分钟", "分", "秒", "千克", "毫克", "克")
_BRACKET = re.compile(r"^(.+?)[(\[【<]([^()\[\]【】<>]*)[)\]】>]$")
LONGEST = 200
"""Characters of a cell that may be a heading, with unit, currency and remarks."""
_TAIL = re.compile(rf"^(.+?)(?:[/_:,-]|[/_:,-]?单位:?)({'|'.join(_UNITS)})$")
_SAYS_UNIT = re.compile(r"^(?:(?:金额|计量|货币)?单位:?|以|均为|为)")
_MEANING = re.compile(r"[收支借贷付出入进对余税费折外]|本方|原币|手续|utc|gmt|[\d+-]")
"""Remarks with such words tell one column from another: they are part of the heading, not beside it."""


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by name, in the order of their file names."""
    found: dict[str, Layout] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        layout = Layout.model_validate(read(path))
        if layout.name != path.stem:
            raise ValueError(f"{path.name}: its name is {layout.name!r}; name and file name must agree")
        found[layout.name] = layout
    return found


ENTRY = "hand_entry"
"""What stands before the kind of a table that somebody typed in."""
_KINDS = {"unknown": ("未识别的表", "unknown table")}


def _one_kind(kind: str, known: Mapping[str, Layout]) -> tuple[str, str]:
    entered = kind.removeprefix(f"{ENTRY}/")
    zh, en = (known[entered].zh, known[entered].en) if entered in known else (entered, entered)
    return (zh, en) if entered == kind else (f"手工录入：{zh}", f"by hand: {en}")


def kind_words(kind: str) -> tuple[str, str]:
    """What a kind of file is called; the kinds of its sheets are joined by "+", each told once."""
    known = layouts()
    words = [_KINDS.get(one) or _one_kind(one, known) for one in kind.split("+")]
    return "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)


@cache
def guessable() -> dict[str, Layout]:
    """Layouts that are told by their headings; those of documents are named by the module that reads them."""
    return {name: layout for name, layout in layouts().items() if not layout.document}


@cache
def words() -> Mapping[str, frozenset[str]]:
    """Word lists by name, folded for comparison."""
    data = read(Path(__file__).parent / "words.yaml")
    return {
        name: frozenset(folded(str(word)) for word in value)
        for name, value in data.items()
        if isinstance(value, list)
    }


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Word tables by name: folded word to its meaning."""
    data = read(Path(__file__).parent / "words.yaml")
    out: dict[str, dict[str, str]] = {}
    for name, value in data.items():
        if not isinstance(value, dict):
            continue
        table = out.setdefault(name, {})
        for key, meaning in value.items():
            if isinstance(meaning, list):
                table |= {folded(str(word)): str(key) for word in meaning}
            else:
                table[folded(str(key))] = str(meaning)
    return out


@dataclass(frozen=True)
class AliasHit:
    """A heading that means a field of a layout; ``rank`` is the place of the alias (0 is best)."""

    layout: str
    field: str
    rank: int


@cache
def alias_index() -> Mapping[str, tuple[AliasHit, ...]]:
    """Folded heading to the fields it can mean."""
    index: dict[str, list[AliasHit]] = {}
    for layout in layouts().values():
        for field, column in layout.columns.items():
            for rank, alias in enumerate(column.aliases):
                index.setdefault(folded(alias), []).append(AliasHit(layout.name, field, rank))
    return {alias: tuple(hits) for alias, hits in index.items()}


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without the * of a template."""
    return folded(heading).strip("*").replace("﹡", "")


@dataclass(frozen=True)
class Parted:
    """A heading and what stands beside it: ``交易金额(万元)``, ``金额(美元)``, ``交易时间(北京时间)``."""

    bare: str
    unit: str | None = None
    currency: str | None = None
    remark: bool = False  # words were left out that say neither unit nor currency


@cache
def parted(key: str) -> Parted:
    """Take unit, currency and remarks off a folded heading; what changes its meaning stays on it."""
    bare, unit, currency, remark = key, None, None, False
    while found := _BRACKET.match(bare):
        said = _beside(found[2])
        if said is None:
            if _MEANING.search(found[2]):
                break
            remark = True
        else:
            unit, currency = unit or said[0], currency or said[1]
        bare = found[1]
    tail = _TAIL.match(bare)
    if tail and unit is None:
        bare, unit = tail[1], tail[2]
    return Parted(bare, unit, currency, remark)


def _beside(text: str) -> tuple[str | None, str | None] | None:
    """Unit and currency the words in brackets say; None where they say anything else."""
    unit, currency = None, None
    for part in re.split(r"[,;/、]", text):
        plain = _SAYS_UNIT.sub("", part)
        name = next((word for word in _UNITS if plain.endswith(word)), "")
        money = plain.removesuffix(name)
        code = tables()["currencies"].get(plain) or tables()["currencies"].get(money)
        if plain.isdigit() or not (plain in _UNITS or (code and not money.isdigit())):
            return None
        unit, currency = unit or name or "元", currency or code
    return unit, currency


def is_heading(text: str) -> bool:
    """Whether some layout knows a heading; a text longer than any is not looked into."""
    if len(text) > LONGEST:
        return False
    key = heading_key(text)
    return key in alias_index() or parted(key).bare in alias_index()


def without_unit(key: str) -> tuple[str, str | None]:
    """Split ``交易金额(分)`` into ``交易金额`` and ``分``; other headings stay as they are."""
    found = parted(key)
    return (key, None) if found.remark or found.unit is None else (found.bare, found.unit)
