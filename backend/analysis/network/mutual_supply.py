"""Sellers who sell to each other, collapsed into one market node, in which nobody is above the others.

Definition: strongly connected components of the supplies. Reference: R. Tarjan, Depth-First Search and
Linear Graph Algorithms, SIAM J. Computing 1(2), 1972, 146-160. Cost: O(n + m). Against it: one wrong supply
may close a circle.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components


def markets(edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Groups of persons each of whom is above and below each other by the supplies ``(supplier, buyer)``."""
    names = sorted({end for edge in edges for end in edge})
    if not names:
        return []
    number = {name: n for n, name in enumerate(names)}
    rows = np.array([number[a] for a, _ in edges])
    columns = np.array([number[b] for _, b in edges])
    graph = csr_matrix((np.ones(len(edges)), (rows, columns)), shape=(len(names), len(names)))
    _, label = connected_components(graph, directed=True, connection="strong")
    groups: dict[int, list[str]] = {}
    for name, part in zip(names, label.tolist(), strict=True):
        groups.setdefault(part, []).append(name)
    return sorted(group for group in groups.values() if len(group) > 1)
