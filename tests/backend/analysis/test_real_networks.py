"""Centralities on networks nobody here invented, checked against a second implementation and the
literature.
"""

from __future__ import annotations

import csv
from pathlib import Path

import igraph
import numpy as np
import pytest

from backend.analysis.network.centrality import Centralities, centralities
from backend.analysis.network.communities import leiden

DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.shared_data
absent = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not beside the checkout")


def matrix(path: Path) -> tuple[list[str], list[tuple[str, str, float]]]:
    """Names and non-zero cells (row, column, value) of an adjacency matrix."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = list(csv.reader(lines))
    edges = [
        (row[0], name, float(cell))
        for row in rows
        for name, cell in zip(head[1:], row[1:], strict=True)
        if cell.strip() and float(cell) != 0
    ]
    return head[1:], edges


def measured(files: list[Path]) -> tuple[list[str], Centralities, igraph.Graph]:
    """Names, our centralities and igraph's graph of some matrices taken together."""
    names: dict[str, int] = {}
    pairs: dict[tuple[int, int], float] = {}
    for file in files:
        heads, edges = matrix(file)
        for name in heads:
            names.setdefault(name, len(names))
        for one, other, value in edges:
            key = (names[one], names[other])
            pairs[key] = pairs.get(key, 0.0) + value
    a, b = np.array(list(pairs), dtype=np.int64).T
    ours = centralities(len(names), a, b, np.array(list(pairs.values())))
    undirected = {tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]}
    return list(names), ours, igraph.Graph(len(names), sorted(undirected))


def leaders(names: list[str], values: np.ndarray, k: int = 3) -> list[str]:
    return [names[n] for n in np.argsort(-values, kind="stable")[:k]]


@absent
def test_caviar_leader_leads_betweenness_over_all_phases() -> None:
    """Trap: phases added up in the wrong direction or names matched by position (ids are in no order)."""
    names, ours, theirs = measured([DATA / "caviar" / f"phase{n}.csv" for n in range(1, 7)])
    assert leaders(names, ours.betweenness) == ["1", "3", "12"]
    assert np.allclose(ours.betweenness, theirs.betweenness())


@absent
@pytest.mark.parametrize("phase", range(1, 7))
def test_caviar_leader_leads_in_every_phase(phase: int) -> None:
    """Trap: a leader found only in the sum of all phases comes too late."""
    names, ours, theirs = measured([DATA / "caviar" / f"phase{phase}.csv"])
    assert leaders(names, ours.betweenness, 1) == ["1"]
    assert np.allclose(ours.betweenness, theirs.betweenness())


@absent
def test_natarajan_cocaine_boss_leads_degree_and_betweenness() -> None:
    """Trap: a byte order mark in the heading turns the first name into another."""
    names, ours, theirs = measured([DATA / "natarajan" / "natajaran_cocaine.csv"])
    assert leaders(names, ours.degree, 1) == leaders(names, ours.betweenness, 1) == ["Kay"]
    assert np.allclose(ours.betweenness, theirs.betweenness())


def test_planted_gangs_are_found_where_modularity_merges_them() -> None:
    """Trap: modularity joins small groups in a large graph; the constant Potts model must not."""
    chance = np.random.default_rng(5)
    sizes = chance.integers(6, 31, 400)
    group = np.repeat(np.arange(len(sizes)), sizes)
    n = len(group)
    start = np.r_[0, np.cumsum(sizes)]
    source = chance.integers(0, n, n * 6)
    inside = chance.random(n * 6) < 0.8
    mates = start[group[source]] + chance.integers(0, sizes[group[source]])
    target = np.where(inside, mates, chance.integers(0, n, n * 6))
    keep = source != target
    a, b = source[keep].astype(np.int64), target[keep].astype(np.int64)
    found = leiden(n, a, b, np.ones(len(a)), 0.05, 7)
    agreement = igraph.compare_communities(group.tolist(), found.tolist(), method="adjusted_rand")
    assert agreement >= 0.95
