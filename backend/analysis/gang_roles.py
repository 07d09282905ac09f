"""Roles and ranks inside one gang candidate, each with its reasons; what removing a member would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.centrality import Centralities, centralities
from backend.analysis.findings import Centrality, Member, PayeeLink, Removal, RunnerLink
from backend.analysis.gang_graph import SELLS, GangGraph
from backend.analysis.inputs import Facts, Floats
from backend.analysis.links import best_principal
from backend.analysis.profile import Profiles

Reasons = list[tuple[str, str]]
CORE_SHARE = 0.5  # a core member has at least this share of the median strength


@dataclass(frozen=True)
class GangView:
    """What roles are judged from."""

    facts: Facts
    people: Profiles
    graph: GangGraph
    payees: tuple[PayeeLink, ...]
    runners: tuple[RunnerLink, ...]


@dataclass(frozen=True)
class _Flow:
    """Supplies among the members: who supplies whom (scores), how many a member's goods may reach, how many
    supply him.
    """

    down: dict[int, dict[int, float]]
    up: dict[int, dict[int, float]]
    reach: dict[int, int]
    sold: dict[int, float]  # expected buyers, users included
    income: dict[int, int]  # fen over all his supplies


def rank_members(
    view: GangView, core: tuple[int, ...], users: tuple[int, ...], also: dict[int, tuple[str, ...]]
) -> tuple[Member, ...]:
    """Members in order of rank: core by leadership, then users by how surely they buy here."""
    flow = _flow(view, core, users)
    numbers = {person: i for i, person in enumerate(core)}
    measures, removal = _measures(view.graph, core, numbers)
    roles = _roles(view, core, flow)
    lead = {p: _leadership(p, roles[p][0], flow, measures, numbers) for p in core}
    order = sorted(core, key=lambda p: (-lead[p], p))
    median = float(np.median(measures.strength)) if len(core) else 0.0
    quadrant = _quadrants(measures)
    members = []
    for rank, person in enumerate(order, start=1):
        i = numbers[person]
        role, reasons = roles[person]
        members.append(
            Member(
                person=person,
                role=role,
                rank=rank,
                score=_surety(view, person, role, flow),
                reasons=tuple(reasons),
                core=bool(measures.strength[i] >= CORE_SHARE * median),
                broker=quadrant[i] == "broker",
                centrality=_centrality(measures, i, flow.reach[person], quadrant[i]),
                removal=removal[i],
                also_in=also.get(person, ()),
                evidence=_rows(view, person, set(core)),
            )
        )
    return tuple(members) + _user_members(view, users, core, len(order))


def _flow(view: GangView, core: tuple[int, ...], users: tuple[int, ...]) -> _Flow:
    inside, known = set(core), set(core) | set(users)
    down: dict[int, dict[int, float]] = {p: {} for p in core}
    up: dict[int, dict[int, float]] = {p: {} for p in core}
    sold, income = dict.fromkeys(core, 0.0), dict.fromkeys(core, 0)
    for edge in view.graph.supplies:
        if edge.supplier in inside and edge.buyer in known:
            sold[edge.supplier] += edge.score
            income[edge.supplier] += edge.fen if edge.score >= SELLS else 0
            if edge.buyer in inside:
                down[edge.supplier][edge.buyer] = edge.score
                up[edge.buyer][edge.supplier] = edge.score
    return _Flow(down, up, {p: _reach(p, down) for p in core}, sold, income)


def _reach(person: int, down: dict[int, dict[int, float]]) -> int:
    seen, stack = {person}, [person]
    while stack:
        for buyer, score in down[stack.pop()].items():
            if score >= SELLS and buyer not in seen:
                seen.add(buyer)
                stack.append(buyer)
    return len(seen) - 1


def _roles(view: GangView, core: tuple[int, ...], flow: _Flow) -> dict[int, tuple[str, Reasons]]:
    """Role and reasons of every core member; at most one organiser, and only above somebody who sells on."""
    payees = best_principal(view.payees)
    runners = {link.runner: link for link in sorted(view.runners, key=lambda r: r.score)}
    found = {p: _role(view, p, flow, payees, runners) for p in core}
    tops = [p for p in core if found[p][0] == "wholesaler" and not _supplied_by(p, flow, found)]
    if tops:
        top = max(tops, key=lambda p: (flow.reach[p], sum(flow.down[p].values()), flow.income[p], -p))
        if flow.reach[top] >= 2 or flow.down[top]:
            reasons: Reasons = [("top", f"{flow.reach[top]}"), *found[top][1]]
            found[top] = ("organiser", reasons)
    return found


def _supplied_by(person: int, flow: _Flow, found: dict[int, tuple[str, Reasons]]) -> bool:
    """Somebody in the gang who himself sells on supplies this person, and not only the other way round as
    well.
    """
    return any(
        score >= SELLS
        and flow.reach[s] > flow.reach[person] - 1
        and found[s][0] == "wholesaler"
        and s not in flow.down[person]
        for s, score in flow.up[person].items()
    )


def _role(
    view: GangView,
    person: int,
    flow: _Flow,
    payees: dict[int, tuple[int, float]],
    runners: dict[int, RunnerLink],
) -> tuple[str, Reasons]:
    sellers = [b for b, score in flow.down[person].items() if score >= SELLS]
    reasons: Reasons = []
    if person in payees and payees[person][1] >= SELLS and not sellers and flow.sold[person] < 2.5:
        principal, score = payees[person]
        return "payee", [("collects_for", view.facts.person_ids[principal]), ("score", f"{score:.2f}")]
    if sellers and (len(sellers) >= 2 or flow.reach[person] >= 2 or not _mostly_users(person, flow, sellers)):
        reasons += [("supplies_sellers", str(len(sellers))), ("income_fen", str(flow.income[person]))]
        return "wholesaler", reasons
    if flow.sold[person] >= 1.0:
        return "retailer", [("buyers", f"{flow.sold[person]:.1f}"), ("income_fen", str(flow.income[person]))]
    if person in runners and runners[person].score >= SELLS:
        return "runner", [("called_around_sales", str(runners[person].count))]
    return _role_of_record(view, person)


def _mostly_users(person: int, flow: _Flow, sellers: list[int]) -> bool:
    """Sells to many users and to one other seller: a retailer who helps out (串货), not a wholesaler."""
    return flow.sold[person] >= 4 * len(sellers)


def _role_of_record(view: GangView, person: int) -> tuple[str, Reasons]:
    recorded = {p.role for p in view.facts.involvements if p.person == person}
    if "carrying" in recorded:
        return "runner", [("recorded", "carrying")]
    if "laundering" in recorded:
        return "payee", [("recorded", "laundering")]
    if recorded & {"dealing", "making"}:
        return "retailer", [("recorded", "dealing")]
    return "unknown", []


def _leadership(
    person: int, role: str, flow: _Flow, measures: Centralities, numbers: dict[int, int]
) -> float:
    """Orders members: how far his goods reach counts most, then what he collects and where he stands."""
    between = measures.betweenness[numbers[person]] / max(float(measures.betweenness.max(initial=0.0)), 1.0)
    top = {"organiser": 3.0, "wholesaler": 1.5, "retailer": 0.5}.get(role, 0.0)
    expected = sum(flow.down[person].values())
    return float(
        top
        + np.log2(1 + flow.reach[person])
        + 0.3 * np.log2(1 + expected)
        + 0.1 * np.log10(1 + flow.income[person])
        + 0.3 * between
    )


def _surety(view: GangView, person: int, role: str, flow: _Flow) -> float:
    """How surely this member belongs here with this role: from his strongest links."""
    links = [*flow.up[person].values(), *flow.down[person].values()]
    links += [p.score for p in view.payees if person in (p.payee, p.principal)]
    links += [r.score for r in view.runners if person in (r.runner, r.seller)]
    if role == "unknown":
        return round(0.5 * max(links, default=0.3), 6)
    return round(max(links, default=0.3), 6)


def _measures(
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
    """Connected parts of the rest by union-find."""
    parent = list(range(n))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for x, y in zip(a, b, strict=True):
        if gone not in (x, y):
            parent[root(x)] = root(y)
    sizes: dict[int, int] = {}
    for x in range(n):
        if x != gone:
            sizes[root(x)] = sizes.get(root(x), 0) + 1
    rest = n - 1
    pairs = rest * (rest - 1) / 2
    joined = sum(s * (s - 1) / 2 for s in sizes.values())
    return Removal(
        parts=len(sizes),
        largest=max(sizes.values(), default=0),
        fragmentation=round(1 - joined / pairs, 6) if pairs else 0.0,
        supply_lost=round(min(lost, 1.0), 6),
    )


def _quadrants(measures: Centralities) -> list[str]:
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


def _centrality(measures: Centralities, i: int, reach: int, quadrant: str) -> Centrality:
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


def _rows(view: GangView, person: int, inside: set[int]) -> tuple[str, ...]:
    """Rows of his strongest supply, payee or runner link inside the gang."""
    linked: list[tuple[float, tuple[str, ...]]] = [
        (edge.score, edge.evidence)
        for edge in view.graph.supplies
        if person in (edge.supplier, edge.buyer) and edge.evidence
    ]
    linked += [(p.score, p.evidence) for p in view.payees if person in (p.payee, p.principal)]
    linked += [(r.score, r.evidence) for r in view.runners if person in (r.runner, r.seller)]
    del inside
    return max(linked, key=lambda link: link[0])[1] if linked else ()


def _user_members(
    view: GangView, users: tuple[int, ...], core: tuple[int, ...], after: int
) -> tuple[Member, ...]:
    inside = set(core)
    bought = {u: [(s, p) for s, p in view.graph.users[u] if s in inside] for u in users}
    order = sorted(users, key=lambda u: (-max(p for _, p in bought[u]), u))
    members = []
    for rank, user in enumerate(order, start=after + 1):
        sellers = sorted(bought[user], key=lambda link: (-link[1], link[0]))
        reasons: Reasons = [("buys_from", view.facts.person_ids[seller]) for seller, _ in sellers[:3]]
        if view.facts.registered_user[user]:
            reasons.append(("registered_user", ""))
        members.append(
            Member(
                user,
                "user",
                rank,
                round(sellers[0][1], 6),
                tuple(reasons),
                False,
                False,
                None,
                None,
                (),
                _rows(view, user, inside),
            )
        )
    return tuple(members)
