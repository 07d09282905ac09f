"""Pictures of clues that look the same, by perceptual hashes the loader made.

Definition: two pictures are alike where the 64-bit pHash of one differs in at most eight bits from one of the eight turns and
mirror images of the other, or in at most six from one of its crops; borders of one colour are cut off before.

Reference: C. Zauner, Implementation and benchmarking of perceptual image hash functions, 2010.

Cost: bit counts of all pairs, in blocks.

Against it: a piece cut from two sides unequally is not found; a picture of many sellers says nothing (see ``joining``),
nor does one without detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_schema.store import Props

MOST_BITS = 8
MOST_OF_CROPS = 6
"""Each picture has many crops, so less may differ; of unrelated pictures the nearest crop is 14 bits away or more."""
BITS = 64
BLOCK = 512


@dataclass(frozen=True)
class Hashed:
    """A picture with enough detail to be compared: its hashes in all eight positions, and of its crops."""

    sha256: str
    phash: int
    turns: tuple[int, ...]
    crops: tuple[int, ...] = ()


def hashed(props: Props) -> Hashed | None:
    """From a Picture node; None where it has no hash: it cannot be decoded, or has too little detail."""
    if not props.get("phash"):
        return None
    turns = props.get("phash_turns") or (props["phash"],)
    crops = props.get("phash_crops") or ()
    upright = int(str(props["phash"]), 16)
    return Hashed(str(props["sha256"]), upright, _numbers(turns), _numbers(crops))


def _numbers(hashes: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(each, 16) for each in hashes)


def alike(pictures: Sequence[Hashed]) -> list[tuple[str, str, float]]:
    """Pairs of pictures that look the same, with 1 minus the share of bits that differ."""
    if len(pictures) < 2:
        return []
    ordered = sorted(pictures, key=lambda each: each.sha256)
    upright = np.array([each.phash for each in ordered], np.uint64)
    found: dict[tuple[str, str], int] = {}
    for start in range(0, len(ordered), BLOCK):
        block = ordered[start : start + BLOCK]
        turned = _nearest([each.turns for each in block], upright)
        cut = _nearest([each.crops for each in block], upright)
        bits = np.minimum(turned, np.where(cut <= MOST_OF_CROPS, cut, BITS))
        for i, j in zip(*np.nonzero(bits <= MOST_BITS), strict=True):
            a, b = sorted((block[int(i)].sha256, ordered[int(j)].sha256))
            if a < b:
                found[a, b] = min(found.get((a, b), BITS), int(bits[i, j]))
    return [(a, b, 1.0 - bits / BITS) for (a, b), bits in sorted(found.items())]


def _nearest(hashes: Sequence[tuple[int, ...]], upright: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    """The fewest bits any of the hashes of each picture is away from each of the others as it is."""
    best = np.full((len(hashes), len(upright)), BITS, np.uint8)
    for at in range(max(map(len, hashes))):
        rows = [i for i, each in enumerate(hashes) if at < len(each)]
        these = np.array([hashes[i][at] for i in rows], np.uint64)
        best[rows] = np.minimum(best[rows], np.bitwise_count(these[:, None] ^ upright[None, :]))
    return best
