"""How right a run is on a small world: the figures squads care about, against the world's own truth."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.analysis.model.results import Results
from tests.backend.analysis.worlds import World

HEAD = 3


@dataclass
class Figures:
    organiser: list[bool]
    major: list[bool]
    wrong: list[bool]
    first: list[bool]
    in_three: list[bool]
    found: int
    right: int
    true: int
    gangs: list[bool]
    top: list[bool]
    supply: list[tuple[float, bool]]
    chain: list[tuple[float, bool]]
    payees: Counter[str]


def visible(world: World) -> set[tuple[int, int]]:
    """True supplies with at least four delivered payments, three of them within three hours of a delivered
    call.

    Or four to the supplier's own account. Payments to a third-name account count for its principal.
    """
    facts = world.facts
    calls: dict[tuple[int, int], list[int]] = {}
    for a, b, at in zip(facts.calls.a, facts.calls.b, facts.calls.at, strict=True):
        pair = (world.who[a], world.who[b])
        calls.setdefault((min(pair), max(pair)), []).append(int(at))
    times = {pair: np.sort(np.array(at)) for pair, at in calls.items()}
    near: Counter[tuple[int, int]] = Counter()
    total: Counter[tuple[int, int]] = Counter()
    own: Counter[tuple[int, int]] = Counter()
    for a, b, at in zip(facts.payments.a, facts.payments.b, facts.payments.at, strict=True):
        buyer, payee = world.who[a], world.who[b]
        seller = world.payees.get(payee, payee)
        if (seller, buyer) not in world.supplies:
            continue
        total[seller, buyer] += 1
        own[seller, buyer] += seller == payee
        at_calls = times.get((min(seller, buyer), max(seller, buyer)))
        if at_calls is not None and np.abs(at_calls - at).min() <= 3 * 3_600_000:
            near[seller, buyer] += 1
    return {p for p in total if total[p] >= 4 and (near[p] >= 3 or own[p] >= 4)}


def judge(world: World, results: Results) -> Figures:
    """All figures of one world."""
    who, shown = world.who, visible(world)
    fig = Figures([], [], [], [], [], 0, 0, 0, [], [], [], [], Counter())
    _supplies(world, results, fig)
    reach = _reachable(world, shown)
    for result in results.cases:
        if result.case not in world.packet_cases:
            continue
        gang = world.packet_cases[result.case]
        head = result.chains[:HEAD]
        persons = {who[p] for chain in head for p in chain.persons[:8]}
        cases = {c for chain in head for c in chain.reaches}
        for chain in result.chains:
            fig.chain.append((chain.score, _true_chain(world, chain.persons)))
        if gang < 0:
            fig.wrong.append(bool(cases))
            continue
        seller = world.arrested[result.case][0]
        if world.organisers[gang] in reach[seller]:
            fig.organiser.append(world.organisers[gang] in persons)
        majors = world.major_of.get(gang, set())
        boss_of = {c: {who[i.person] for i in world.facts.involvements if i.case == c} for c in majors}
        shown_majors = {c for c, bosses in boss_of.items() if bosses & reach[seller]}
        if shown_majors:
            fig.major.append(bool(shown_majors & cases))
    _gangs(world, results, fig)
    return fig


def _true_chain(world: World, persons: Sequence[int]) -> bool:
    """Every step goes from a buyer to his supplier, or through the supplier's payee (or another id of the
    same person).
    """
    true = [world.who[p] for p in persons]
    true = [world.payees.get(p, p) for p in true]
    steps = [(a, b) for a, b in itertools.pairwise(true) if a != b]
    return all((b, a) in world.supplies for a, b in steps)


def _reachable(world: World, shown: set[tuple[int, int]]) -> dict[int, set[int]]:
    found = {}
    for sellers in world.arrested.values():
        for start in sellers:
            seen, stack = {start}, [start]
            while stack:
                person = stack.pop()
                for supplier in world.upline.get(person, []):
                    if (supplier, person) in shown and supplier not in seen:
                        seen.add(supplier)
                        stack.append(supplier)
            found[start] = seen
    return found


def _supplies(world: World, results: Results, fig: Figures) -> None:
    who = world.who
    best: dict[tuple[int, int], float] = {}
    for edge in results.supplies:
        pair = (who[edge.supplier], who[edge.buyer])
        if pair[0] != pair[1]:
            best[pair] = max(best.get(pair, 0.0), edge.score)
        fig.supply.append((edge.score, pair in world.supplies))
    above = {pair for pair, score in best.items() if score >= 0.5}
    true = visible(world)
    fig.found, fig.right, fig.true = len(above), len(above & world.supplies), len(true)
    fig.payees["hit"] = len(above & true)
    for sellers in world.arrested.values():
        for seller in sellers:
            mine = sorted((p for p in best if p[1] == seller), key=lambda p: -best[p])
            real = set(world.upline.get(seller, []))
            if not any((s, seller) in true for s in real):
                continue
            fig.first.append(bool(mine) and mine[0][0] in real)
            fig.in_three.append(any(p[0] in real for p in mine[:3]))


def _gangs(world: World, results: Results, fig: Figures) -> None:
    who = world.who
    seen = {who[k] for k in range(len(who))}
    found = []
    for gang in results.gangs:
        members = {who[m.person] for m in gang.members if m.role != "user"} - world.users
        lead = [who[m.person] for m in gang.members if m.role != "user"]
        found.append((members, list(dict.fromkeys(lead))[:3]))
    for truth, organiser in zip(world.gangs, world.organisers, strict=True):
        real = truth & seen
        if len(real) < 3 or not any(s in real for s in (x for v in world.arrested.values() for x in v)):
            continue
        overlaps = [len(real & m) / max(len(real | m), 1) for m, _ in found]
        best = int(np.argmax(overlaps)) if overlaps else -1
        hit = bool(overlaps) and overlaps[best] >= 0.5
        fig.gangs.append(hit)
        if organiser in seen:
            fig.top.append(hit and organiser in found[best][1])


def calibration(pairs: list[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins, scores from 0.05."""
    if not pairs:
        return 0.0
    score = np.array([p for p, _ in pairs])
    true = np.array([t for _, t in pairs], dtype=float)
    bins = np.minimum((score * 10).astype(int), 9)
    return float(
        sum(
            abs(score[bins == b].mean() - true[bins == b].mean()) * (bins == b).mean()
            for b in np.unique(bins)
        )
    )
