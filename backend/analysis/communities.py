"""Leiden communities with the constant Potts model, seeded; resolution chosen from the graph; stability by
re-runs.
"""

from __future__ import annotations

import graspologic_native
import numpy as np
from scipy import sparse

from backend.analysis.inputs import Floats, Ints

SWEEP = (0.01, 0.02, 0.03, 0.05, 0.08)
"""Resolutions tried: a group of size s holds together while its ties weigh more than resolution * s(s-1)/2.

0.01 lets a tree of some hundred persons stand, 0.08 one of some twenty; below, everything linked at all is
one gang.
"""


def leiden(
    n: int, a: Ints, b: Ints, weight: Floats, resolution: float, seed: int, iterations: int = 2
) -> Ints:
    """Community of each of the ``n`` nodes, numbered by their smallest node; nodes without ties stay
    alone.
    """
    if len(a) == 0:
        return np.arange(n, dtype=np.int64)
    graph = sparse.coo_matrix((np.r_[weight, weight], (np.r_[a, b], np.r_[b, a])), shape=(n, n)).tocsr()
    graph.sum_duplicates()
    graph.sort_indices()
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        n,
        resolution=resolution,
        use_modularity=False,
        iterations=iterations,
        seed=seed,
    )
    raw = np.fromiter((found.get(i, -1 - i) for i in range(n)), dtype=np.int64, count=n)
    return canonical(raw)


def canonical(labels: Ints) -> Ints:
    """Renames communities by their smallest node, so that equal partitions have equal bytes."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return first[inverse.reshape(-1)].astype(np.int64)


def adjusted_rand(x: Ints, y: Ints) -> float:
    """Adjusted Rand index of two partitions (Hubert and Arabie 1985)."""
    _, xi = np.unique(x, return_inverse=True)
    _, yi = np.unique(y, return_inverse=True)
    table = np.unique(xi.astype(np.int64) * (int(yi.max(initial=0)) + 1) + yi, return_counts=True)[1]

    def pairs(counts: Ints) -> float:
        values = counts.astype(np.float64)
        return float((values * (values - 1) / 2).sum())

    both, left, right = pairs(table), pairs(np.bincount(xi)), pairs(np.bincount(yi))
    total = len(x) * (len(x) - 1) / 2
    expected = left * right / total if total else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def dropped(
    n: int, a: Ints, b: Ints, weight: Floats, resolution: float, seed: int, share: float = 0.15, runs: int = 6
) -> list[Ints]:
    """Partitions of the graph with a random ``share`` of ties left out, one per run."""
    found = []
    for run in range(runs):
        keep = np.random.default_rng([seed, run]).random(len(a)) >= share
        found.append(leiden(n, a[keep], b[keep], weight[keep], resolution, seed + run))
    return found


def choose_resolution(n: int, a: Ints, b: Ints, weight: Floats, seed: int) -> tuple[float, str]:
    """The resolution whose groups survive dropped ties best; of nearly equal ones the lowest. Returns it with
    its reason.
    """
    best, best_score, scores = SWEEP[0], -1.0, []
    for resolution in SWEEP:
        full = leiden(n, a, b, weight, resolution, seed)
        again = dropped(n, a, b, weight, resolution, seed, runs=3)
        score = float(np.mean([adjusted_rand(full, other) for other in again]))
        scores.append(f"{resolution}: {score:.3f}")
        if score > best_score + 0.02:
            best, best_score = resolution, score
    return best, "adjusted Rand with 15 % of ties dropped " + ", ".join(scores)
