"""Centrality measures side by side, because no single one shows who leads (social network analysis).

- degree: how many are in touch with him. Visible people are arrested more often (Morselli 2010); not a sign
  of rank.
- strength: sum of tie weights.
- betweenness: how often he lies on shortest ways between others, a broker; exact up to ``EXACT`` nodes,
  beyond that estimated from ``SOURCES`` evenly spaced sources. Leaders who avoid the phone rank too low in
  call-only graphs (Calderoni 2015).
- closeness: how near he is to all others he reaches, times the share he reaches, so that small parts do not
  win.
- eigenvector: whether he is tied to those who are tied.

References: L. C. Freeman, Centrality in Social Networks: Conceptual Clarification, Social Networks 1(3),
1979, 215-239; U. Brandes, A Faster Algorithm for Betweenness Centrality, J. Mathematical Sociology 25(2),
2001, 163-177; U. Brandes, C. Pich, Centrality Estimation in Large Networks, Int. J. Bifurcation and Chaos
17(7), 2007, 2303-2318; S. Wasserman, K. Faust, Social Network Analysis, 1994, chapter 5 (closeness); P.
Bonacich, Factoring and Weighting Approaches to Status Scores and Clique Identification, J. Mathematical
Sociology 2(1), 1972, 113-120 (eigenvector); C. Morselli, Assessing Vulnerable and Strategic Positions in a
Criminal Network, J. Contemporary Criminal Justice 26(4), 2010, 382-392; F. Calderoni, Predicting Organized
Crime Leaders, in: G. Bichler, A. Malm (eds), Disrupting Criminal Networks, 2015.

Cost: betweenness and closeness O(n * m) for n nodes and m ties, O(``SOURCES`` * m) beyond ``EXACT``;
eigenvector O(m) a round.

Against it: every measure takes the ties seen for all there are. Whoever was asked for is seen with more
ties than others. Beyond ``EXACT`` closeness is known of the sources only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from backend.analysis.model.parameters import parameter, whole_parameter
from graph_schema.arrays import Floats, Ints

EXACT = whole_parameter("network.centrality.exact")
SOURCES = whole_parameter("network.centrality.sources")
EIGEN_ROUNDS = whole_parameter("network.centrality.eigen_rounds")
EIGEN_SETTLED = parameter("network.centrality.eigen_settled")


@dataclass(frozen=True)
class Centralities:
    """One value per node; betweenness counts pairs (unordered if undirected), not normalised."""

    degree: Floats
    strength: Floats
    betweenness: Floats
    closeness: Floats
    eigenvector: Floats


def centralities(
    n: int, a: Ints, b: Ints, weights: Floats | None = None, directed: bool = False
) -> Centralities:
    """Measures on a graph of ``n`` nodes with edges a[i]→b[i]. Loops are ignored; parallel edges add up their
    weights. Paths are counted in steps; weights matter only for strength and eigenvector.
    """
    keep = a != b
    weight = (np.ones(len(a)) if weights is None else np.asarray(weights, dtype=np.float64))[keep]
    one_way = sparse.coo_matrix((weight, (a[keep], b[keep])), shape=(n, n)).tocsr()
    both = (one_way + one_way.T).tocsr()
    steps = (one_way if directed else both).tocsr()
    steps.data = np.ones(len(steps.data))
    degree = np.asarray((both > 0).sum(axis=1)).reshape(-1).astype(np.float64)
    between, close = _brandes(steps)
    return Centralities(
        degree=degree,
        strength=np.asarray(both.sum(axis=1)).reshape(-1).astype(np.float64),
        betweenness=between if directed else between / 2.0,
        closeness=close,
        eigenvector=_eigenvector(both),
    )


def _brandes(steps: sparse.csr_matrix) -> tuple[Floats, Floats]:
    """Betweenness (ordered pairs) and closeness by breadth-first search, one level of all paths at a time."""
    n = steps.shape[0]
    sources = np.arange(n) if n <= EXACT else np.unique(np.linspace(0, n - 1, SOURCES).astype(np.int64))
    back = steps.T.tocsr()
    between, close = np.zeros(n), np.zeros(n)
    for source in sources.tolist():
        levels, paths, distance = _search(back, source, n)
        depends = np.zeros(n)
        for level in range(len(levels) - 1, 0, -1):
            nodes = levels[level]
            share = np.zeros(n)
            share[nodes] = (1.0 + depends[nodes]) / paths[nodes]
            upper = levels[level - 1]
            depends[upper] += paths[upper] * (steps[upper] @ share)
        depends[source] = 0.0
        between += depends
        reached = distance > 0
        if reached.any():
            count = int(reached.sum())
            close[source] = count / distance[reached].sum() * count / max(n - 1, 1)
    return between * (n / max(len(sources), 1)), close


def _search(back: sparse.csr_matrix, source: int, n: int) -> tuple[list[Ints], Floats, Ints]:
    """Breadth-first levels from a source, the number of shortest paths to each node, and the distance (0: unreached)."""
    paths, distance = np.zeros(n), np.zeros(n, dtype=np.int64)
    seen = np.zeros(n, dtype=bool)
    paths[source], seen[source] = 1.0, True
    levels = [np.array([source], dtype=np.int64)]
    while True:
        frontier = np.zeros(n)
        frontier[levels[-1]] = paths[levels[-1]]
        reach = back @ frontier
        new = np.flatnonzero((reach > 0) & ~seen).astype(np.int64)
        if not len(new):
            return levels, paths, distance
        paths[new], seen[new], distance[new] = reach[new], True, len(levels)
        levels.append(new)


def _eigenvector(both: sparse.csr_matrix) -> Floats:
    """Power iteration on A + I (which always settles), scaled to a largest value of 1."""
    n = both.shape[0]
    vector = np.ones(n)
    for _ in range(EIGEN_ROUNDS):
        new = both @ vector + vector
        top = float(new.max()) if n else 0.0
        new = new / top if top > 0 else new
        if np.abs(new - vector).max(initial=0.0) < EIGEN_SETTLED:
            break
        vector = new
    return np.asarray(vector)
