"""From each case upward: the k best, diverse chains with their evidence, the cases they reach, and requests
that would strengthen them.

Definition: a chain's score is a logistic of its chance (product of its steps) and of where it ends: a major
case, another known place, or nobody known. Chains are taken best first, without those that end with the
same person or share most persons with one taken (``alike``).

Reference: J. Carbonell, J. Goldstein, The Use of MMR, Diversity-Based Reranking for Reordering Documents
and Producing Summaries, SIGIR 1998, 335-336; here similarity is a limit, not a penalty.

Cost: ``DRAWN`` paths for each case, ``KEPT`` of them compared.

Against it: the weights of the ends are fitted to invented districts (docs/accuracy.md).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from itertools import islice

from backend.analysis.chains.events import HopEvents
from backend.analysis.chains.evidence_requests import ask_for, open_questions
from backend.analysis.chains.search import Path, alike, search
from backend.analysis.chains.steps import UpwardStep, steps_up
from backend.analysis.correlation.profile import Profiles
from backend.analysis.groups.aliases import grouping
from backend.analysis.model.chains import CaseResult, Chain
from backend.analysis.model.facts import Facts
from backend.analysis.model.gangs import Gang
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.model.supplies import OwnerLink, PayeeLink, SupplyEdge
from backend.analysis.model.weights import Arrival
from graph_schema.arrays import Bools, Ints

KEPT = whole_parameter("chains.ranking.kept")
SHOWN = parameter("chains.ranking.shown")
DRAWN = whole_parameter("chains.ranking.drawn")
FIRM = parameter("chains.ranking.firm")
LIKELY = parameter("chains.ranking.likely")
BEYOND = parameter("chains.ranking.beyond")
TIER_ORDER = {tier: place for place, tier in enumerate(("major", "small", "unknown", "packet"))}


@dataclass(frozen=True)
class ChainView:
    facts: Facts
    people: Profiles
    tiers: list[tuple[str, str]]
    steps: dict[int, tuple[UpwardStep, ...]]
    organisers: dict[int, tuple[str, ...]]  # person → gangs he is the organiser of
    cases_of: dict[int, tuple[int, ...]]
    arrival: Arrival
    same: Ints  # holders that are probably one person
    known: Bools  # on record by facts that may indicate selling, or wanted
    events: HopEvents


def find_chains(
    facts: Facts,
    people: Profiles,
    tiers: list[tuple[str, str]],
    supplies: tuple[SupplyEdge, ...],
    payees: tuple[PayeeLink, ...],
    owners: tuple[OwnerLink, ...],
    gangs: tuple[Gang, ...],
    arrival: Arrival,
) -> tuple[CaseResult, ...]:
    """Chains of every case, in the order of ``facts.cases``; a case without one says what was checked."""
    organisers: dict[int, tuple[str, ...]] = {}
    for gang in gangs:
        for member in gang.members:
            if member.role == "organiser":
                organisers[member.person] = (*organisers.get(member.person, ()), gang.gang_id)
    steps = steps_up(facts, supplies, payees, owners)
    every = (step for mine in steps.values() for step in mine)
    hops = [hop for step in every for each in (step, step.plain) if each is not None for hop in each.hops]
    view = ChainView(
        facts=facts,
        people=people,
        tiers=tiers,
        steps=steps,
        organisers=organisers,
        cases_of={p: cases for p, cases in enumerate(people.cases) if cases},
        arrival=arrival,
        same=grouping(facts, payees),
        known=people.record.may_sell | facts.fugitive,
        events=HopEvents(facts, hops),
    )
    return tuple(_case(view, case) for case in range(len(facts.cases)))


def _case(view: ChainView, case: int) -> CaseResult:
    starts = _starts(view, case)
    until = _time_of(view, case)
    paths = [
        path
        for drawn in islice(search(starts, until, view.steps), DRAWN)
        for path in _ending_where_known(view, drawn)
    ]
    whole = {path.persons for path, sure in paths if sure is None}
    paths = [(path, sure) for path, sure in paths if sure is not None or not _has_extension(path, whole)]
    chosen: list[_End] = []
    for end in sorted((_end(view, case, *path) for path in paths), key=lambda each: each.order):
        if len(chosen) == KEPT:
            break
        if end.score < SHOWN:
            continue
        if not any(alike(end.path, other.path, view.same) for other in chosen):
            chosen.append(end)
    chains = tuple(_chain(view, end, rank) for rank, end in enumerate(chosen, start=1))
    tier, basis = view.tiers[case]
    checked, missing = open_questions(view.facts, view.people, starts, bool(chains))
    return CaseResult(case, tier, basis, chains, checked, missing)


def _starts(view: ChainView, case: int) -> tuple[int, ...]:
    """Persons of the case a chain may begin with: the selling side, else those who hold, use or host."""
    parts = [p for p in view.facts.involvements if p.case == case and p.role != "witness"]
    seized = [s.person for s in view.facts.seizures if s.case == case and s.person >= 0]
    selling = {p.person for p in parts if view.people.dealing[p.person]}
    selling |= {p for p in seized if view.people.dealing[p]}
    others = {p.person for p in parts} | set(seized)
    return tuple(sorted(selling or others))


def _time_of(view: ChainView, case: int) -> int | None:
    """The latest of arrests, seizures and opening: events that began later do not lead to this case."""
    times = [p.arrested_at for p in view.facts.involvements if p.case == case and p.arrested_at is not None]
    times += [s.at for s in view.facts.seizures if s.case == case]
    opened = view.facts.cases[case].opened_at
    if opened is not None:
        times.append(opened)
    return max(times) if times else None


def _ending_where_known(view: ChainView, path: Path) -> list[tuple[Path, Path | None]]:
    """The path up to where it may end; and, where what is beyond is likely enough to be told after it, the whole path with that
    part of it: it ends with somebody of whom nothing is known. Nothing where no part of the path stands.

    It may end at the last person on record for drugs. Somebody of whom nothing is known ends it if a firm step leads to him and
    nobody above the start is on record, or he is paid through another's account: dealers pay their lawyer to his own.
    """
    known = [k for k, step in enumerate(path.steps, 1) if view.known[step.to]]
    firm = [k for k, step in enumerate(path.steps, 1) if step.score >= FIRM and (not known or step.hidden)]
    last = max(known + firm, default=int(path.steps[0].score >= LIKELY))
    if last == len(path.steps):
        return [(path, None)]
    if not last:
        return []
    steps = path.steps[:last]
    sure = Path(
        path.persons[: 1 + sum(len(step.hops) for step in steps)],
        steps,
        math.prod(step.score for step in steps),
    )
    beyond = all(step.score >= BEYOND for step in path.steps[last:])
    return [(sure, None), (path, sure)] if beyond else [(sure, None)]


def _beginning(path: Path, size: int) -> Path:
    """The first ``size`` steps of a path."""
    steps = path.steps[:size]
    persons = path.persons[: 1 + sum(len(step.hops) for step in steps)]
    return Path(persons, steps, math.prod(step.score for step in steps))


def _has_extension(path: Path, others: set[tuple[int, ...]]) -> bool:
    """Another path holds all of this one and leads further."""
    size = len(path.persons)
    return any(len(other) > size and other[:size] == path.persons for other in others)


@dataclass(frozen=True)
class _End:
    """Where a path ends: what it is ordered by among others, and shown for."""

    path: Path
    chain_id: str
    score: float
    reaches: tuple[int, ...]
    fugitives: tuple[int, ...]
    organiser_of: tuple[str, ...]
    beyond: bool  # continues to somebody unknown; listed after the others
    known: bool  # ends with somebody on record, or wanted

    @property
    def order(self) -> tuple[bool, float, bool, int, str]:
        """Many share the score of where they begin: of these, one that ends with somebody on record names him for cause."""
        return self.beyond, -self.score, not self.known, -len(self.path.steps), self.chain_id


def _end(view: ChainView, case: int, path: Path, sure: Path | None) -> _End:
    """Where a path ends; it is no surer than ``sure``, the part of it that stands by itself."""
    reaches = _reaches(view, case, path)
    fugitives = tuple(p for p in path.persons if view.facts.fugitive[p])
    gangs = tuple(sorted({g for p in path.persons for g in view.organisers.get(p, ())}))
    name = "\n".join([view.facts.cases[case].case_no, *(view.facts.person_ids[p] for p in path.persons)])
    score = round(_arrives(view, path, reaches, bool(fugitives or gangs)), 6)
    if sure is None and len(path.steps) > 1:  # it leads at least where its beginning leads
        score = max(score, _end(view, case, _beginning(path, len(path.steps) - 1), None).score)
    return _End(
        path=path,
        chain_id="C" + hashlib.sha256(name.encode()).hexdigest()[:12],
        score=score if sure is None else min(score, _end(view, case, sure, None).score),
        reaches=reaches,
        fugitives=fugitives,
        organiser_of=gangs,
        beyond=sure is not None,
        known=bool(view.known[path.persons[-1]]),
    )


def _chain(view: ChainView, end: _End, rank: int) -> Chain:
    hops = tuple(view.events.filled(hop) for step in end.path.steps for hop in step.hops)
    weakest = min(range(len(hops)), key=lambda i: (hops[i].score, i))
    return Chain(
        chain_id=end.chain_id,
        rank=rank,
        score=end.score,
        strength=hops[weakest].score,
        persons=end.path.persons,
        reaches=end.reaches,
        fugitives=end.fugitives,
        organiser_of=end.organiser_of,
        weakest=weakest,
        hops=hops,
        ask_for=ask_for(view.facts, hops),
    )


def _arrives(view: ChainView, path: Path, reaches: tuple[int, ...], known: bool) -> float:
    """How likely the path leads to the organiser or the major case: by its hops, and by where it ends."""
    w = view.arrival
    chance = min(max(path.chance, 1e-6), 1.0 - 1e-6)
    logit = w.start + w.hops * math.log(chance / (1.0 - chance))
    if any(view.tiers[case][0] == "major" for case in reaches):
        logit += w.major
    elif reaches or known:
        logit += w.known
    return 1.0 / (1.0 + math.exp(-logit))


def _reaches(view: ChainView, case: int, path: Path) -> tuple[int, ...]:
    """Other drug cases of the persons above the start, major ones first."""
    mine = set(view.cases_of.get(path.persons[0], ()))
    found = {
        other
        for person in path.persons[1:]
        for other in view.cases_of.get(person, ())
        if other != case and other not in mine
    }
    return tuple(sorted(found, key=lambda c: (TIER_ORDER.get(view.tiers[c][0], TIER_ORDER["unknown"]), c)))
