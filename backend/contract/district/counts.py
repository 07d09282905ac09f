"""How many items each noun of the district has: what the page of all nouns asks."""

from __future__ import annotations

from backend.contract.base import Shape


class NounCount(Shape):
    """Items of a noun that need a look; ``noun`` is its command."""

    noun: str
    items: int


class NounCounts(Shape):
    """One count for each noun the viewer may read."""

    count: int
    items: list[NounCount]
