"""串并案: which cases belong together, by the features they share (clustering).

Definition: a shared feature counts by its rarity (``causes``). Features of one kind repeat the same
information, so only the strongest of a kind counts; different kinds are treated as independent (noisy-or).
A series is not a transitive closure: groups are joined by the *mean* score of all pairs between them, the
strongest first, and pairs without a shared feature count as 0. So a case attached by one weak link, or two
series with one case between them, stay apart; the case is named as a possible member. Judgements always
hold.

References: average linkage (UPGMA): R. R. Sokal, C. D. Michener, A Statistical Method for Evaluating
Systematic Relationships, University of Kansas Science Bulletin 38, 1958, 1409-1438; judged pairs are the
must-links and cannot-links of K. Wagstaff, C. Cardie, Clustering with Instance-Level Constraints, ICML
2000, 1103-1110. The weakest link of a series is that of its maximum spanning tree: J. B. Kruskal, Proc.
American Mathematical Society 7(1), 1956, 48-50.

Cost: O(p log p) for p pairs of cases that share a feature, times the neighbours of each joined group.

Against it: joined groups are never separated again, so an early mistake stays until somebody judges it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

from backend.analysis.model.parameters import parameter, whole_parameter

JOIN = parameter("cases.series.join")
PERHAPS = parameter("cases.series.perhaps")
MOST_CASES = whole_parameter("cases.series.most_cases")
COMMON = parameter("cases.series.common")
FROM = whole_parameter("cases.series.common_from")

Couple = tuple[str, str]


@dataclass(frozen=True)
class Cause:
    """A feature several cases share: how surely each case has it (0 to 1), and how much sharing it says (0 to 1)."""

    basis: str
    value: str
    cases: Mapping[str, float]
    weight: float
    people: int | None = None  # people who have it, recorded in a case or not
    evidence: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Its weight for the two cases that have it most surely."""
        return self.weight * prod(sorted(self.cases.values())[-2:])

    def says(self, total: int) -> bool:
        """Whether it has any weight: it is rare among people and not shared by too many cases."""
        most = COMMON * total if total >= FROM else total
        return self.weight > 0 and len(self.cases) <= min(most, MOST_CASES)


@dataclass(frozen=True)
class CasePair:
    """Two cases, the probability that they belong together, and the strongest feature of each kind with its weight."""

    one: str
    other: str
    score: float
    causes: Mapping[str, tuple[float, Cause]] = field(default_factory=dict)

    @property
    def bases(self) -> list[str]:
        """Kinds of cause, the strongest first."""
        return sorted(self.causes, key=lambda basis: (-self.causes[basis][0], basis))


@dataclass(frozen=True)
class Series:
    """Cases that belong together, the weakest link that holds them, and possible further cases, each by one link."""

    cases: tuple[str, ...]
    score: float  # mean of all its pairs
    weakest: CasePair
    perhaps: tuple[CasePair, ...]  # ``one`` is in the series


def pairs(causes: Iterable[Cause]) -> dict[Couple, CasePair]:
    """All pairs of cases that share a feature."""
    best: dict[Couple, dict[str, tuple[float, Cause]]] = defaultdict(dict)
    for cause in causes:
        for one, other in combinations(sorted(cause.cases), 2):
            score = cause.weight * cause.cases[one] * cause.cases[other]
            if score > best[one, other].get(cause.basis, (0.0, cause))[0]:
                best[one, other][cause.basis] = (score, cause)
    return {
        couple: CasePair(*couple, 1.0 - prod(1.0 - score for score, _ in found.values()), found)
        for couple, found in best.items()
        if found
    }


def find_series(
    found: Mapping[Couple, CasePair], together: Iterable[Couple] = (), apart: Iterable[Couple] = ()
) -> list[Series]:
    """Series, the largest first. Cases judged ``together`` are in one series whatever they share; two cases
    judged ``apart`` are never in one.
    """
    judged, parted = {_couple(*each) for each in together}, {_couple(*each) for each in apart}
    known = {couple: pair for couple, pair in found.items() if couple not in parted}
    for couple in judged - parted:
        known[couple] = CasePair(*couple, 1.0, known[couple].causes if couple in known else {})
    groups = _grouped(known, judged - parted, parted)
    place = {case: n for n, group in enumerate(groups) for case in group}
    perhaps = _perhaps(known, place)
    series = []
    for n, group in enumerate(groups):
        inside = [known[couple] for couple in combinations(group, 2) if couple in known]
        mean = sum(pair.score for pair in inside) / (len(group) * (len(group) - 1) / 2)
        series.append(Series(tuple(group), mean, _weakest(inside), tuple(perhaps.get(n, ()))))
    return sorted(series, key=lambda each: (-len(each.cases), each.cases))


def _couple(one: str, other: str) -> Couple:
    return (one, other) if one < other else (other, one)


class _Groups:
    """Groups of cases, with the summed score between each two groups."""

    def __init__(self, known: Mapping[Couple, CasePair], parted: Iterable[Couple]) -> None:
        self.members: dict[str, list[str]] = {}
        self.shared: dict[str, dict[str, float]] = defaultdict(dict)
        self._parted: dict[str, set[str]] = defaultdict(set)
        self._of: dict[str, str] = {}
        for (one, other), pair in known.items():
            self.shared[one][other] = self.shared[other][one] = pair.score
        for case in list(self.shared):
            self.members[case], self._of[case] = [case], case
        for one, other in parted:
            self._parted[one].add(other)
            self._parted[other].add(one)

    def of(self, case: str) -> str:
        return self._of[case]

    def mean(self, one: str, other: str) -> float:
        """Mean score of all pairs between two groups; below zero if a judgement separates one of them."""
        if any(self._parted[case].intersection(self.members[other]) for case in self.members[one]):
            return -1.0
        return self.shared[one].get(other, 0.0) / (len(self.members[one]) * len(self.members[other]))

    def join(self, one: str, other: str) -> str:
        """The group of both, under the smaller name."""
        kept, gone = _couple(one, other)
        for case in self.members[gone]:
            self._of[case] = kept
        self.members[kept] += self.members.pop(gone)
        for neighbour, shared in self.shared.pop(gone).items():
            del self.shared[neighbour][gone]
            if neighbour != kept:
                self.shared[kept][neighbour] = self.shared[kept].get(neighbour, 0.0) + shared
                self.shared[neighbour][kept] = self.shared[kept][neighbour]
        return kept


def _grouped(
    known: Mapping[Couple, CasePair], judged: Iterable[Couple], parted: Iterable[Couple]
) -> list[list[str]]:
    groups = _Groups(known, parted)
    for one, other in sorted(judged):
        ends = groups.of(one), groups.of(other)
        if ends[0] != ends[1] and groups.mean(*ends) >= 0:
            groups.join(*ends)
    heap = [
        (-groups.mean(one, other), one, other)
        for one, beside in groups.shared.items()
        for other in beside
        if one < other and groups.mean(one, other) >= JOIN
    ]
    heapq.heapify(heap)
    while heap:
        mean, one, other = heapq.heappop(heap)
        gone = one not in groups.members or other not in groups.members
        if gone or groups.mean(one, other) != -mean:
            continue  # one of them has been joined meanwhile
        kept = groups.join(one, other)
        for neighbour in groups.shared[kept]:
            if (now := groups.mean(kept, neighbour)) >= JOIN:
                heapq.heappush(heap, (-now, *_couple(kept, neighbour)))
    return [sorted(group) for group in groups.members.values() if len(group) > 1]


def _weakest(inside: list[CasePair]) -> CasePair:
    """The weakest of the links that hold a series: of its spanning tree of strongest links."""
    root: dict[str, str] = {}

    def top(case: str) -> str:
        while root.setdefault(case, case) != case:
            case = root[case]
        return case

    weakest = inside[0]
    for pair in sorted(inside, key=lambda each: (-each.score, each.one, each.other)):
        ends = top(pair.one), top(pair.other)
        if ends[0] != ends[1]:
            root[ends[0]] = ends[1]
            weakest = pair
    return weakest


def _perhaps(known: Mapping[Couple, CasePair], place: Mapping[str, int]) -> dict[int, list[CasePair]]:
    """Cases in no series that share something with one, by their strongest link with it."""
    best: dict[tuple[int, str], CasePair] = {}
    for pair in known.values():
        for inside, outside in ((pair.one, pair.other), (pair.other, pair.one)):
            if inside in place and outside not in place and pair.score >= PERHAPS:
                key = place[inside], outside
                if key not in best or pair.score > best[key].score:
                    best[key] = CasePair(inside, outside, pair.score, pair.causes)
    found: dict[int, list[CasePair]] = defaultdict(list)
    for (n, _), pair in sorted(best.items(), key=lambda each: (-each[1].score, each[0])):
        found[n].append(pair)
    return found
