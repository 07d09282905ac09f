"""What may be judged and how: the kinds of review, their verdicts, and what each is about."""

from __future__ import annotations

from collections.abc import Mapping

from graph_schema.legend import CHIPS

COMMENT = "comment"
TAKEN_BACK = "taken_back"
DONE = "done"
"""What a comment asked for has been done."""
SAYS_NOTHING = (COMMENT, TAKEN_BACK, DONE)
"""Verdicts that decide nothing."""

_DECISIONS = ("confirmed", "rejected", "unsure", "under_review", "sent_back")

VERDICTS: Mapping[str, tuple[str, ...]] = {
    "identity": ("same", "same_two_ids", "different", "unsure"),
    "chain": _DECISIONS,
    "hop": _DECISIONS,
    "gang": _DECISIONS,
    "member": _DECISIONS,
    "supply": _DECISIONS,
    "lead": (*_DECISIONS, "sent", "accepted", "answered"),
    "series": ("confirmed", "rejected", "unsure"),
    "offer": ("confirmed", "rejected", "unsure"),
    "tier": ("packet", "small", "major"),
    "mapping": ("confirmed", "rejected"),
    "item": ("confirmed", "rejected", "unsure"),
    "care": ("A", "B", "C"),
    "case": (),
    "person": (),
}
"""Verdicts by kind; each kind also takes a comment, which decides nothing. A case and a person as such are not judged."""

NOUNS = ("clues", "risk", "chemicals", "drivers", "care", "water", "figures", "tasks")
"""The district's nouns, whose items are judged as ``NOUN:ID``."""

ABOUT: Mapping[str, tuple[str, ...]] = {
    "identity": ("Person", "Person"),
    "chain": ("Chain",),
    "hop": ("Chain", "Person", "Person"),
    "gang": ("Gang",),
    "member": ("Gang", "Person"),
    "supply": ("Person", "Person"),
    "lead": ("Lead",),
    "series": ("Case", "Case"),
    "offer": ("Clue", "Clue"),
    "tier": ("Case",),
    "mapping": ("SourceFile",),
    "item": ("Item",),
    "care": ("ResidentId",),
    "case": ("Case",),
    "person": ("Person",),
}
"""Labels of the subjects of a kind, in order. Of an identity, two cases of a series and two clues of an offer the order
says nothing; persons of an identity or a comment are kept as identifiers or records of theirs, because persons are
computed anew. An item of a noun of the district is no node: it is kept as ``NOUN:ID``."""

AT_ONCE = frozenset({"chain", "hop", "gang", "member", "supply", "lead", "item", "offer"})
"""Kinds whose judgements are laid over every answer from the moment they are made."""
FROM_NEXT_RUN = frozenset({"identity"})
"""Kinds a run reads: they count from the next one on. Of the others the ledger keeps what was judged, no more."""

WORDS: Mapping[str, tuple[str, str]] = {
    "same": ("是同一人", "same person"),
    "same_two_ids": ("是同一人（有两个身份证号）", "same person, two resident ids"),
    "different": ("不是同一人", "different persons"),
    "unsure": ("无法判断", "cannot tell"),
    **{name: pair for name, pair in CHIPS.items() if name in _DECISIONS},
    "sent": ("已下发", "sent"),
    "accepted": ("已签收", "accepted"),
    "answered": ("已反馈", "answered"),
    "packet": ("零包", "packet"),
    "small": ("较大以下", "small"),
    "major": ("大案", "major"),
    "A": ("A 级（高风险）", "class A (high)"),
    "B": ("B 级（中风险）", "class B (medium)"),
    "C": ("C 级（低风险）", "class C (low)"),
    COMMENT: ("意见", "comment"),
    DONE: ("已办", "done"),
    TAKEN_BACK: ("撤销", "undone"),
}
"""How verdicts are said on the terminal, in Chinese and English."""
