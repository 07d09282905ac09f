"""Centralities against networkx, and on real networks from the criminology literature."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from backend.analysis.centrality import centralities

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def matrix(path: Path) -> tuple[list[str], np.ndarray]:
    """Names and adjacency of a square table; the first column is unnamed, rows and columns may differ in
    order.
    """
    if not path.exists():
        pytest.skip(f"needs {path.parent.name}/{path.name} in ../shared/data")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    names = [name.strip() for name in rows[0][1:]]
    number = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(names), len(names)))
    for row in rows[1:]:
        table[number[row[0].strip()]] = [float(cell or 0) for cell in row[1:]]
    return names, table


def ranking(names: list[str], values: np.ndarray) -> list[str]:
    return [names[i] for i in np.argsort(-values, kind="stable")]


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


@pytest.mark.shared_data
def test_caviar_phases_together() -> None:
    """Trap: ids are not in numeric order and differ from phase to phase. 1 leads, 3 and 12 follow
    (Morselli 2009).
    """
    total: dict[tuple[str, str], float] = {}
    for phase in range(1, 7):
        names, table = matrix(SHARED / "caviar" / f"phase{phase}.csv")
        for i, j in np.argwhere(table > 0):
            total[names[i], names[j]] = total.get((names[i], names[j]), 0.0) + table[i, j]
    people = sorted({end for pair in total for end in pair})
    number = {name: i for i, name in enumerate(people)}
    a = np.array([number[x] for x, _ in total])
    b = np.array([number[y] for _, y in total])
    found = centralities(len(people), a, b, np.array(list(total.values())))
    order = ranking(people, found.betweenness)
    assert order[0] == "1"
    assert set(order[1:3]) == {"3", "12"}


@pytest.mark.shared_data
@pytest.mark.parametrize("phase", range(1, 7))
def test_caviar_leader_leads_each_phase(phase: int) -> None:
    """Trap: a leader who withdraws from the phone is lost when phases are looked at one by one."""
    names, table = matrix(SHARED / "caviar" / f"phase{phase}.csv")
    a, b = np.nonzero(table)
    assert ranking(names, centralities(len(names), a, b).betweenness)[0] == "1"


@pytest.mark.shared_data
def test_natarajan_boss_leads_degree_and_betweenness() -> None:
    """Trap: the table starts with a byte order mark. Kay is the boss (Natarajan 2006)."""
    names, table = matrix(SHARED / "natarajan" / "natajaran_cocaine.csv")
    a, b = np.nonzero(table)
    found = centralities(len(names), a, b, table[a, b])
    assert ranking(names, found.degree)[0] == "Kay"
    assert ranking(names, found.betweenness)[0] == "Kay"
