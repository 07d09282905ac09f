"""The drawing of a canvas as it stands: every object where the user left it, gangs in their hulls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from viz.model import theme
from viz.model.drawing import Drawing, Edge, HandMark, Node, Point
from viz.text import phrases
from viz.text.phrases import say

KIND_OF = {
    "PAID": "payment", "CALLED": "call", "MESSAGED": "message", "SENT": "parcel", "RECEIVED": "parcel",
    "SEEN_AT": "seen", "STAYED_AT": "stay", "USED_WITH": "device", "POSTED": "clue", "MENTIONS": "mention",
    "SAYS_SUPPLIER": "statement", "TRADED": "trade", "SEIZED_FROM": "seizure", "SEIZED_IN": "seizure",
    "INVOLVED_IN": "involvement", "SUPPLIES": "supply", "MEMBER_OF": "gang", "LEADS_TO": "leads",
    "SAME_BATCH_AS": "same_batch", "SAME_OFFER": "tie", "MAY_BE": "tie", "INFERRED": "tie",
}  # fmt: skip
"""Kinds of lines by relationship type; what is not here is drawn as a plain entry."""
ROOM = 104.0
"""Px between neighbours on paper: a canvas is looked at more closely where it is crowded, paper cannot be."""
MOST_SPREAD = 20.0
LETTERS = 16.0
"""Px of usual letters drawn by hand: names are 13."""


def canvas_drawing(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    *,
    title: str,
    marks: Sequence[Mapping[str, Any]] = (),
    notes: Sequence[str] = (),
    run: Mapping[str, Any] | None = None,
    language: str = "zh",
) -> Drawing:
    """Draw ``nodes`` (id, label, caption, role, named, confirmed, gang, x, y) and ``edges`` between them.

    ``edges`` name their ends by place: from, to, type, count, fen, score, derived. ``marks`` is what somebody drew by
    hand, in the same units as the places, y downwards. All is a candidate unless a
    person was confirmed: conclusions on a canvas are confirmed on their own pages.
    """
    factor = _factor(nodes)
    places = [(round(node["x"] * factor, 1), round(node["y"] * factor, 1)) for node in nodes]
    drawn = [_node(node, place) for node, place in zip(nodes, places, strict=True)]
    return Drawing(
        title=title,
        banner=phrases.banner("candidate", None, language),
        nodes=drawn,
        edges=[_edge(edge, drawn, language) for edge in edges],
        layout="placed",
        run=phrases.run_text(run, language),
        language=language,
        notes=list(notes),
        hulls=_hulls(nodes, language),
        by_hand=tuple(_by_hand(mark, factor, _letters(marks, factor)) for mark in marks),
    )


def _node(node: Mapping[str, Any], place: Point) -> Node:
    kind = str(node["label"]).lower()
    return Node(
        str(node["id"]),
        str(node["caption"]),
        kind=kind,
        role=str(node["role"]),
        named=bool(node["named"]) or kind != "person",
        confirmed=bool(node["confirmed"]),
        place=place,
        pen=str(node.get("pen") or ""),
        icon=str(node.get("icon") or ""),
    )


def _edge(edge: Mapping[str, Any], nodes: Sequence[Node], language: str) -> Edge:
    kind = KIND_OF.get(str(edge["type"]), "holds")
    fen = edge["fen"] if kind == "payment" else None
    return Edge(
        nodes[edge["from"]].id,
        nodes[edge["to"]].id,
        kind,
        label=phrases.amount(kind, edge["count"], fen, language),
        score=edge["score"],
        derived=bool(edge["derived"]) or kind in theme.CONCLUSIONS,
        fen=fen,
        count=edge["count"],
    )


def _factor(nodes: Sequence[Mapping[str, Any]]) -> float:
    """By how much the places of the canvas move apart on paper, so that names find room."""
    if len(nodes) < 2:
        return 1.0
    points = np.array([[float(node["x"]), float(node["y"])] for node in nodes])
    apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    near = float(np.quantile(apart.min(axis=1), 0.2))
    return float(np.clip(ROOM / near, 0.2, MOST_SPREAD)) if near > 0 else 1.0


def _letters(marks: Sequence[Mapping[str, Any]], factor: float) -> float:
    """By how much letters drawn by hand grow: beside names, which stay as they are, not with the places."""
    if not marks:
        return factor
    return float(min(factor, LETTERS / np.median([float(mark["size"]) for mark in marks])))


def _by_hand(mark: Mapping[str, Any], factor: float, letters: float) -> HandMark:
    """A mark on paper: frames and arrows grow with the places, boxes with their letters around their middle."""
    x, y, w, h = (float(mark[name]) for name in ("x", "y", "w", "h"))
    if mark["kind"] in ("frame", "arrow"):
        x, y, w, h = x * factor, y * factor, w * factor, h * factor
    elif mark["kind"] == "note" and mark["on"]:
        x, y, w, h = x * letters, y * letters, w * letters, h * letters
    else:
        middle = ((x + w / 2) * factor, (y + h / 2) * factor)
        w, h = w * letters, h * letters
        x, y = middle[0] - w / 2, middle[1] - h / 2
    x, y, w, h = (round(each, 1) for each in (x, y, w, h))
    size, icon = round(float(mark["size"]) * letters, 1), mark["icon"] or "flag"
    return HandMark(
        mark["kind"], x, y, w, h, mark["text"], mark["pen"], size, icon, mark["on"], mark["to"], mark["id"]
    )


def _hulls(
    nodes: Sequence[Mapping[str, Any]], language: str
) -> tuple[tuple[str, bool, tuple[int, ...]], ...]:
    """Gangs with three of their members or more on the canvas: label, confirmed, places of the members."""
    gangs: dict[str, list[int]] = defaultdict(list)
    for n, node in enumerate(nodes):
        if node["gang"] and node["role"] != "user":
            gangs[str(node["gang"])].append(n)
    found = []
    for gang, members in sorted(gangs.items()):
        if len(members) < 3:
            continue
        sure = all(nodes[n]["confirmed"] for n in members)
        key = "gang.confirmed" if sure else "gang.candidate"
        found.append((say(key, language, id=gang, n=len(members)), sure, tuple(members)))
    return tuple(found)
