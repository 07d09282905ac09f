"""Series of cases 串并案: what several cases have in common, what each link says and why; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from backend.analysis.arrays.unionfind import roots
from backend.analysis.cases import causes
from backend.analysis.cases.series import CasePair, Cause, Couple, Series, find_series, pairs
from backend.answers.chains import filled, no_case
from backend.answers.people import people
from backend.answers.runs import Run, bounds, on_run
from backend.answers.series_words import ORDER, why
from backend.answers.supplies import THRESHOLD
from backend.contract import series as contract
from backend.contract.chains import Chain
from backend.contract.person import Person
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.overlay import Overlay, told
from backend.security.audited import audited
from graph_schema.dictionaries.loader import load
from graph_schema.store import Props, Row, Store, Viewer

HUB = 2_000
"""Payments into one account beyond which it is a shop or a service, not a link between cases."""
LEAST_PAYMENTS = 2
MOST_MESSAGES = 50_000
MOST_CASES = 5_000
RANKS = 5
TIMEOUT = 60.0
_EVIDENCE = 20

DecidedPairs = Mapping[Couple, Judgement]


@audited("series", "case_no")
@on_run
def series(store: Store, viewer: Viewer, run: Run, case_no: str | None = None) -> contract.Series:
    """Links between cases with their scores, and the series they make; see ``backend.analysis.cases.series``.

    With ``case_no`` only links and series of that case. Links without weight, or of too many cases, stand in ``left_out``.
    Raises ``NotFound`` for an unknown case.
    """
    if case_no is not None and not store.read(viewer, "case.one", case_no=case_no, run=run.run_id):
        raise no_case()
    total = int(store.read(viewer, "case.count")[0]["total"])
    found = _causes(store, viewer, run)
    links = [cause for cause in found if cause.says(total)]
    decided = judged(store, viewer)
    shared = pairs(links)
    groups = find_series(shared, _with(decided, "confirmed"), _with(decided, "rejected"))
    if case_no is not None:
        found = [cause for cause in found if case_no in cause.cases]
        groups = [group for group in groups if case_no in _all_cases(group)]
    named = people(store, viewer, run, (cause.value for cause in found if cause.basis in _PERSONS))
    return {
        "links": _links((cause for cause in found if cause.says(total)), named),
        "series": [_series(group, shared, decided) for group in groups],
        "left_out": _links((cause for cause in found if not cause.says(total)), named),
        "judged": [_judged(couple, entry) for couple, entry in sorted(decided.items())],
        "run": run.name,
    }


_PERSONS = ("person", "upstream", "supplier")


def judged(store: Store, viewer: Viewer) -> dict[Couple, Judgement]:
    """What is decided about two cases, of those the viewer may see."""
    found: dict[Couple, Judgement] = {}
    for about, entry in ledger.current(store, viewer, "series").items():
        one, other = sorted(reference.partition(":")[2] for reference in about)
        if viewer.cases is None or {one, other} <= set(viewer.cases):
            found[one, other] = entry
    return found


def _with(decided: DecidedPairs, verdict: str) -> list[Couple]:
    return [couple for couple, entry in decided.items() if entry.verdict == verdict]


def _all_cases(group: Series) -> set[str]:
    return {*group.cases, *(pair.other for pair in group.perhaps)}


# -- what is read --------------------------------------------------------------------------------


def _causes(store: Store, viewer: Viewer, run: Run) -> list[Cause]:
    def ask(query: str, **asked: Any) -> list[Row]:  # parameters of any query
        return store.read(viewer, query, timeout=TIMEOUT, **asked)

    in_cases = {row["person"]: row for row in ask("series.persons", run=run.run_id)}
    dealing = {person: frozenset(row["cases"]) for person, row in in_cases.items()}
    overlay = Overlay.read(store, viewer)
    edges = [
        (row["supplier"], row["buyer"], row["score"])
        for row in ask("series.suppliers", buyers=[run.key(each) for each in dealing], min_score=THRESHOLD)
        if overlay.supply_status(row["supplier"], row["buyer"]) != "rejected"
    ]
    words = sorted({entry.value for entry in load("code_words") if str(entry.extra.get("use")) != "3"})
    money = {"run": run.run_id, "prefix": run.prefix, "hub": HUB, "least": LEAST_PAYMENTS}
    asked_words = {"run": run.run_id, "words": words, "limit": MOST_MESSAGES}
    chains, rows = _ways(store, viewer, run)
    for person, row in in_cases.items():
        rows.setdefault(person, []).extend(_flat(row["evidence"]))
    found = [
        *causes.persons(dealing),
        *causes.upstream(chains, dealing),
        *causes.suppliers(edges, dealing),
        *causes.marks("batch", _shared(ask("series.seizures", labels={"property": "batch"}))),
        *causes.marks("packaging", _shared(ask("series.seizures", labels={"property": "packaging"}))),
        *causes.marks("handset", _shared(ask("series.handsets", run=run.run_id))),
        *causes.accounts(_shared(ask("series.accounts", min_score=THRESHOLD, **money))),
        *causes.marks("code_word", _shared(ask("series.words", **asked_words))),
    ]
    return [_proven(cause, rows) for cause in found]


def _ways(store: Store, viewer: Viewer, run: Run) -> tuple[list[causes.WayUp], dict[str, list[str]]]:
    """Chains nobody rejected, and the rows of the hops that lead up to each person."""
    rows = store.read(viewer, "chain.page", run=run.run_id, k=RANKS, timeout=120.0, **bounds(MOST_CASES))
    ways, evidence = [], dict[str, list[str]]()
    for case in filled(store, viewer, run, rows, kept=False):
        for chain in case["chains"]:
            if chain["status"] == "rejected":
                continue
            ways.append(way_of(case["case_no"], chain))
            for hop in chain["hops"]:
                evidence.setdefault(hop["to"], []).extend(hop["evidence"][:3])
    return ways, evidence


def way_of(case_no: str, chain: Chain) -> causes.WayUp:
    """A chain of the contract as the causes take it."""
    hops = [(hop["from"], hop["to"], hop["score"]) for hop in chain["hops"]]
    return causes.WayUp(
        case_no, chain["rank"] or 1, causes.led_up(hops, (each["id"] for each in chain["persons"]))
    )


def _shared(rows: Iterable[Props]) -> list[causes.SharedMark]:
    return [
        causes.SharedMark(
            str(row["value"]),
            frozenset(row["cases"]),
            row["people"],
            bool(row.get("owned")),
            tuple(_flat(row["evidence"])),
        )
        for row in rows
    ]


def _flat(values: object) -> list[str]:
    if isinstance(values, str):
        return [values]
    return [each for value in values for each in _flat(value)] if isinstance(values, list | tuple) else []


def _proven(cause: Cause, rows: Mapping[str, list[str]]) -> Cause:
    """The cause with the rows of the person it is, where it is one."""
    if cause.basis not in _PERSONS:
        return cause
    return Cause(cause.basis, cause.value, cause.cases, cause.weight, None, tuple(rows.get(cause.value, ())))


# -- what is said --------------------------------------------------------------------------------


def _links(found: Iterable[Cause], named: Mapping[str, Person]) -> list[contract.CaseLink]:
    links: list[contract.CaseLink] = [
        {
            "basis": _basis(cause.basis),
            "value": cause.value,
            "person": named.get(cause.value) if cause.basis in _PERSONS else None,
            "cases": sorted(cause.cases),
            "score": round(cause.score, 4),
            "why": why(cause, named.get(cause.value)),
            "evidence": list(dict.fromkeys(cause.evidence))[:_EVIDENCE],
        }
        for cause in found
    ]
    links.sort(key=lambda link: (-link["score"], ORDER.index(link["basis"]), link["value"]))
    return links


def _series(group: Series, shared: Mapping[Couple, CasePair], decided: DecidedPairs) -> contract.OneSeries:
    inside = set(group.cases)
    held = [pair for couple, pair in shared.items() if inside.issuperset(couple)]
    sure = roots(couple for couple in _with(decided, "confirmed") if inside.issuperset(couple))
    confirmed = inside == set(sure) and len(set(sure.values())) == 1
    return {
        "cases": list(group.cases),
        "bases": _bases(sorted({basis for pair in held for basis in pair.causes}, key=ORDER.index)),
        "score": round(group.score, 4),
        "status": "confirmed" if confirmed else "candidate",
        "weakest": _pair(group.weakest),
        "perhaps": [
            {
                "case_no": pair.other,
                "with": pair.one,
                "score": round(pair.score, 4),
                "bases": _bases(pair.bases),
            }
            for pair in group.perhaps
        ],
    }


def _basis(name: str) -> contract.Basis:
    return cast(contract.Basis, name)  # the analysis knows no other


def _bases(names: Iterable[str]) -> list[contract.Basis]:
    return [_basis(each) for each in names]


def _pair(pair: CasePair) -> contract.CasePair:
    return {
        "cases": sorted((pair.one, pair.other)),
        "score": round(pair.score, 4),
        "bases": _bases(pair.bases),
    }


def _judged(couple: Couple, entry: Judgement) -> contract.JudgedPair:
    verdict = cast(
        Literal["confirmed", "rejected", "unsure"], entry.verdict
    )  # two cases are judged by no other
    return {"cases": list(couple), "verdict": verdict, "review": told(entry)}
