"""Gang candidates: communities of the core, users added to their sellers, roles, ranks, stability, stable
ids.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from backend.analysis.communities import choose_resolution, dropped, leiden
from backend.analysis.findings import Gang, Member, PayeeLink, Previous, RunnerLink
from backend.analysis.gang_graph import GangGraph
from backend.analysis.gang_roles import GangView, rank_members
from backend.analysis.inputs import Facts, Ints
from backend.analysis.profile import Profiles

LEAST_MEMBERS = 3
ALSO = 0.25  # share of a member's tie weight that goes to another gang and makes him belong there too


@dataclass(frozen=True)
class _Group:
    core: tuple[int, ...]
    users: tuple[int, ...]
    cohesion: float
    stability: float


def find_gangs(
    facts: Facts,
    people: Profiles,
    graph: GangGraph,
    payees: tuple[PayeeLink, ...],
    runners: tuple[RunnerLink, ...],
    seed: int,
    previous: Previous | None,
) -> tuple[tuple[Gang, ...], str]:
    """All gang candidates, best first, and why this resolution was taken."""
    nodes = np.unique(np.concatenate([graph.a, graph.b])) if len(graph.a) else np.zeros(0, dtype=np.int64)
    if not len(nodes):
        return (), "no drug-relevant ties"
    a, b = np.searchsorted(nodes, graph.a), np.searchsorted(nodes, graph.b)
    resolution, reason = choose_resolution(len(nodes), a, b, graph.weight, seed)
    labels = leiden(len(nodes), a, b, graph.weight, resolution, seed)
    again = dropped(len(nodes), a, b, graph.weight, resolution, seed)
    groups = _groups(graph, nodes, labels, again, a, b)
    ids = _ids(facts, groups, previous)
    also = _also_in(graph, groups, ids)
    view = GangView(facts, people, graph, payees, runners)
    gangs = [_gang(view, ids[i], group_, also) for i, group_ in enumerate(groups)]
    gangs.sort(key=lambda gang: (-gang.score, gang.gang_id))
    return tuple(gangs), f"resolution {resolution}: {reason}"


def _groups(graph: GangGraph, nodes: Ints, labels: Ints, again: list[Ints], a: Ints, b: Ints) -> list[_Group]:
    """Communities with at least three members, users counted."""
    users: dict[int, list[int]] = {}
    of_node = {int(person): int(label) for person, label in zip(nodes, labels, strict=True)}
    for user, sellers in graph.users.items():
        weight: dict[int, float] = {}
        for seller, score in sellers:
            if seller in of_node:
                weight[of_node[seller]] = weight.get(of_node[seller], 0.0) + score
        if weight:
            users.setdefault(max(weight, key=lambda label: (weight[label], -label)), []).append(user)
    inside = labels[a] == labels[b]
    total = np.bincount(labels[a], weights=graph.weight, minlength=len(nodes)) + np.bincount(
        labels[b], weights=graph.weight, minlength=len(nodes)
    )
    kept = 2 * np.bincount(labels[a][inside], weights=graph.weight[inside], minlength=len(nodes))
    found = []
    for label in np.unique(labels).tolist():
        members = np.flatnonzero(labels == label)
        mine = tuple(sorted(users.get(label, [])))
        if len(members) < 2 or len(members) + len(mine) < LEAST_MEMBERS:
            continue
        stability = float(np.mean([_best_jaccard(members, other) for other in again]))
        found.append(
            _Group(
                core=tuple(int(p) for p in nodes[members]),
                users=mine,
                cohesion=float(kept[label] / total[label]) if total[label] > 0 else 0.0,
                stability=stability,
            )
        )
    return found


def _best_jaccard(members: Ints, labels: Ints) -> float:
    """Jaccard overlap with the most similar community of another partition."""
    size = np.bincount(labels, minlength=len(labels))
    mine = np.bincount(labels[members], minlength=len(labels))
    hit = np.flatnonzero(mine)
    return float((mine[hit] / (size[hit] + len(members) - mine[hit])).max())


def _ids(facts: Facts, groups: list[_Group], previous: Previous | None) -> list[str]:
    """Ids of the run before where the core members largely stay (best Jaccard, at least 0.3), else new
    ones.
    """
    names = [frozenset(facts.person_ids[p] for p in g.core) for g in groups]
    ids: list[str | None] = [None] * len(groups)
    pairs = []
    for old, members in sorted((previous.gangs if previous else {}).items()):
        for i, mine in enumerate(names):
            overlap = len(mine & members) / max(len(mine | members), 1)
            if overlap >= 0.3:
                pairs.append((-overlap, old, i))
    used: set[str] = set()
    for _, old, i in sorted(pairs):
        if ids[i] is None and old not in used:
            ids[i] = old
            used.add(old)
    done = []
    for i, given in enumerate(ids):
        fresh = "G" + hashlib.sha256("\n".join(sorted(names[i])).encode()).hexdigest()[:10]
        while given is None and fresh in used:
            fresh = "G" + hashlib.sha256(fresh.encode()).hexdigest()[:10]
        used.add(given or fresh)
        done.append(given or fresh)
    return done


def _also_in(graph: GangGraph, groups: list[_Group], ids: list[str]) -> dict[int, tuple[str, ...]]:
    """Members with at least a quarter of their tie weight, over two ties or more, inside another gang."""
    of = {person: i for i, group_ in enumerate(groups) for person in group_.core}
    weight: dict[int, dict[int, tuple[float, int]]] = {}
    total: dict[int, float] = {}
    for x, y, w in zip(graph.a.tolist(), graph.b.tolist(), graph.weight.tolist(), strict=True):
        for me, other in ((x, y), (y, x)):
            total[me] = total.get(me, 0.0) + w
            if other in of:
                sums = weight.setdefault(me, {})
                old = sums.get(of[other], (0.0, 0))
                sums[of[other]] = (old[0] + w, old[1] + 1)
    found = {}
    for person in sorted(weight):
        others = [
            ids[g]
            for g, (w, k) in weight[person].items()
            if g != of.get(person) and k >= 2 and w >= ALSO * total[person]
        ]
        if others and person in of:
            found[person] = tuple(sorted(others))
    return found


def _gang(view: GangView, gang_id: str, found: _Group, also: dict[int, tuple[str, ...]]) -> Gang:
    members: tuple[Member, ...] = rank_members(view, found.core, found.users, also)
    inside = [
        edge.score for edge in view.graph.supplies if edge.supplier in found.core and edge.buyer in found.core
    ]
    surety = float(np.mean(inside)) if inside else 0.3
    score = surety * (0.5 + 0.25 * found.stability + 0.25 * found.cohesion)
    return Gang(
        gang_id=gang_id,
        score=round(score, 6),
        cohesion=round(found.cohesion, 6),
        stability=round(found.stability, 6),
        members=members,
    )
