"""What many answers have in common: texts, states, pages, periods and who decided."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

Tongue = Literal["zh", "en"]
Status = Literal["candidate", "under_review", "sent_back", "confirmed", "rejected", "unsure"]
Role = Literal["organiser", "wholesaler", "retailer", "runner", "payee", "user", "unknown"]
Provisional = Literal["packet", "small", "major"] | None
"""What a case is ranked by where the law has no quantity for what was seized: an example (示例), no tier."""


class Shape(TypedDict):
    """Base of all answers: what is not declared is not given out."""


Shape.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]  # where pydantic looks for it


class Words(Shape):
    """A text in both languages."""

    zh: str
    en: str


class Decision(Shape):
    """Who decided, when and why; ``id`` is the entry of the ledger."""

    id: str
    by: str
    at: str
    reason: str


class Found(Shape):
    """Part of a list: how many entries there are in all, and of which run."""

    total: int
    run: str | None


class Paged(Shape):
    """A page: where the next one begins."""

    next: str | None


Period = TypedDict("Period", {"from": str | None, "to": str | None})
"""From when until when; null where it is not known."""
Ends = TypedDict("Ends", {"from": str, "to": str})
"""The two ends of something that has a direction."""
