"""Other cases below the same upstream: those whose first chain leads up to a person this one leads up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from backend.analysis.cases import causes
from backend.analysis.cases.series import Couple, pairs
from backend.answers.chains import filled
from backend.answers.runs import Run
from backend.answers.series import judged, way_of
from backend.contract.board import BesideCase
from backend.contract.chains import CaseChains, Chain
from backend.judgements.ledger import Judgement
from graph_schema.store import Parameters, Store, Viewer

MOST = 200
"""Cases named beside one chain at most, the surest first."""


def beside_all(
    store: Store, viewer: Viewer, cases: Sequence[CaseChains], total: int
) -> dict[str, list[BesideCase]]:
    """Of each case the others below the same upstream, by the first chain of every case."""
    first = {case["case_no"]: case["chains"][0] for case in cases if case["chains"]}
    return _beside(cases, first, judged(store, viewer), total)


def beside_one(store: Store, viewer: Viewer, run: Run, case: CaseChains, chain: Chain) -> list[BesideCase]:
    """The same of one chain of one case, read by the persons above its start."""
    total = int(store.read(viewer, "case.count")[0]["total"])
    asked: Parameters = {"case_no": case["case_no"], "run": run.run_id}
    keys = [run.key(each["id"]) for each in chain["persons"][1:]]
    others = filled(store, viewer, run, store.read(viewer, "chain.beside", keys=keys, **asked), kept=False)
    first = {case["case_no"]: chain, **{each["case_no"]: each["chains"][0] for each in others}}
    return _beside([case, *others], first, judged(store, viewer), total).get(case["case_no"], [])


def _beside(
    cases: Iterable[CaseChains],
    first: Mapping[str, Chain],
    decided: Mapping[Couple, Judgement],
    total: int,
) -> dict[str, list[BesideCase]]:
    names = {case["case_no"]: case["name"] for case in cases}
    persons = {each["id"]: each for chain in first.values() for each in chain["persons"]}
    ways = [
        causes.WayUp(no, 1, way_of(no, chain).above)
        for no, chain in first.items()
        if chain["status"] != "rejected"
    ]
    shared = pairs(cause for cause in causes.upstream(ways, {}) if cause.says(total))
    found: dict[str, list[BesideCase]] = {}
    for couple, pair in shared.items():
        said = decided.get(couple)
        if said is not None and said.verdict == "rejected":
            continue
        score, cause = pair.causes["upstream"]
        for one, other in (couple, couple[::-1]):
            found.setdefault(one, []).append(
                {
                    "case_no": other,
                    "name": names.get(other),
                    "person": persons[cause.value],
                    "score": round(score, 4),
                    "status": _status(said),
                }
            )
    return {
        no: sorted(others, key=lambda each: (-each["score"], each["case_no"]))[:MOST]
        for no, others in found.items()
    }


def _status(said: Judgement | None) -> Literal["candidate", "confirmed", "unsure"]:
    """What was decided of the two cases; where they are parted they are not beside each other."""
    return cast(Literal["confirmed", "unsure"], said.verdict) if said is not None else "candidate"
