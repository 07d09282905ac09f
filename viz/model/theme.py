"""The tokens of the workbench: colours of both themes, role and evidence hues, radii, line widths."""

from __future__ import annotations

import math
from typing import Literal

from graph_schema import legend
from viz.model.drawing import Edge, Node

Theme = Literal["light", "dark"]

LIGHT = {name: light for name, (light, _) in legend.TONES.items()}
DARK = {name: dark for name, (_, dark) in legend.TONES.items()}

THEMES: dict[Theme, dict[str, str]] = {"light": LIGHT, "dark": DARK}

SANS = (
    '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",'
    '"Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)
MONO = '"Cascadia Mono",Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace'

ROLES = tuple(legend.ROLES)
RADIUS = {role: float(radius) for role, radius in legend.RADII.items()}
ROLE_FILL = legend.FILLS

NODE_HUE = {
    "phone": "talk", "sim": "talk", "device": "talk",
    "account": "money", "bank": "money", "card": "money", "tenpay": "money", "wechat": "money",
    "alipay": "money",
    "seizure": "goods", "parcel": "goods", "chemical": "goods",
    "clue": "words", "statement": "words",
    "vehicle": "move", "place": "move", "cell": "move",
    "gang": "ink", "chain": "ink",
}  # fmt: skip

EDGE_HUE = {
    "call": "talk",
    "message": "talk",
    "device": "talk",
    "same_device": "talk",
    "payment": "money",
    "parcel": "goods",
    "seizure": "goods",
    "same_batch": "goods",
    "trade": "goods",
    "statement": "words",
    "clue": "words",
    "mention": "words",
    "seen": "move",
    "stay": "move",
    "involvement": "t3",
    "holds": "t3",
    "supply": "ink",
    "tie": "ink",
    "payee": "ink",
    "paid_for": "ink",
    "runner": "ink",
    "gang": "ink",
    "identifier": "ink",
    "leads": "ink",
}

# Kinds that are conclusions of an analysis; all others are facts of a file.
CONCLUSIONS = {"supply", "tie", "payee", "paid_for", "runner", "gang", "identifier", "leads"}

# Calls, shared devices, batches and case roles have no direction of their own.
UNDIRECTED = {
    "call", "device", "same_device", "same_batch", "involvement", "holds", "tie", "stay", "seen",
    "gang", "identifier",
}  # fmt: skip

PENS = {
    "black": "t1", "red": "red", "orange": "goods", "green": "money", "blue": "ac", "violet": "words",
    "grey": "t3",
}  # fmt: skip
"""Tones of what is drawn by hand."""

CANDIDATE_DASH = (7.0, 4.0)
WEAK_DOTS = (2.5, 4.0)
RING_DASH = (3.2, 2.4)
FRAME_DASH = (8.0, 6.0)


def node_hue(kind: str) -> str:
    """Token of the outline of a thing; cases, companies and unknown kinds are plain text colour."""
    return NODE_HUE.get(kind, "t1")


def label_order(node: Node) -> int:
    """Whose name comes first where room is short: cases and gangs, organiser to retailer, the rest, users."""
    if node.kind != "person":
        return 0 if node.kind in ("case", "gang", "seizure") else 5
    return {"organiser": 1, "wholesaler": 2, "retailer": 3, "user": 6}.get(node.role, 4)


def edge_hue(kind: str) -> str:
    """Token of a line; kinds not known here count as conclusions."""
    return EDGE_HUE.get(kind, "ink")


def edge_width(edge: Edge, crowded: bool = False) -> float:
    """Line width in px: score for conclusions, amount for money, count for the rest.

    Conclusions take 2 to 4 px; on a ``crowded`` drawing the difference is kept and the ink is spared.
    """
    if edge.derived:
        return round(2.0 + (0.8 if crowded else 2.0) * min(max(edge.score or 0.0, 0.0), 1.0) ** 2, 2)
    if edge.kind == "payment":
        yuan = edge.fen / 100 if edge.fen is not None else edge.weight
        return _clamp(1.2, 0.9 * math.log10(max(yuan, 1.0)) - 1.2, 6.0)
    if edge.kind in ("involvement", "holds"):
        return 1.2
    count = edge.count if edge.count is not None else edge.weight
    low = 1.0 if edge.kind in ("call", "message") else 1.2
    return _clamp(low, 0.8 * math.log10(max(count, 1.0)) + 0.8, 3.0)


def edge_dash(edge: Edge) -> tuple[float, ...]:
    """Facts are solid, conclusions are dashed until confirmed, and dotted while the score is below 0.50."""
    if not edge.derived:
        return WEAK_DOTS if edge.kind == "same_batch" else ()
    if edge.confirmed:
        return ()
    return WEAK_DOTS if edge.score is not None and edge.score < 0.5 else CANDIDATE_DASH


def bars(score: float) -> int:
    """How many of the four strength bars are filled: one more with each bound that is reached."""
    return 1 + sum(bound is not None and score >= bound for bound, *_ in legend.STRENGTHS)


def _clamp(low: float, value: float, high: float) -> float:
    return round(min(max(low, value), high), 2)
