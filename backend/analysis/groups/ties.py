"""Drug-relevant ties between possible gang members, and the people who only buy from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.arrays.grouping import group
from backend.analysis.correlation.profile import Profiles
from backend.analysis.correlation.seizure_marks import carriers, strength
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import LotLink, PayeeLink, RunnerLink, SupplyEdge
from graph_schema.arrays import Bools, Floats, Ints

SUPPLY_LEAST = parameter("groups.ties.supply_least")
SELLS = parameter("groups.ties.sells")
PAYS = parameter("groups.ties.pays")
CO_CASE = parameter("groups.ties.co_case")
SAME_BATCH = parameter("groups.ties.same_batch")
MOST_TOGETHER = whole_parameter("groups.ties.most_together")
SENT = parameter("groups.ties.sent")
BULK = parameter("groups.ties.bulk")
PAYEE_BUYER = parameter("groups.ties.payee_buyer")
USUAL_EDGES = whole_parameter("groups.ties.usual_edges")
MOST_TIE = parameter("groups.ties.most_tie")


@dataclass(frozen=True)
class GangGraph:
    """Undirected weighted ties a < b between core persons; users are kept aside with their sellers."""

    n: int
    a: Ints
    b: Ints
    weight: Floats
    core: Bools
    supplies: tuple[SupplyEdge, ...]  # score >= SUPPLY_LEAST
    users: dict[int, tuple[tuple[int, float], ...]]  # user → (seller, score)
    lots: tuple[LotLink, ...]  # of pairs without such a supply


def gang_graph(
    facts: Facts,
    people: Profiles,
    supplies: tuple[SupplyEdge, ...],
    payees: tuple[PayeeLink, ...],
    runners: tuple[RunnerLink, ...],
    lots: tuple[LotLink, ...],
) -> GangGraph:
    """Ties from supplies, payees, runners, lots paid, co-arrest on the selling side, and shared batches."""
    n = len(facts.person_ids)
    strong = tuple(edge for edge in supplies if edge.score >= SUPPLY_LEAST)
    core = people.dealing & ~facts.platform
    for edge in strong:
        if edge.score >= SELLS:
            core[edge.supplier] = True
    for edge in _bulk(strong):
        core[edge.buyer] = True
    doubt: dict[tuple[int, int], float] = {}
    for link in payees:
        core[link.principal] |= link.score >= SELLS
        pair = link.payee, link.principal
        doubt[pair] = doubt.get(pair, 1.0) * (1.0 - link.score)  # several buyers are independent witnesses
        core[link.payee] |= doubt[pair] <= 1.0 - PAYS
    for runner in runners:
        core[runner.runner] |= runner.score >= SELLS and runner.sent >= SENT
    supplied = {(edge.supplier, edge.buyer) for edge in strong}
    lots = tuple(lot for lot in lots if (lot.dealer, lot.buyer) not in supplied)
    for lot in lots:
        core[lot.buyer] |= ~facts.platform[lot.buyer]
    ties = [(e.supplier, e.buyer, e.score) for e in strong if core[e.supplier] and core[e.buyer]]
    ties += [(p.payee, p.principal, p.score) for p in payees]
    ties += [(p.payee, p.buyer, PAYEE_BUYER * p.score) for p in payees]
    ties += [(r.runner, r.seller, r.score) for r in runners]
    ties += [(lot.buyer, lot.dealer, lot.score) for lot in lots]
    ties += _co_cases(facts, people)
    ties += _batches(facts)
    a, b, weight = _merge(ties, core, n)
    users: dict[int, list[tuple[int, float]]] = {}
    for edge in strong:
        if not core[edge.buyer]:
            users.setdefault(edge.buyer, []).append((edge.supplier, edge.score))
    return GangGraph(n, a, b, weight, core, strong, {u: tuple(s) for u, s in sorted(users.items())}, lots)


def _bulk(edges: tuple[SupplyEdge, ...]) -> list[SupplyEdge]:
    """Sure supplies of whole lots: the buyer sells on, even if no sale is on record."""
    usual = usual_payment(edges)
    return [edge for edge in edges if edge.count >= 2 and usual and edge.fen / edge.count >= BULK * usual]


def usual_payment(edges: tuple[SupplyEdge, ...]) -> float:
    """The usual retail price in fen: median over edges of the mean payment, for sales to users are by far the most; 0 where
    there are too few to tell.
    """
    means = [edge.fen / edge.count for edge in edges if edge.count >= 2]
    return float(np.median(means)) if len(means) >= USUAL_EDGES else 0.0


def selling_together(facts: Facts, people: Profiles) -> dict[int, set[int]]:
    """Case → the persons on the selling side of it."""
    together: dict[int, set[int]] = {}
    for part in facts.involvements:
        if people.dealing[part.person] and part.role != "witness":
            together.setdefault(part.case, set()).add(part.person)
    return together


def _co_cases(facts: Facts, people: Profiles) -> list[tuple[int, int, float]]:
    together = selling_together(facts, people)
    return [
        (x, y, CO_CASE)
        for case in sorted(together)
        if len(together[case]) <= MOST_TOGETHER
        for x in sorted(together[case])
        for y in sorted(together[case])
        if x < y
    ]


def _batches(facts: Facts) -> list[tuple[int, int, float]]:
    """The holders of one batch; a batch found with many says less about each pair."""
    found = []
    for _, holders in sorted(carriers(facts, "batch").items()):
        mine = sorted(holders)
        if weight := SAME_BATCH * strength(len(mine)):
            found += [(x, y, weight) for x in mine for y in mine if x < y]
    return found


def _merge(ties: list[tuple[int, int, float]], core: Bools, n: int) -> tuple[Ints, Ints, Floats]:
    """Adds up ties per pair inside the core, at most ``MOST_TIE`` each."""
    kept = [(min(a, b), max(a, b), w) for a, b, w in ties if a != b and core[a] and core[b]]
    if not kept:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    low = np.array([t[0] for t in kept], dtype=np.int64)
    high = np.array([t[1] for t in kept], dtype=np.int64)
    pairs = group(low * n + high)
    weight = np.minimum(pairs.sum(np.array([t[2] for t in kept])), MOST_TIE)
    return pairs.keys // n, pairs.keys % n, np.asarray(np.round(weight, 9), dtype=np.float64)
