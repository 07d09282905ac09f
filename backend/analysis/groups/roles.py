"""Roles and ranks inside one gang candidate, each with its reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backend.analysis.cases.tiers import case_tiers, ranked_tiers
from backend.analysis.correlation.identifiers import numbers_only
from backend.analysis.correlation.profile import Profiles
from backend.analysis.groups.measures import centrality_of, member_measures, quadrants
from backend.analysis.groups.ties import PAYS, SELLS, SENT, GangGraph, usual_payment
from backend.analysis.groups.unsettled import BY_REASON, way
from backend.analysis.model.facts import Facts, Ints
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.results import LotLink, Member, PayeeLink, Payer, RunnerLink, SupplyEdge
from backend.analysis.network.centrality import Centralities
from backend.analysis.supply.intermediaries import best_principal

Reasons = list[tuple[str, str]]
Tie = tuple[float, int, tuple[str, ...]]  # score, the other end, rows
FIRM = parameter("groups.roles.firm")
LOT = parameter("groups.roles.lot")
FLAT = whole_parameter("groups.roles.flat")
WITNESSES = whole_parameter("groups.roles.witnesses")
TIED = parameter("groups.roles.tied")
CORE_SHARE = parameter("groups.roles.core_share")
PAYEE_SALES = parameter("groups.roles.payee_sales")
PAYEE_UNKNOWN = parameter("groups.roles.payee_unknown")
TO_SELLERS = parameter("groups.roles.to_sellers")
ROLE_POINTS = {
    "organiser": parameter("groups.roles.organiser_points"),
    "wholesaler": parameter("groups.roles.wholesaler_points"),
    "retailer": parameter("groups.roles.retailer_points"),
}
BUYERS_POINTS = parameter("groups.roles.buyers_points")
INCOME_POINTS = parameter("groups.roles.income_points")
BETWEEN_POINTS = parameter("groups.roles.between_points")
UNSEEN = parameter("groups.roles.unseen")
UNKNOWN_SHARE = parameter("groups.roles.unknown_share")
NAMED_SELLERS = whole_parameter("groups.roles.named_sellers")


@dataclass(frozen=True)
class GangView:
    """What roles are judged from."""

    facts: Facts
    people: Profiles
    graph: GangGraph
    payees: tuple[PayeeLink, ...]
    runners: tuple[RunnerLink, ...]
    same: Ints  # holders that are probably one person share a number (see aliases)

    @cached_property
    def ties(self) -> dict[int, list[Tie]]:
        """Of each person the supply, payee and runner links he is an end of."""
        links = [(edge.score, edge.supplier, edge.buyer, edge.evidence) for edge in self.graph.supplies]
        links += [(p.score, p.payee, p.principal, p.evidence) for p in self.payees]
        links += [(p.score, p.payee, p.buyer, p.evidence) for p in self.payees]
        links += [(r.score, r.runner, r.seller, r.evidence) for r in self.runners]
        links += [(lot.score, lot.buyer, lot.dealer, lot.evidence) for lot in self.graph.lots]
        found: dict[int, list[Tie]] = defaultdict(list)
        for score, one, other, rows in links:
            found[one].append((score, other, rows))
            found[other].append((score, one, rows))
        return found

    @cached_property
    def street(self) -> set[int]:
        """Persons recorded with selling in a case of packets or another small one."""
        tiers = [tier for tier, _ in ranked_tiers(self.facts, case_tiers(self.facts))]
        return {
            part.person
            for part in self.facts.involvements
            if part.role == "dealing" and tiers[part.case] in ("packet", "small")
        }

    @cached_property
    def recorded(self) -> dict[int, set[str]]:
        """Of each person the parts he is recorded with in cases."""
        found: dict[int, set[str]] = defaultdict(set)
        for part in self.facts.involvements:
            found[part.person].add(part.role)
        return found

    @cached_property
    def lots(self) -> dict[int, list[LotLink]]:
        """By buyer."""
        found: dict[int, list[LotLink]] = defaultdict(list)
        for lot in self.graph.lots:
            found[lot.buyer].append(lot)
        return found


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
    lots: dict[int, set[int]]  # buyers, who sell themselves, by lots they pay for
    cluster: dict[
        int, int
    ]  # member → the number he shares with what is probably himself; ends of down and up


def rank_members(
    view: GangView, core: tuple[int, ...], buyers: tuple[int, ...], also: dict[int, tuple[str, ...]]
) -> tuple[tuple[Member, ...], tuple[Payer, ...]]:
    """Members in order of rank, core by leadership, then users by how surely they buy here; and the payers of whom no fact about
    drugs is known, who are no members.
    """
    flow = _flow(view, core, buyers)
    numbers = {person: i for i, person in enumerate(core)}
    measures = member_measures(view.graph, core, numbers)
    roles = _roles(view, core, flow)
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


def _ranked(core: tuple[int, ...], lead: dict[int, float], flow: _Flow) -> list[int]:
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


def _flow(view: GangView, core: tuple[int, ...], users: tuple[int, ...]) -> _Flow:
    """Sums over all holders that are probably one person; every holder is then given the sums of his
    group.
    """
    inside, known = set(core), set(core) | set(users)
    one = {p: int(view.same[p]) for p in known}
    groups = {one[p] for p in core}
    down: dict[int, dict[int, float]] = {g: {} for g in groups}
    up: dict[int, dict[int, float]] = {g: {} for g in groups}
    bought: dict[int, dict[int, float]] = {g: {} for g in groups}
    lots: dict[int, set[int]] = {g: set() for g in groups}
    usual = usual_payment(view.graph.supplies)
    income = dict.fromkeys(groups, 0)
    for edge in view.graph.supplies:
        if edge.supplier not in inside or edge.buyer not in known or one[edge.supplier] == one[edge.buyer]:
            continue
        supplier, buyer = one[edge.supplier], one[edge.buyer]
        bought[supplier][buyer] = max(bought[supplier].get(buyer, 0.0), edge.score)
        income[supplier] += edge.fen if edge.score >= SELLS else 0
        if edge.score >= SELLS and edge.count and edge.fen / edge.count >= LOT * usual:
            lots[supplier].add(buyer)
        if edge.buyer in inside:
            down[supplier][buyer] = max(down[supplier].get(buyer, 0.0), edge.score)
            up[buyer][supplier] = max(up[buyer].get(supplier, 0.0), edge.score)
    reach = {g: _reach(g, down) for g in groups}
    sold = {g: sum(scores.values()) for g, scores in bought.items()}
    return _Flow(
        down={p: down[one[p]] for p in core},
        up={p: up[one[p]] for p in core},
        reach={p: reach[one[p]] for p in core},
        sold={p: sold[one[p]] for p in core},
        income={p: income[one[p]] for p in core},
        lots={p: lots[one[p]] for p in core},
        cluster={p: one[p] for p in core},
    )


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
        if _is_organiser(view, top, flow, found):
            reasons: Reasons = [("top", f"{flow.reach[top]}"), *found[top][1]]
            found[top] = ("organiser", reasons)
    return found


def _is_organiser(view: GangView, top: int, flow: _Flow, found: dict[int, tuple[str, Reasons]]) -> bool:
    """He supplies somebody who sells to sellers; or reaches ``FLAT`` members and nobody likely supplies him. Whoever supplies a
    few sellers and nothing more may be the organiser's wholesaler, who is not seen.
    """
    below = {flow.cluster[p] for p, (role, _) in found.items() if role == "wholesaler"}
    if any(score >= SELLS and buyer in below for buyer, score in flow.down[top].items()):
        return True
    return flow.reach[top] >= FLAT and not any(edge.buyer == top for edge in view.graph.supplies)


def _supplied_by(person: int, flow: _Flow, found: dict[int, tuple[str, Reasons]]) -> bool:
    """Somebody in the gang who sells to sellers supplies this person, and not just the other way round."""
    selling = {flow.cluster[p]: flow.reach[p] for p in found if found[p][0] == "wholesaler"}
    return any(
        score >= SELLS
        and selling.get(supplier, -1) >= flow.reach[person]
        and supplier not in flow.down[person]
        for supplier, score in flow.up[person].items()
    )


def _role(
    view: GangView,
    person: int,
    flow: _Flow,
    payees: dict[int, tuple[int, float]],
    runners: dict[int, RunnerLink],
) -> tuple[str, Reasons]:
    sellers = [b for b, score in flow.down[person].items() if score >= SELLS and b in flow.lots[person]]
    reasons: Reasons = []
    sure = PAYS if view.people.record.standing[person] else PAYEE_UNKNOWN
    if person in payees and payees[person][1] >= sure and not sellers and flow.sold[person] < PAYEE_SALES:
        principal, score = payees[person]
        if not view.people.dealing[principal] and numbers_only(view.facts.refs[principal]):
            return "unknown", [
                ("may_be_one_hand", view.facts.person_ids[principal]),
                ("score", f"{score:.2f}"),
                ("unsettled", "number_user"),
            ]
        return "payee", [("collects_for", view.facts.person_ids[principal]), ("score", f"{score:.2f}")]
    above = not _mostly_users(person, flow)
    if sellers and above and _corroborated(view, person, flow):
        reasons += [("supplies_sellers", str(len(sellers))), ("income_fen", str(flow.income[person]))]
        return "wholesaler", reasons
    retail = flow.sold[person] >= 1.0 and not (sellers and above)
    if retail and (view.people.record.standing[person] or _corroborated(view, person, flow)):
        return "retailer", [("buyers", f"{flow.sold[person]:.1f}"), ("income_fen", str(flow.income[person]))]
    if person in runners and runners[person].score >= SELLS:
        link = runners[person]
        if link.sent >= SENT:
            return "runner", [("called_around_sales", str(link.count))]
        if not view.recorded.get(person) and view.people.record.standing[person]:
            return "user", [("calls_around_sales", str(link.count))]
    role, reasons = _role_of_record(view, person, flow)
    if role == "unknown":
        open_way = BY_REASON.get(reasons[0][0]) if reasons else None
        reasons = [
            *reasons,
            ("unsettled", open_way or _unsettled(view, person, flow, bool(sellers and above))),
        ]
    return role, reasons


def _unsettled(view: GangView, person: int, flow: _Flow, supplies_sellers: bool) -> str:
    """In which way his role is unknown, so that it can be said what would settle it."""
    here = flow.cluster  # links to members alone: others are not told of
    return way(
        person,
        supplies_sellers=supplies_sellers,
        sold=flow.sold[person],
        buys=bool(flow.up[person]) or any(lot.dealer in here for lot in view.lots.get(person, ())),
        tied=any(other in here for _, other, _ in view.ties.get(person, ())),
        same_hand=sum(one == here[person] for one in here.values()) > 1,
        payees=[link for link in view.payees if link.payee in here and link.principal in here],
        runners=[link for link in view.runners if link.runner in here and link.seller in here],
        rings=SELLS,
    )


def _corroborated(view: GangView, person: int, flow: _Flow) -> bool:
    """He is recorded as dealing or wanted, supplies one seller surely, or two sellers on record probably: else the role is a
    guess.
    """
    standing = view.people.record.standing
    mine = [p for p, one in flow.cluster.items() if one == flow.cluster[person]]
    known = {flow.cluster.get(p, p) for p in np.flatnonzero(standing).tolist()}
    witnesses = sum(score >= SELLS and b in known for b, score in flow.down[person].items())
    firm = max(flow.down[person].values(), default=0.0) >= FIRM
    known_himself = view.people.dealing[mine].any() or view.facts.fugitive[mine].any()
    return bool(known_himself) or firm or witnesses >= WITNESSES


def _mostly_users(person: int, flow: _Flow) -> bool:
    """Most of those he sells to do not sell on: a retailer, who helps other sellers out (串货), and no wholesaler."""
    return sum(flow.down[person].values()) < TO_SELLERS * flow.sold[person]


def _role_of_record(view: GangView, person: int, flow: _Flow) -> tuple[str, Reasons]:
    recorded = view.recorded.get(person, set())
    if "carrying" in recorded:
        return "runner", [("recorded", "carrying")]
    if "laundering" in recorded:
        return "payee", [("recorded", "laundering")]
    if recorded & {"dealing", "making"}:  # at which level a large case does not say
        return "retailer" if person in view.street else "unknown", [("recorded", "dealing")]
    lots = [lot for lot in view.lots.get(person, ()) if lot.dealer in flow.cluster]
    if lots:
        most = max(lots, key=lambda lot: (lot.days, -lot.dealer))
        return "unknown", [  # a payee who hands the money on pays in lots too
            ("pays_in_lots", view.facts.person_ids[most.dealer]),
            ("on_days", str(most.days)),
        ]
    return "unknown", _membership_reasons(view, person, flow)


def _membership_reasons(view: GangView, person: int, flow: _Flow) -> Reasons:
    """Why somebody without a role stands in the gang: a member he is tied to, or who is probably himself."""
    tied = [(-score, other) for score, other, _ in view.ties.get(person, ()) if other in flow.cluster]
    if tied:
        return [("tied_to", view.facts.person_ids[min(tied)[1]])]
    himself = [
        other for other, one in flow.cluster.items() if one == flow.cluster[person] and other != person
    ]
    return [("same_hand", view.facts.person_ids[min(himself)])] if himself else []


def _leadership(
    person: int, role: str, flow: _Flow, measures: Centralities, numbers: dict[int, int]
) -> float:
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


def _surety(view: GangView, person: int, role: str, flow: _Flow) -> float:
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
