"""Key-player sets: the best set of k members is not the k best members.

Definition: KPP-NEG is the set whose removal leaves the gang most fragmented, distance-weighted: 1 minus the
mean of 1/d over pairs that remain. KPP-POS is the set that reaches most of the others, each counted 1/d
from the nearest of the set. Found greedily, with swaps from several seeded starts.

Reference: S. P. Borgatti, Identifying Sets of Key Players in a Social Network, Computational & Mathematical
Organization Theory 12(1), 2006, 21-34.

Cost: each round of swaps values k * (n - k) sets of n members; a value of KPP-NEG is a breadth-first search
from everybody, by products of matrices O(n³) for each step of distance.

Against it: exact on small gangs in tests, not proved best on large ones. Ties count alike, however sure
they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from scipy.sparse.csgraph import connected_components

from backend.analysis.model.parameters import whole_parameter
from graph_schema.arrays import Floats, Ints

Matrix = Floats
RESTARTS = whole_parameter("network.key_players.restarts")
MOST_SWAPS = whole_parameter("network.key_players.most_swaps")


@dataclass(frozen=True)
class KeyPlayers:
    """A set of members and how well it does what it was chosen for, 0 to 1."""

    kind: Literal["fragment", "reach"]
    members: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class Removed:
    """The gang without some members."""

    parts: int
    largest: int
    pairs_cut: float  # share of the pairs left that have no way to each other
    fragmentation: float  # distance-weighted, of what remains, against a whole where everybody is tied
    before: float
    isolated: tuple[int, ...]  # members tied to nobody any more
    supply_lost: float
    orphaned: tuple[int, ...]  # members all of whose suppliers in the gang are gone


def _closeness(ties: Matrix) -> Matrix:
    """1/d between members over ties without weight; 0 where there is no way.

    Breadth first for all members at once, by products of matrices: a gang is small, and key-player sets ask this
    thousands of times.
    """
    tied = (ties > 0).astype(np.float32)
    near = np.zeros(ties.shape)
    seen = np.eye(len(ties), dtype=bool)
    reached, distance = (tied > 0) & ~seen, 1
    while reached.any():
        near[reached] = 1.0 / distance
        seen |= reached
        reached = (reached.astype(np.float32) @ tied > 0) & ~seen
        distance += 1
    return near


def fragmentation(ties: Matrix, gone: Iterable[int] = ()) -> float:
    """Distance-weighted fragmentation of what remains: 0 all tied to all, 1 nobody to anybody."""
    out = set(gone)
    left = [n for n in range(len(ties)) if n not in out]
    if len(left) < 2:
        return 1.0
    near = _closeness(ties[np.ix_(left, left)])
    return float(1.0 - near.sum() / (len(left) * (len(left) - 1)))


def _reach(near: Matrix, chosen: Sequence[int]) -> float:
    best = near[list(chosen)].max(axis=0)
    best[list(chosen)] = 1.0
    return float(best.mean())


def key_players(ties: Matrix, k: int, seed: int = 7) -> tuple[KeyPlayers, KeyPlayers]:
    """The set that fragments most and the set that reaches most, of ``k`` members each (fewer in a smaller gang)."""
    size = min(k, len(ties))
    near = _closeness(ties)

    @cache
    def fragmentation_without(some: frozenset[int]) -> float:
        return fragmentation(ties, some)

    found = (
        _best_set(len(ties), size, seed, lambda some: fragmentation_without(frozenset(some))),
        _best_set(len(ties), size, seed, lambda some: _reach(near, some)),
    )
    return KeyPlayers("fragment", *found[0]), KeyPlayers("reach", *found[1])


def _best_set(
    n: int, size: int, seed: int, value: Callable[[Sequence[int]], float]
) -> tuple[tuple[int, ...], float]:
    rng = np.random.default_rng(seed)
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    for start in range(RESTARTS):
        if start == 0:
            chosen: list[int] = []
            while len(chosen) < size:
                rest = [m for m in range(n) if m not in chosen]
                chosen.append(max(rest, key=lambda m: (round(value([*chosen, m]), 12), -m)))
        else:
            chosen = rng.permutation(n)[:size].tolist()
        chosen = _local_search(n, chosen, value)
        reached = (round(value(chosen), 12), tuple(sorted(chosen)))
        # Of equal sets the first in order, so that the answer does not depend on the starts.
        if reached[0] > best[0] or (reached[0] == best[0] and reached[1] < best[1]):
            best = reached
    return best[1], best[0]


def _local_search(n: int, chosen: list[int], value: Callable[[Sequence[int]], float]) -> list[int]:
    """Swap one member in and one out while that improves the set."""
    now = value(chosen)
    for _ in range(MOST_SWAPS):
        options = [
            (round(value([*(m for m in chosen if m != out), into]), 12), -out, -into)
            for out in chosen
            for into in range(n)
            if into not in chosen
        ]
        if not options or max(options)[0] <= now + 1e-12:
            break
        now, out, into = max(options)
        chosen = [*(m for m in chosen if m != -out), -into]
    return chosen


def _cut(sizes: Ints) -> float:
    """Share of all pairs whose members fall into different parts of these sizes."""
    n = int(sizes.sum())
    return round(1.0 - float((sizes * (sizes - 1)).sum()) / (n * (n - 1)), 6) if n > 1 else 0.0


def removed(ties: Matrix, supplies: Matrix, gone: Iterable[int]) -> Removed:
    """What is left without ``gone``; ``supplies[a, b]`` is the score of a supplying b."""
    out = sorted(set(gone))
    left = [n for n in range(len(ties)) if n not in out]
    kept = ties[np.ix_(left, left)]
    parts, label = connected_components(kept > 0, directed=False) if left else (0, np.zeros(0, dtype=int))
    sizes = np.bincount(label, minlength=parts) if left else np.zeros(1, dtype=int)
    total = float(supplies.sum())
    inner = supplies[np.ix_(left, left)]
    had = {n for n in left if supplies[:, n].any()}
    return Removed(
        parts=int(parts),
        largest=int(sizes.max(initial=0)),
        pairs_cut=_cut(sizes),
        fragmentation=round(fragmentation(ties, out), 6),
        before=round(fragmentation(ties), 6),
        isolated=tuple(n for i, n in enumerate(left) if not kept[i].any()),
        supply_lost=round(1.0 - float(inner.sum()) / total, 6) if total else 0.0,
        orphaned=tuple(n for i, n in enumerate(left) if n in had and not inner[:, i].any()),
    )
