"""The legend; written from the declaration by ``python -m graph_schema.generate``, not by hand."""

from __future__ import annotations

TONES: dict[str, tuple[str, str]] = {
    "bg": ("#EEF1F4", "#0C1116"),
    "s1": ("#FFFFFF", "#171E26"),
    "s2": ("#F6F8FA", "#1C242D"),
    "s3": ("#E9EDF1", "#232D38"),
    "canvas": ("#FBFCFD", "#10161D"),
    "line": ("#DCE2E8", "#29343F"),
    "line2": ("#C3CCD6", "#3A4754"),
    "lineS": ("#7F8E9E", "#64768A"),
    "t1": ("#17212B", "#E6ECF2"),
    "t2": ("#435261", "#B4C1CE"),
    "t3": ("#5B6A79", "#93A3B3"),
    "ac": ("#1A5FB4", "#7AB2F7"),
    "acw": ("#E6F0FC", "#1B2E47"),
    "on-ac": ("#FFFFFF", "#0B1420"),
    "warn": ("#875400", "#F0BE5C"),
    "warnw": ("#FFF4DC", "#3A2E12"),
    "cf": ("#22303E", "#DDE5EC"),
    "cf-t": ("#FFFFFF", "#10151C"),
    "red": ("#B3261E", "#FF9A90"),
    "talk": ("#0B6DD9", "#50ADFF"),
    "money": ("#116E47", "#63E6A4"),
    "goods": ("#993901", "#EE9224"),
    "words": ("#AD3494", "#D183BC"),
    "move": ("#5C6366", "#AEB3B7"),
    "ink": ("#1E2A52", "#E4EAFF"),
    "organiser": ("#1E2A52", "#E4EAFF"),
    "wholesaler": ("#3D5391", "#A9BCF0"),
    "retailer": ("#5770AD", "#7F98D6"),
    "user": ("#D5DCEB", "#34415F"),
    "user-line": ("#6B7FA8", "#7F90B8"),
    "on-role": ("#FFFFFF", "#10151C"),
    "on-user": ("#1E2A52", "#E6ECF2"),
}

ROLES: dict[str, tuple[str, str]] = {
    "organiser": ("组织", "Organiser"),
    "wholesaler": ("批发", "Wholesaler"),
    "retailer": ("零售", "Retailer"),
    "user": ("购买", "User"),
    "runner": ("送货", "Runner"),
    "payee": ("收款", "Payee"),
    "unknown": ("不明", "Unknown"),
}

GLYPHS: dict[str, tuple[str, str]] = {
    "organiser": ("组", "O"),
    "wholesaler": ("批", "W"),
    "retailer": ("零", "R"),
    "user": ("购", "U"),
    "runner": ("送", "D"),
    "payee": ("收", "P"),
    "unknown": ("·", "·"),
}

FILLS: dict[str, str] = {
    "organiser": "organiser",
    "wholesaler": "wholesaler",
    "retailer": "retailer",
    "user": "user",
    "runner": "goods",
    "payee": "money",
    "unknown": "s1",
}

ON_FILLS: dict[str, str] = {
    "organiser": "on-role",
    "wholesaler": "on-role",
    "retailer": "on-role",
    "user": "on-user",
    "runner": "on-role",
    "payee": "on-role",
    "unknown": "t2",
}

OUTLINES: dict[str, str] = {
    "user": "user-line",
    "unknown": "lineS",
}

RADII: dict[str, int] = {
    "organiser": 18,
    "wholesaler": 16,
    "retailer": 15,
    "user": 11,
    "runner": 14,
    "payee": 14,
    "unknown": 14,
}

STATES: dict[str, tuple[str, str]] = {
    "candidate": ("候选（待核查）", "Candidate (to verify)"),
    "confirmed": ("已确认", "Confirmed"),
    "rejected": ("不成立", "Excluded"),
    "unsure": ("存疑", "Unsure"),
    "under_review": ("复核中", "Under review"),
    "sent_back": ("退回补证", "Sent back"),
}

CHIPS: dict[str, tuple[str, str]] = {
    "candidate": ("候选", "candidate"),
    "confirmed": ("确认", "confirmed"),
    "rejected": ("不成立", "excluded"),
    "unsure": ("存疑", "unsure"),
    "under_review": ("复核中", "under review"),
    "sent_back": ("退回补证", "sent back"),
}

PATTERNS: dict[str, tuple[str, str]] = {
    "fan_in": ("集中转入", "fan-in"),
    "fan_out": ("分散转出", "fan-out"),
    "gather_scatter": ("集中后分散", "gather-scatter"),
    "scatter_gather": ("分散后集中", "scatter-gather"),
    "pass_through": ("过账", "pass-through"),
    "cycle": ("回流", "cycle"),
    "bipartite": ("双层", "bipartite layer"),
    "stack": ("多层", "stack"),
}

STRENGTHS: tuple[tuple[float | None, str, str], ...] = (
    (0.5, "弱", "weak"),
    (0.7, "中", "medium"),
    (0.9, "强", "strong"),
    (None, "很强", "very strong"),
)
