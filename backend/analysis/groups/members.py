"""Members of one gang candidate in order of rank, and the payers who are none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from backend.analysis.groups.measures import centrality_of, member_measures, quadrants
from backend.analysis.groups.roles import Reasons, roles_of
from backend.analysis.groups.view import Flow, GangView, flow_of
from backend.analysis.model.gangs import Member, Payer
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import SupplyEdge
from backend.analysis.network.centrality import Centralities

TIED = parameter("groups.members.tied")
CORE_SHARE = parameter("groups.members.core_share")
ROLE_POINTS = {
    "organiser": parameter("groups.members.organiser_points"),
    "wholesaler": parameter("groups.members.wholesaler_points"),
    "retailer": parameter("groups.members.retailer_points"),
}
BUYERS_POINTS = parameter("groups.members.buyers_points")
INCOME_POINTS = parameter("groups.members.income_points")
BETWEEN_POINTS = parameter("groups.members.between_points")
UNSEEN = parameter("groups.members.unseen")
UNKNOWN_SHARE = parameter("groups.members.unknown_share")
NAMED_SELLERS = whole_parameter("groups.members.named_sellers")


def rank_members(
    view: GangView, core: tuple[int, ...], buyers: tuple[int, ...], also: dict[int, tuple[str, ...]]
) -> tuple[tuple[Member, ...], tuple[Payer, ...]]:
    """Members in order of rank, core by leadership, then users by how surely they buy here; and the payers of whom no fact about
    drugs is known, who are no members.
    """
    flow = flow_of(view, core, buyers)
    numbers = {person: i for i, person in enumerate(core)}
    measures = member_measures(view.graph, core, numbers)
    roles = roles_of(view, core, flow)
    lead = {p: _leadership(p, roles[p][0], flow, measures, numbers) for p in core}
    order = _ranked(core, lead, flow)
    median = float(np.median(measures.strength)) if len(core) else 0.0
    quadrant = quadrants(measures)
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
                centrality=centrality_of(measures, i, flow.reach[person], quadrant[i]),
                also_in=also.get(person, ()),
                evidence=_rows(view, person),
            )
        )
    unsupported = {m.person for m in members if _unsupported(view, m)}
    kept = [m for m in members if m.person not in unsupported]
    kept = [
        replace(m, rank=rank, reasons=_without_ties_to(m.reasons, unsupported, view))
        for rank, m in enumerate(kept, start=1)
    ]
    using = tuple(b for b in buyers if view.people.record.standing[b])
    payers = _payers(view, {*buyers, *unsupported} - {*using}, {m.person for m in kept})
    return (*kept, *_user_members(view, using, core, len(kept))), payers


def _without_ties_to(
    reasons: tuple[tuple[str, str], ...], gone: set[int], view: GangView
) -> tuple[tuple[str, str], ...]:
    """Reasons but for ties to those who are no members after all."""
    names = {view.facts.person_ids[person] for person in gone}
    return tuple(each for each in reasons if each[0] not in ("tied_to", "same_hand") or each[1] not in names)


def _unsupported(view: GangView, member: Member) -> bool:
    """Neither a fact nor a role nor a sure link holds him in the gang."""
    if member.role != "unknown" or view.people.record.standing[member.person]:
        return False
    return max((score for score, _, _ in view.ties.get(member.person, ())), default=0.0) < TIED


def _payers(view: GangView, people: set[int], sellers: set[int]) -> tuple[Payer, ...]:
    """Whom each of them pays most surely; the surest first."""
    best: dict[int, SupplyEdge] = {}
    for edge in view.graph.supplies:
        if edge.buyer in people and edge.supplier in sellers:
            known = best.get(edge.buyer)
            if known is None or (-edge.score, edge.supplier) < (-known.score, known.supplier):
                best[edge.buyer] = edge
    found = [Payer(p, edge.supplier, edge.score, edge.evidence) for p, edge in best.items()]
    return tuple(sorted(found, key=lambda payer: (-payer.score, payer.person)))


def _ranked(core: tuple[int, ...], lead: dict[int, float], flow: Flow) -> list[int]:
    """By leadership; of several holders that are probably one person the first keeps his place, others
    follow later.
    """
    order = sorted(core, key=lambda p: (-lead[p], p))
    seen: set[int] = set()
    first: list[int] = []
    later: list[int] = []
    for person in order:
        (later if flow.cluster[person] in seen else first).append(person)
        seen.add(flow.cluster[person])
    return first + later


def _leadership(person: int, role: str, flow: Flow, measures: Centralities, numbers: dict[int, int]) -> float:
    """Orders members: how far his goods reach counts most, then what he collects and where he stands."""
    between = measures.betweenness[numbers[person]] / max(float(measures.betweenness.max(initial=0.0)), 1.0)
    top = ROLE_POINTS.get(role, 0.0)
    expected = sum(flow.down[person].values())
    return float(
        top
        + np.log2(1 + flow.reach[person])
        + BUYERS_POINTS * np.log2(1 + expected)
        + INCOME_POINTS * np.log10(1 + flow.income[person])
        + BETWEEN_POINTS * between
    )


def _surety(view: GangView, person: int, role: str, flow: Flow) -> float:
    """How surely this member belongs here with this role: from his strongest links."""
    links = [*flow.up[person].values(), *flow.down[person].values()]
    links += [p.score for p in view.payees if person in (p.payee, p.principal)]
    links += [r.score for r in view.runners if person in (r.runner, r.seller)]
    if role == "unknown":
        return round(UNKNOWN_SHARE * max(links, default=UNSEEN), 6)
    return round(max(links, default=UNSEEN), 6)


def _rows(view: GangView, person: int) -> tuple[str, ...]:
    """Rows of his strongest supply, payee or runner link."""
    linked = [(score, rows) for score, _, rows in view.ties.get(person, ()) if rows]
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
        reasons: Reasons = [
            ("buys_from", view.facts.person_ids[seller]) for seller, _ in sellers[:NAMED_SELLERS]
        ]
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
                (),
                _rows(view, user),
            )
        )
    return tuple(members)
