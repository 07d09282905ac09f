"""Planted groups of 6 to 30 in a large graph, four fifths of the ties inside: are they found, and how fast?

Promised: adjusted Rand index of at least 0.95 at 200,000 persons and 1 M ties.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np

from backend.analysis.network.communities import partition

PROMISED = 0.95


def planted(persons: int, ties: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two ends of distinct ties and the group of every person."""
    rng = np.random.default_rng(seed)
    sizes = []
    while sum(sizes) < persons:
        sizes.append(int(rng.integers(6, 31)))
    group = np.repeat(np.arange(len(sizes)), sizes)[:persons]
    start = np.searchsorted(group, np.arange(len(sizes)))
    size = np.bincount(group)
    inside = round(ties * 0.8)
    a = rng.integers(0, persons, ties)
    b = rng.integers(0, persons, ties)
    b[:inside] = start[group[a[:inside]]] + rng.integers(0, 1 << 30, inside) % size[group[a[:inside]]]
    low, high = np.minimum(a, b), np.maximum(a, b)
    pairs = np.unique((low * persons + high)[low < high])
    return pairs // persons, pairs % persons, group


def adjusted_rand(x: np.ndarray, y: np.ndarray) -> float:
    """Adjusted Rand index of two partitions."""

    def pairs(counts: np.ndarray) -> float:
        return float((counts.astype(float) * (counts - 1) / 2).sum())

    _, xs = np.unique(x, return_inverse=True)
    _, ys = np.unique(y, return_inverse=True)
    together = pairs(np.unique(xs * (ys.max() + 1) + ys, return_counts=True)[1])
    in_x, in_y = pairs(np.bincount(xs)), pairs(np.bincount(ys))
    expected = in_x * in_y / (len(x) * (len(x) - 1) / 2)
    return (together - expected) / ((in_x + in_y) / 2 - expected)


def measure(persons: int, ties: int, seed: int) -> dict[str, object]:
    """Adjusted Rand index, resolution and seconds of one run."""
    a, b, group = planted(persons, ties, seed)
    begun = time.perf_counter()
    labels, resolution, _ = partition(persons, a, b, np.ones(len(a)), seed)
    seconds = time.perf_counter() - begun
    found = adjusted_rand(labels, group)
    return {
        "name": "planted",
        "persons": persons,
        "ties": len(a),
        "groups": int(group.max()) + 1,
        "adjusted_rand": round(found, 4),
        "resolution": resolution,
        "seconds": round(seconds, 2),
        "promised_at_least": PROMISED,
        "kept": found >= PROMISED,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=200_000)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(json.dumps(measure(options.persons, options.ties, options.seed), indent=1))


if __name__ == "__main__":
    main()
