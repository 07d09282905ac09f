"""Centralities inside one gang, and the four quadrants of degree and betweenness (see ``network.centrality``)."""

from __future__ import annotations

import numpy as np

from backend.analysis.groups.ties import GangGraph
from backend.analysis.model.gangs import Centrality
from backend.analysis.network.centrality import Centralities, centralities
from graph_schema.arrays import Floats


def member_measures(graph: GangGraph, core: tuple[int, ...], numbers: dict[int, int]) -> Centralities:
    members = np.array(core, dtype=np.int64)
    inside = np.isin(graph.a, members) & np.isin(graph.b, members)
    a = np.array([numbers[p] for p in graph.a[inside].tolist()], dtype=np.int64)
    b = np.array([numbers[p] for p in graph.b[inside].tolist()], dtype=np.int64)
    return centralities(len(core), a, b, graph.weight[inside])


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
