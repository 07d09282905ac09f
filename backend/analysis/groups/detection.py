"""Gang candidates: communities of the core, users added to their sellers, roles, ranks, stability, stable ids.

Definition: communities of ``network.communities`` over the ties of persons who sell or help; holders that
are one person go together. A gang keeps the id of the gang of the run before with which its members overlap
most (Jaccard), the most alike first.

Reference for the ids: D. Greene, D. Doyle, P. Cunningham, Tracking the Evolution of Communities in Dynamic
Social Networks, ASONAM 2010, 176-183.

Cost: that of the communities; ids take every old gang against every new one.

Against it: a gang that splits keeps its id on one side only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.grouping import group
from backend.analysis.correlation.profile import Profiles
from backend.analysis.groups.aliases import grouping
from backend.analysis.groups.members import rank_members
from backend.analysis.groups.ties import MOST_TIE, GangGraph
from backend.analysis.groups.view import GangView
from backend.analysis.model.facts import Facts
from backend.analysis.model.gangs import Cut, Gang, Previous
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import PayeeLink, RunnerLink
from backend.analysis.network.communities import SWEEP, most_together, partition, stability
from graph_schema.arrays import Floats, Ints

LEAST_MEMBERS = whole_parameter("groups.detection.least_members")
ALSO = parameter("groups.detection.also")
SAME_GANG = parameter("groups.detection.same_gang")
UNSEEN = parameter("groups.detection.unseen")
BASE_SHARE = parameter("groups.detection.base_share")
STABILITY_SHARE = parameter("groups.detection.stability_share")
COHESION_SHARE = parameter("groups.detection.cohesion_share")


@dataclass(frozen=True)
class _Group:
    core: tuple[int, ...]
    users: tuple[int, ...]
    cohesion: float
    stability: float


def find_gangs(
    facts: Facts,
    people: Profiles,
    tiers: list[tuple[str, str]],
    graph: GangGraph,
    payees: tuple[PayeeLink, ...],
    runners: tuple[RunnerLink, ...],
    seed: int,
    previous: Previous | None,
) -> tuple[tuple[Gang, ...], Cut | None]:
    """All gang candidates, best first, and how they were cut; ``tiers`` of the cases as they are ranked."""
    if not len(graph.a):
        return (), None
    labels, steady, cut = _communities(graph, grouping(facts, payees), seed)
    groups = _groups(graph, labels, steady)
    ids = _ids(facts, groups, previous)
    also = _also_in(graph, groups, ids)
    view = GangView(facts, people, tiers, graph, payees, runners, grouping(facts, payees, with_payees=False))
    gangs = [_gang(view, ids[i], group_, also) for i, group_ in enumerate(groups)]
    gangs.sort(key=lambda gang: (-gang.score, gang.gang_id))
    return tuple(gangs), cut


def _communities(graph: GangGraph, same: Ints, seed: int) -> tuple[Ints, Floats, Cut]:
    """Community of every person (-1 outside the core) and its stability; holders that are one person go
    together.
    """
    ends_a, ends_b = same[graph.a], same[graph.b]
    between = ends_a != ends_b
    low, high = np.minimum(ends_a, ends_b)[between], np.maximum(ends_a, ends_b)[between]
    pairs = group(low * graph.n + high)
    weight = np.minimum(pairs.sum(graph.weight[between]), MOST_TIE)
    present = np.unique(np.concatenate([graph.a, graph.b]))
    nodes = np.unique(same[present])
    a, b = np.searchsorted(nodes, pairs.keys // graph.n), np.searchsorted(nodes, pairs.keys % graph.n)
    found, resolution, largest = partition(len(nodes), a, b, weight, seed)
    steady = stability(len(nodes), a, b, weight, found, resolution, seed)
    labels, firm = np.full(graph.n, -1, dtype=np.int64), np.zeros(graph.n)
    at = np.searchsorted(nodes, same[present])
    labels[present], firm[present] = nodes[found[at]], steady[at]
    return labels, firm, Cut(resolution, SWEEP, largest, most_together(len(nodes)))


def _groups(graph: GangGraph, labels: Ints, steady: Floats) -> list[_Group]:
    """Communities with at least ``LEAST_MEMBERS``, users counted, at least two of them no users."""
    users = _users(graph, labels)
    inside = labels[graph.a] == labels[graph.b]
    total = np.bincount(labels[graph.a], weights=graph.weight, minlength=graph.n)
    total += np.bincount(labels[graph.b], weights=graph.weight, minlength=graph.n)
    kept = 2 * np.bincount(labels[graph.a][inside], weights=graph.weight[inside], minlength=graph.n)
    core = group(labels)
    found = []
    for i, label in enumerate(core.keys.tolist()):
        members = core.rows(i)
        mine = tuple(sorted(users.get(label, [])))
        if label < 0 or len(members) < 2 or len(members) + len(mine) < LEAST_MEMBERS:
            continue
        found.append(
            _Group(
                core=tuple(int(p) for p in members),
                users=mine,
                cohesion=float(kept[label] / total[label]) if total[label] > 0 else 0.0,
                stability=float(steady[members].mean()),
            )
        )
    return found


def _users(graph: GangGraph, labels: Ints) -> dict[int, list[int]]:
    """Users by the community from which they buy most."""
    found: dict[int, list[int]] = {}
    for user, sellers in graph.users.items():
        weight: dict[int, float] = {}
        for seller, score in sellers:
            if labels[seller] >= 0:
                weight[int(labels[seller])] = weight.get(int(labels[seller]), 0.0) + score
        if weight:
            found.setdefault(max(weight, key=lambda label: (weight[label], -label)), []).append(user)
    return found


def _ids(facts: Facts, groups: list[_Group], previous: Previous | None) -> list[str]:
    """Ids of the former run where most core members stay (best Jaccard, ``SAME_GANG`` or more), else new ids."""
    names = [frozenset(facts.person_ids[p] for p in g.core) for g in groups]
    whole = [names[i] | {facts.person_ids[p] for p in g.users} for i, g in enumerate(groups)]
    ids: list[str | None] = [None] * len(groups)
    pairs = []
    for old, members in sorted((previous.gangs if previous else {}).items()):
        for i, mine in enumerate(names):
            overlap = max(_overlap(mine, members), _overlap(whole[i], members))
            if overlap >= SAME_GANG:
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


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Jaccard index, with and without the users, because either list of members may have been stored."""
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _also_in(graph: GangGraph, groups: list[_Group], ids: list[str]) -> dict[int, tuple[str, ...]]:
    """Members with at least ``ALSO`` of their tie weight, over two ties or more, inside another gang."""
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
    members, payers = rank_members(view, found.core, found.users, also)
    inside = [
        edge.score for edge in view.graph.supplies if edge.supplier in found.core and edge.buyer in found.core
    ]
    surety = float(np.mean(inside)) if inside else UNSEEN
    score = surety * (BASE_SHARE + STABILITY_SHARE * found.stability + COHESION_SHARE * found.cohesion)
    return Gang(
        gang_id=gang_id,
        score=round(score, 6),
        cohesion=round(found.cohesion, 6),
        stability=round(found.stability, 6),
        members=members,
        payers=payers,
    )
