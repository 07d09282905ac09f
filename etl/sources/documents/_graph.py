"""A graph of another program as one table: its nodes, then its links, each a row.

Upline's own exports are told by their ids (``Label:key``) and by attributes named ``Label.property``: such an element
comes back as what it was. ``STATES`` links come first, because records are nothing without what they state.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.spool import Spool
from graph_schema.declaration import load_declaration
from graph_schema.xmltext import unescaped

HEADINGS = (
    *("项目", "编号", "种类", "名称", "起", "止", "时间", "权重", "说明", "自有", "属性"),
    *("起种类", "起名称", "止种类", "止名称", "方向"),
)
LAYOUT = "exchange_items"
UNDIRECTED, BOTH, SEVERAL, UNSTATED = "undirected", "both", "several", "unstated"
"""A link without an arrow, one with two, one whose amount is of several payers or payees together, and one of a
format whose links have no direction unless they say so."""


@dataclass(frozen=True)
class Node:
    """``attributes`` are what the file says beside id, kind and title; ``own`` the properties of our own element."""

    ident: str
    kind: str = ""
    title: str = ""
    at: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Link:
    """``start`` and ``end`` are ids of nodes, or typed cells (``phone:…``) where the link itself names them.

    ``way`` is blank where the link goes from start to end, else it is undirected, both or several: then nobody
    knows who called or paid whom.
    """

    start: str
    end: str
    kind: str = ""
    ident: str = ""
    title: str = ""
    at: str = ""
    weight: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Any] | None = None
    way: str = ""


_TWO_WAYS = frozenset(
    {
        *("mutual", "both", "arrowonboth", "bidirectional", "two-way", "twoway", "bothways", "双向", "互相"),
        *("<->", "<-->", "<=>", "↔", "⇄", "⇆", "⟷"),
    }
)


def way_of(text: str) -> str:
    """What a word for the direction of a link means, as an attribute or an arrow style."""
    word = text.strip().lower()
    if word in {"undirected", "none", "arrownone", "false", "无方向", "无"}:
        return UNDIRECTED
    return BOTH if word.replace(" ", "") in _TWO_WAYS else ""


def own_properties(
    kind: str, attributes: Mapping[str, str], ident: str | None = None
) -> dict[str, Any] | None:
    """Typed properties of an element of our own, by ``kind.property``; None for a stranger's."""
    declared = load_declaration()
    part = declared.labels.get(kind) if ident is not None else declared.relationships.get(kind)
    if part is None or (ident is not None and not ident.startswith(f"{kind}:")):
        return None
    mine = {
        name.partition(".")[2]: value for name, value in attributes.items() if name.partition(".")[0] == kind
    }
    if not mine:
        return None
    return {
        name: _typed(text, part.properties[name].type) if name in part.properties else text
        for name, text in mine.items()
    }


def _typed(text: str, kind: str) -> Any:
    """A value of the declared kind; what is none stays text, and is rejected with its name later."""
    plain = unescaped(text)
    try:
        if kind == "integer":
            return int(plain)
        if kind == "float":
            return float(plain)
        if kind in {"strings", "integers"}:
            return json.loads(plain)
    except (ValueError, RecursionError):
        return plain
    return {"true": True, "false": False}.get(plain, plain) if kind == "boolean" else plain


def sheets(
    path: Path, nodes: Callable[[], Iterator[Node]], links: Callable[[], Iterator[Link]], limits: ReadLimits
) -> list[RawSheet]:
    """The one table of a graph; raises ``Unreadable`` where there is nothing in it."""
    spool = Spool(limits)
    spool.table("", HEADINGS, LAYOUT)
    if _mentions(path, b"STATES"):
        for link in links():
            if _states(link):
                spool.add("", link_row(link))
    for node in nodes():
        spool.add("", _node_row(node))
    for link in links():
        if not _states(link):
            spool.add("", link_row(link))
    found = spool.sheets()
    if not found:
        raise Unreadable("empty")
    return found


def _states(link: Link) -> bool:
    return link.own is not None and link.kind == "STATES"


def _mentions(path: Path, word: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(word) >= 0


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _node_row(node: Node) -> list[str]:
    own = node.own is not None
    said = node.own if node.own is not None else node.attributes
    row = [
        "node",
        node.ident,
        node.kind,
        node.title,
        "",
        "",
        node.at,
        "",
        "",
        "1" if own else "",
        _json(said),
    ]
    return [*row, "", "", "", "", ""]


def link_row(link: Link, kinds: tuple[str, str] = ("", ""), names: tuple[str, str] = ("", "")) -> list[str]:
    """``kinds`` and ``names`` describe the ends where no node does."""
    own = link.own is not None
    said = _json(link.own if link.own is not None else link.attributes)
    row = ["link", link.ident, link.kind, "", link.start, link.end, link.at, link.weight, link.title]
    return [*row, "1" if own else "", said, kinds[0], names[0], kinds[1], names[1], link.way]
