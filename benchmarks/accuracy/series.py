"""Series of cases from a run's results, and how right they are: pairs within a series, pairs found, unrelated cases in one.

The same causes and the same joining as ``upline series``; handsets and code words, which only the graph has, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import numpy as np

from backend.analysis.cases import causes
from backend.analysis.cases.series import COMMON, Cause, find_series, pairs
from backend.analysis.model.facts import Facts
from backend.analysis.model.results import Results
from backend.analysis.model.supplies import SupplyEdge
from backend.demo.truth import Truth

THRESHOLD = 0.5
LEAST_PAYMENTS = 2
OTHER = ("witness", "other")
Couples = set[tuple[str, str]]


def series_of(facts: Facts, results: Results) -> list[list[str]]:
    """The cases of each series."""
    total = len(facts.cases)
    kept = [cause for cause in causes_of(facts, results) if cause.says(total)]
    return [list(each.cases) for each in find_series(pairs(kept))]


def causes_of(facts: Facts, results: Results) -> list[Cause]:
    """Everything cases have in common, as the answer reads it from the graph."""
    counted = {each.person: each.counted_as for each in results.counted if each.number is None}
    dealing = _dealing(facts, counted)
    edges = [(str(edge.supplier), str(edge.buyer), edge.score) for edge in _likely(results)]
    return [
        *causes.persons(dealing),
        *causes.upstream(ways(facts, results), dealing),
        *causes.suppliers(edges, dealing),
        *causes.marks("batch", _marks(facts, "batch")),
        *causes.marks("packaging", _marks(facts, "packaging")),
        *causes.accounts(_accounts(facts, results, dealing, counted)),
    ]


def ways(facts: Facts, results: Results) -> list[causes.WayUp]:
    """Chains as the causes take them."""
    return [
        causes.WayUp(
            facts.cases[case.case].case_no,
            chain.rank,
            causes.led_up(
                [(str(hop.start), str(hop.end), hop.score) for hop in chain.hops], map(str, chain.persons)
            ),
        )
        for case in results.cases
        for chain in case.chains
    ]


def _dealing(facts: Facts, counted: dict[int, int]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part in facts.involvements:
        if part.role not in OTHER:
            found[str(counted.get(part.person, part.person))].add(facts.cases[part.case].case_no)
    return {person: frozenset(cases) for person, cases in found.items()}


def _marks(facts: Facts, kind: str) -> list[causes.SharedMark]:
    cases, people = defaultdict[str, set[str]](set), defaultdict[str, set[int]](set)
    for n, seizure in enumerate(facts.seizures):
        mark = seizure.batch if kind == "batch" else seizure.packaging
        if mark:
            cases[mark].add(facts.cases[seizure.case].case_no)
            people[mark].add(seizure.person if seizure.person >= 0 else -1 - n)
    return [causes.SharedMark(mark, frozenset(cases[mark]), len(people[mark])) for mark in cases]


def _accounts(
    facts: Facts, results: Results, dealing: dict[str, frozenset[str]], counted: dict[int, int]
) -> list[causes.SharedMark]:
    """Accounts paid by people of several cases, with what is known of who holds them."""
    sells = {str(edge.supplier) for edge in _likely(results)}
    paid = facts.payments
    payers: dict[str, set[int]] = defaultdict(set)
    times: dict[tuple[str, str], int] = defaultdict(int)
    owned: set[str] = set()
    for event in np.flatnonzero(~paid.service & ~facts.platform[paid.b]).tolist():
        account = paid.b_ref[event]
        payer, payee = (counted.get(end, end) for end in (int(paid.a[event]), int(paid.b[event])))
        payers[account].add(payer)
        if facts.registered_user[payee] or str(payee) in dealing or str(payee) in sells:
            owned.add(account)
        for case in dealing.get(str(payer), ()):
            times[account, case] += 1
    cases: dict[str, set[str]] = defaultdict(set)
    for (account, case), count in times.items():
        if count >= LEAST_PAYMENTS:
            cases[account].add(case)
    return [
        causes.SharedMark(account, frozenset(among), len(payers[account]), account in owned)
        for account, among in cases.items()
        if len(among) > 1
    ]


def _likely(results: Results) -> list[SupplyEdge]:
    return [edge for edge in results.supplies if edge.score >= THRESHOLD]


def plain_rule(facts: Facts, results: Results) -> Couples:
    """Beside it: two cases whose first chains share a person above the start."""
    above: dict[str, set[str]] = defaultdict(set)
    for way in ways(facts, results):
        if way.rank == 1:
            for person in way.above:
                above[person].add(way.case)
    total = len(facts.cases)
    return {
        couple
        for cases in above.values()
        if len(cases) <= COMMON * total
        for couple in combinations(sorted(cases), 2)
    }


def series_figures(truth: Truth, found: Iterable[Iterable[str]]) -> dict[str, float | None]:
    """How right groups of cases are, by the organisation each case belongs to."""
    of = {case.case_no: case.organisation for case in truth.cases}
    packet = {case.case_no for case in truth.cases if case.kind == "packet"}
    claimed = {couple for group in found for couple in combinations(sorted(group), 2)}
    true = {
        (one, other)
        for one, other in combinations(sorted(of), 2)
        if of[one] is not None and of[one] == of[other]
    }
    wanted = {couple for couple in true if packet & set(couple)}
    unrelated = {no for no, organisation in of.items() if organisation is None}
    inside = {case for couple in claimed for case in couple}
    return {
        "series_pairs_right": len(claimed & true) / len(claimed) if claimed else None,
        "series_pairs_found": len(claimed & wanted) / len(wanted) if wanted else None,
        "unrelated_in_series": len(unrelated & inside) / len(unrelated) if unrelated else None,
    }
