"""Centralities against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from backend.analysis.network.centrality import centralities


@pytest.mark.parametrize("directed", [False, True])
def test_agrees_with_networkx(directed: bool) -> None:
    """Trap: pairs counted twice, ends counted as between, unreachable nodes as near."""
    rng = np.random.default_rng(11)
    a, b = rng.integers(0, 40, 90), rng.integers(0, 40, 90)
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(40))
    graph.add_edges_from((x, y) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y)
    mine = centralities(40, a, b, directed=directed)
    between = nx.betweenness_centrality(graph, normalized=False)
    assert np.allclose(mine.betweenness, [between[i] for i in range(40)])
    if not directed:
        close = nx.closeness_centrality(graph)
        assert np.allclose(mine.closeness, [close[i] for i in range(40)])
        assert mine.degree.tolist() == [graph.degree(i) for i in range(40)]


def test_estimate_beyond_the_exact_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: an exact measure on a graph of thousands takes minutes; the estimate must keep the order of
    the top.
    """
    rng = np.random.default_rng(4)
    a = rng.integers(0, 600, 1500)
    b = np.where(rng.random(1500) < 0.15, 0, rng.integers(0, 600, 1500))
    exact = centralities(600, a, b)
    monkeypatch.setattr("backend.analysis.network.centrality.EXACT", 100)
    estimate = centralities(600, a, b)
    assert int(np.argmax(estimate.betweenness)) == int(np.argmax(exact.betweenness)) == 0
    assert estimate.betweenness[0] == pytest.approx(exact.betweenness[0], rel=0.2)
