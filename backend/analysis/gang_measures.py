"""Centralities inside one gang, the four quadrants of degree and betweenness, and what removing a member
would do.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from backend.analysis.centrality import Centralities, centralities
from backend.analysis.findings import Centrality, Removal
from backend.analysis.gang_graph import GangGraph
from backend.analysis.inputs import Floats
from backend.analysis.joined import roots


def member_measures(
    graph: GangGraph, core: tuple[int, ...], numbers: dict[int, int]
) -> tuple[Centralities, list[Removal]]:
    members = np.array(core, dtype=np.int64)
    inside = np.isin(graph.a, members) & np.isin(graph.b, members)
    a = np.array([numbers[p] for p in graph.a[inside].tolist()], dtype=np.int64)
    b = np.array([numbers[p] for p in graph.b[inside].tolist()], dtype=np.int64)
    weight = graph.weight[inside]
    supply = np.zeros(len(core))
    for edge in graph.supplies:
        for end in (edge.supplier, edge.buyer):
            if end in numbers:
                supply[numbers[end]] += edge.score
    total = max(float(supply.sum()) / 2, 1e-9)
    removal = [
        _without(len(core), a.tolist(), b.tolist(), i, float(supply[i]) / total) for i in range(len(core))
    ]
    return centralities(len(core), a, b, weight), removal


def _without(n: int, a: list[int], b: list[int], gone: int, lost: float) -> Removal:
    """Connected parts of the rest."""
    root = roots((x, y) for x, y in zip(a, b, strict=True) if gone not in (x, y))
    sizes = Counter(root.get(x, x) for x in range(n) if x != gone)
    rest = n - 1
    pairs = rest * (rest - 1) / 2
    joined = sum(s * (s - 1) / 2 for s in sizes.values())
    return Removal(
        parts=len(sizes),
        largest=max(sizes.values(), default=0),
        fragmentation=round(1 - joined / pairs, 6) if pairs else 0.0,
        supply_lost=round(min(lost, 1.0), 6),
    )


def quadrants(measures: Centralities) -> list[str]:
    """Degree against betweenness at their means (Morselli 2010): central, visible, broker, fringe."""
    many = measures.degree > measures.degree.mean() if len(measures.degree) else measures.degree
    between = measures.betweenness > measures.betweenness.mean() if len(measures.degree) else measures.degree
    names = {
        (True, True): "central",
        (True, False): "visible",
        (False, True): "broker",
        (False, False): "fringe",
    }
    return [names[bool(d), bool(x)] for d, x in zip(many, between, strict=True)]


def centrality_of(measures: Centralities, i: int, reach: int, quadrant: str) -> Centrality:
    def value(column: Floats) -> float:
        return round(float(column[i]), 6)

    return Centrality(
        degree=value(measures.degree),
        strength=value(measures.strength),
        betweenness=value(measures.betweenness),
        closeness=value(measures.closeness),
        eigenvector=value(measures.eigenvector),
        reach_down=reach,
        quadrant=quadrant,
    )
