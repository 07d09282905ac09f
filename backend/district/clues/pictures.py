"""Pictures of clues that look the same, by perceptual hashes the loader made.

Definition: two pictures are alike where the 64-bit pHash of one differs in at most eight bits from one of the eight turns and
mirror images of the other; borders of one colour are cut off before a hash is made.

Reference: C. Zauner, Implementation and benchmarking of perceptual image hash functions, 2010.

Cost: bit counts of all pairs, in blocks.

Against it: crops are not found; a picture of many sellers says nothing (see ``joining``), nor does one without detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_schema.store import Props

MOST_BITS = 8
BITS = 64
BLOCK = 512


@dataclass(frozen=True)
class Hashed:
    """A picture with enough detail to be compared; ``turns`` are its hashes in all eight positions."""

    sha256: str
    phash: int
    turns: tuple[int, ...]


def hashed(props: Props) -> Hashed | None:
    """From a Picture node; None where it has no hash: it cannot be decoded, or has too little detail."""
    if not props.get("phash"):
        return None
    turns = tuple(int(turn, 16) for turn in props.get("phash_turns") or (props["phash"],))
    return Hashed(str(props["sha256"]), int(str(props["phash"]), 16), turns)


def alike(pictures: Sequence[Hashed]) -> list[tuple[str, str, float]]:
    """Pairs of pictures that look the same, with 1 minus the share of bits that differ."""
    if len(pictures) < 2:
        return []
    ordered = sorted(pictures, key=lambda each: each.sha256)
    upright = np.array([each.phash for each in ordered], np.uint64)
    found: list[tuple[str, str, float]] = []
    for start in range(0, len(ordered), BLOCK):
        best = np.full((len(ordered[start : start + BLOCK]), len(ordered)), BITS, np.uint8)
        for turn in range(max(len(each.turns) for each in ordered)):
            turned = np.array(
                [each.turns[min(turn, len(each.turns) - 1)] for each in ordered[start : start + BLOCK]],
                np.uint64,
            )
            np.minimum(best, np.bitwise_count(turned[:, None] ^ upright[None, :]), out=best)
        for i, j in zip(*np.nonzero(best <= MOST_BITS), strict=True):
            a, b = ordered[start + int(i)].sha256, ordered[int(j)].sha256
            if a < b:
                found.append((a, b, 1.0 - int(best[i, j]) / BITS))
    return sorted(found)
