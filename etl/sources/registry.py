"""All layouts, read once and checked, with the index that recognises their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.convert.text import folded
from etl.sources.layout import Layout
from graph_schema.declaration.strict_yaml import read

FOLDER = Path(__file__).parent / "layouts"
_UNIT = re.compile(r"^(.*?)\(?(?:单位)?:?(元|分|万元|秒|分钟|克|千克|毫克|人民币|人民币元)\)$")


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
class Hit:
    """A heading that means a field of a layout; ``rank`` is the place of the alias (0 is best)."""

    layout: str
    field: str
    rank: int


@cache
def alias_index() -> Mapping[str, tuple[Hit, ...]]:
    """Folded heading to the fields it can mean."""
    index: dict[str, list[Hit]] = {}
    for layout in layouts().values():
        for field, column in layout.columns.items():
            for rank, alias in enumerate(column.aliases):
                index.setdefault(folded(alias), []).append(Hit(layout.name, field, rank))
    return {alias: tuple(hits) for alias, hits in index.items()}


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without the * of a template."""
    return folded(heading).strip("*").replace("﹡", "")


def without_unit(key: str) -> tuple[str, str | None]:
    """Split ``交易金额(分)`` into ``交易金额`` and ``分``."""
    found = _UNIT.match(key)
    if not found or "(" not in key:
        return key, None
    unit = "元" if found[2].startswith("人民币") else found[2]
    return found[1].rstrip("("), unit
