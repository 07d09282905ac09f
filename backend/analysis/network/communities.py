"""Leiden communities with the constant Potts model, seeded; resolution chosen from the graph; stability.

Definition: the partition that makes most of the sum over communities of tie weight - resolution * n(n-1)/2.
So two groups of sizes s and t join while the ties between them weigh more than resolution * s * t: at 0.01
a wholesaler with eight people joins an organiser with eight over one sure tie; with nine each they stay
two. ``SWEEP`` is tried coarse first. Stability of a community is the mean of its best Jaccard overlap with
communities of the graph less a share of its ties.

References: V. A. Traag, L. Waltman, N. J. van Eck, From Louvain to Leiden: Guaranteeing Well-Connected
Communities, Scientific Reports 9, 2019, 5233; V. A. Traag, P. Van Dooren, Y. Nesterov, Narrow Scope for
Resolution-Limit-Free Community Detection, Physical Review E 84, 2011, 016114; C. Hennig, Cluster-Wise
Assessment of Cluster Stability, Computational Statistics & Data Analysis 52(1), 2007, 258-271.

Cost: nearly linear in ties for each iteration; ``RUNS`` + 1 times that for stability.

Against it: the answer depends on the seed and, where ties are even, on little; a resolution stands for one
size of gang. Everybody stands in one community, so who belongs to two gangs is told by another rule
(``groups.detection``).
"""

from __future__ import annotations

import graspologic_native
import numpy as np
from scipy import sparse

from backend.analysis.model.parameters import parameter, parameter_list, whole_parameter
from graph_schema.arrays import Floats, Ints

SWEEP = parameter_list("network.communities.sweep")
PLAUSIBLE = whole_parameter("network.communities.plausible")
SHARE = parameter("network.communities.share")
DROPPED = parameter("network.communities.dropped")
RUNS = whole_parameter("network.communities.runs")
WHOLE = whole_parameter("network.communities.whole")


def leiden(
    n: int, a: Ints, b: Ints, weight: Floats, resolution: float, seed: int, iterations: int = 2
) -> Ints:
    """Community of each of the ``n`` nodes, named by its smallest node; nodes without ties stay alone."""
    if len(a) == 0:
        return np.arange(n, dtype=np.int64)
    rows, columns = np.concatenate([a, b]), np.concatenate([b, a])
    graph = sparse.coo_matrix((np.concatenate([weight, weight]), (rows, columns)), shape=(n, n)).tocsr()
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
    return canonical(np.fromiter((found.get(i, -1 - i) for i in range(n)), dtype=np.int64, count=n))


def canonical(labels: Ints) -> Ints:
    """Renames communities by their smallest node, so that equal partitions have equal bytes."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return first[inverse.reshape(-1)].astype(np.int64)


def most_together(n: int) -> int:
    """Persons up to which one group may be a gang, of ``n`` persons in all."""
    return max(PLAUSIBLE, int(SHARE * n))


def partition(n: int, a: Ints, b: Ints, weight: Floats, seed: int) -> tuple[Ints, float, int]:
    """Communities at the coarsest resolution of ``SWEEP`` that runs no market together; the resolution, and the size of
    the largest.
    """
    iterations = 2 if len(a) <= WHOLE else 1  # the second gains next to nothing there
    for resolution in SWEEP:
        labels = leiden(n, a, b, weight, resolution, seed, iterations)
        largest = int(np.bincount(labels, minlength=1).max(initial=0))
        if largest <= most_together(n) or resolution == SWEEP[-1]:
            return labels, resolution, largest
    raise AssertionError("the sweep is never empty")


def stability(n: int, a: Ints, b: Ints, weight: Floats, labels: Ints, resolution: float, seed: int) -> Floats:
    """Per node: how well its community survives a share of ties being left out, 0 to 1.

    Up to ``WHOLE`` ties: mean best Jaccard overlap over complete re-runs. Beyond: share of runs in
    which most of the node's remaining tie weight still lies inside its community.
    """
    total = np.zeros(n)
    for run in range(RUNS):
        keep = np.random.default_rng([seed, run]).random(len(a)) >= DROPPED
        if len(a) <= WHOLE:
            other = leiden(n, a[keep], b[keep], weight[keep], resolution, seed + run)
            total += _jaccard(labels, other)
        else:
            total += _stays(n, a[keep], b[keep], weight[keep], labels)
    return np.asarray(total / RUNS)


def _jaccard(labels: Ints, other: Ints) -> Floats:
    """Per node the best Jaccard overlap of its community with any community of the other partition."""
    n = len(labels)
    keys, shared = np.unique(labels * n + other, return_counts=True)
    mine, theirs = keys // n, keys % n
    overlap = shared / (
        np.bincount(labels, minlength=n)[mine] + np.bincount(other, minlength=n)[theirs] - shared
    )
    best = np.zeros(n)
    np.maximum.at(best, mine, overlap)
    return np.asarray(best[labels])


def _stays(n: int, a: Ints, b: Ints, weight: Floats, labels: Ints) -> Floats:
    inside = weight * (labels[a] == labels[b])
    own = np.bincount(a, weights=inside, minlength=n) + np.bincount(b, weights=inside, minlength=n)
    whole = np.bincount(a, weights=weight, minlength=n) + np.bincount(b, weights=weight, minlength=n)
    return (own * 2 > whole).astype(np.float64)
