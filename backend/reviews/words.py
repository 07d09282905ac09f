"""What may be judged and how: the kinds of review, their verdicts, and what each is about."""

from __future__ import annotations

from collections.abc import Mapping

COMMENT = "comment"
TAKEN_BACK = "taken_back"

_DECISIONS = ("confirmed", "rejected", "unsure", "under_review", "sent_back")

VERDICTS: Mapping[str, tuple[str, ...]] = {
    "identity": ("same", "same_two_ids", "different", "unsure"),
    "chain": _DECISIONS,
    "hop": _DECISIONS,
    "gang": _DECISIONS,
    "member": _DECISIONS,
    "supply": _DECISIONS,
    "lead": (*_DECISIONS, "sent", "answered"),
    "tier": ("packet", "small", "major"),
    "mapping": ("confirmed", "rejected"),
}
"""Verdicts by kind; each kind also takes a comment, which decides nothing."""

ABOUT: Mapping[str, tuple[str, ...]] = {
    "identity": ("Person", "Person"),
    "chain": ("Chain",),
    "hop": ("Chain", "Person", "Person"),
    "gang": ("Gang",),
    "member": ("Gang", "Person"),
    "supply": ("Person", "Person"),
    "lead": ("Lead",),
    "tier": ("Case",),
    "mapping": ("SourceFile",),
}
"""Labels of the subjects of a kind, in order. Of an identity the order says nothing, and its subjects are
kept as identifiers or records of the two persons, because persons are computed anew."""

ZH: Mapping[str, str] = {
    "same": "是同一人",
    "same_two_ids": "是同一人（有两个身份证号）",
    "different": "不是同一人",
    "unsure": "无法判断",
    "confirmed": "确认",
    "rejected": "不成立",
    "under_review": "复核中",
    "sent_back": "退回补充",
    "sent": "已交办",
    "answered": "已反馈",
    "packet": "零包",
    "small": "较大以下",
    "major": "大案",
    COMMENT: "意见",
    TAKEN_BACK: "撤销",
}
"""How verdicts are said on the terminal."""
