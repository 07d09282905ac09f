"""Connected components of pairs (union-find).

Reference: path halving, R. E. Tarjan, J. van Leeuwen, Worst-Case Analysis of Set Union Algorithms, J. ACM
31(2), 1984, 245-281. Cost: nearly linear. The smallest member is the root, so the order of pairs plays no
part.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T", int, str)


def roots(pairs: Iterable[tuple[T, T]]) -> dict[T, T]:
    """Maps each member of a pair to the smallest member of its component."""
    parent: dict[T, T] = {}

    def root(x: T) -> T:
        while parent.setdefault(x, x) != x:
            parent[x] = x = parent[parent[x]]
        return x

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {x: root(x) for x in list(parent)}
