"""The tokens of the workbench: colours of both themes, role and evidence hues, radii, line widths."""

from __future__ import annotations

import math
from typing import Literal

from viz.model import Edge, Node

Theme = Literal["light", "dark"]

LIGHT: dict[str, str] = {
    "bg": "#EEF1F4", "s1": "#FFFFFF", "s2": "#F6F8FA", "s3": "#E9EDF1", "canvas": "#FBFCFD",
    "line": "#DCE2E8", "line2": "#C3CCD6", "lineS": "#7F8E9E",
    "t1": "#17212B", "t2": "#435261", "t3": "#5B6A79",
    "ac": "#1A5FB4", "acw": "#E6F0FC", "on-ac": "#FFFFFF",
    "warn": "#875400", "warnw": "#FFF4DC",
    "cf": "#22303E", "cf-t": "#FFFFFF",
    "talk": "#0B6DD9", "money": "#116E47", "goods": "#993901", "words": "#AD3494", "move": "#5C6366",
    "ink": "#1E2A52",
    "organiser": "#1E2A52", "wholesaler": "#3D5391", "retailer": "#5770AD", "user": "#D5DCEB",
    "user-line": "#6B7FA8", "on-role": "#FFFFFF", "on-user": "#1E2A52",
}  # fmt: skip

DARK: dict[str, str] = {
    "bg": "#0C1116", "s1": "#171E26", "s2": "#1C242D", "s3": "#232D38", "canvas": "#10161D",
    "line": "#29343F", "line2": "#3A4754", "lineS": "#64768A",
    "t1": "#E6ECF2", "t2": "#B4C1CE", "t3": "#93A3B3",
    "ac": "#7AB2F7", "acw": "#1B2E47", "on-ac": "#0B1420",
    "warn": "#F0BE5C", "warnw": "#3A2E12",
    "cf": "#DDE5EC", "cf-t": "#10151C",
    "talk": "#50ADFF", "money": "#63E6A4", "goods": "#EE9224", "words": "#D183BC", "move": "#AEB3B7",
    "ink": "#E4EAFF",
    "organiser": "#E4EAFF", "wholesaler": "#A9BCF0", "retailer": "#7F98D6", "user": "#34415F",
    "user-line": "#7F90B8", "on-role": "#10151C", "on-user": "#E6ECF2",
}  # fmt: skip

THEMES: dict[Theme, dict[str, str]] = {"light": LIGHT, "dark": DARK}

SANS = (
    '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",'
    '"Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)
MONO = '"Cascadia Mono",Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace'

ROLES = ("organiser", "wholesaler", "retailer", "user", "runner", "payee", "unknown")

RADIUS = {
    "organiser": 18.0, "wholesaler": 16.0, "retailer": 15.0, "runner": 14.0, "payee": 14.0, "user": 11.0,
    "unknown": 14.0,
}  # fmt: skip

ROLE_FILL = {
    "organiser": "organiser", "wholesaler": "wholesaler", "retailer": "retailer", "user": "user",
    "runner": "goods", "payee": "money", "unknown": "s1",
}  # fmt: skip

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
    """How many of the four strength bars are filled: below 0.50, 0.70, 0.90, above."""
    return 1 + (score >= 0.5) + (score >= 0.7) + (score >= 0.9)


def _clamp(low: float, value: float, high: float) -> float:
    return round(min(max(low, value), high), 2)
