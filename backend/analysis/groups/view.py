"""What roles are judged from: a gang's links, and the flow of goods inside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from backend.analysis.correlation.profile import Profiles
from backend.analysis.groups.ties import SELLS, GangGraph, usual_payment
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter
from backend.analysis.model.supplies import LotLink, PayeeLink, RunnerLink
from graph_schema.arrays import Ints

Tie = tuple[float, int, tuple[str, ...]]  # score, the other end, rows
LOT = parameter("groups.view.lot")


@dataclass(frozen=True)
class GangView:
    """What roles are judged from."""

    facts: Facts
    people: Profiles
    tiers: list[tuple[str, str]]  # of each case, as it is ranked, and what that rests on
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
        return {
            part.person
            for part in self.facts.involvements
            if part.role == "dealing" and self.tiers[part.case][0] in ("packet", "small")
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
class Flow:
    """Supplies among the members: who supplies whom (scores), how many a member's goods may reach, how many
    supply him.
    """

    down: dict[int, dict[int, float]]
    up: dict[int, dict[int, float]]
    reach: dict[int, int]
    sold: dict[int, float]  # expected buyers, users included
    income: dict[int, int]  # fen over all his supplies
    lots: dict[int, set[int]]  # buyers, who sell themselves, by lots they pay for
    main: dict[
        int, int
    ]  # buyer → which of those who probably supply him he pays most; both as in ``cluster``
    cluster: dict[
        int, int
    ]  # member → the number he shares with what is probably himself; ends of down and up


def flow_of(view: GangView, core: tuple[int, ...], users: tuple[int, ...]) -> Flow:
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
    paid: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for edge in view.graph.supplies:
        if edge.supplier not in inside or edge.buyer not in known or one[edge.supplier] == one[edge.buyer]:
            continue
        supplier, buyer = one[edge.supplier], one[edge.buyer]
        bought[supplier][buyer] = max(bought[supplier].get(buyer, 0.0), edge.score)
        income[supplier] += edge.fen if edge.score >= SELLS else 0
        if edge.score >= SELLS:
            paid[buyer][supplier] += edge.fen
        if edge.score >= SELLS and edge.count and edge.fen / edge.count >= LOT * usual:
            lots[supplier].add(buyer)
        if edge.buyer in inside:
            down[supplier][buyer] = max(down[supplier].get(buyer, 0.0), edge.score)
            up[buyer][supplier] = max(up[buyer].get(supplier, 0.0), edge.score)
    reach = {g: _reach(g, down) for g in groups}
    sold = {g: sum(scores.values()) for g, scores in bought.items()}
    return Flow(
        down={p: down[one[p]] for p in core},
        up={p: up[one[p]] for p in core},
        reach={p: reach[one[p]] for p in core},
        sold={p: sold[one[p]] for p in core},
        income={p: income[one[p]] for p in core},
        lots={p: lots[one[p]] for p in core},
        main={buyer: max(his, key=lambda s: (his[s], -s)) for buyer, his in paid.items()},
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
