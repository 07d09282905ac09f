"""Chains from a case upward, every hop with its evidence, what it reaches and what would strengthen it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backend.answers.runs import EVERYTHING, Run, bounds, on_run
from backend.answers.shape import Answer, parsed, person, time_text, unknown_person
from backend.security.audited import audited
from backend.security.errors import Both
from graph_schema.errors import NotFound
from graph_schema.store import Store, Viewer


@audited("chains")
@on_run
def chains(
    store: Store, viewer: Viewer, run: Run, *, k: int | None = None, limit: int | None = None, skip: int = 0
) -> Answer:
    """Every case with its chains (at most ``k`` of each), also the cases with none."""
    total = store.read(viewer, "case.count")[0]["total"]
    asked: dict[str, Any] = {"run": run.run_id, "k": EVERYTHING if k is None else k}
    rows = store.read(viewer, "chain.page", timeout=120.0, **asked, **bounds(limit, skip))
    return {"cases": filled(store, viewer, run, rows), "total": total, "run": run.name}


@audited("chain", "case_no")
@on_run
def case_chains(store: Store, viewer: Viewer, run: Run, case_no: str, *, k: int = 3) -> Answer:
    """The chains of one case, best first, in the shape of ``chains``; ``NotFound`` for an unknown case."""
    asked: dict[str, Any] = {"run": run.run_id, "k": k}
    rows = store.read(viewer, "chain.case", case_no=case_no, **asked)
    if not rows:
        raise no_case()
    return {"cases": filled(store, viewer, run, rows), "run": run.name}


def no_case() -> NotFound:
    """One and the same refusal for a case that is not there and one the viewer may not see."""
    return NotFound(Both("没有这个案件，或您无权查看。", "There is no such case, or it is not yours to see."))


def filled(store: Store, viewer: Viewer, run: Run, rows: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """Rows of a chain query as cases of the contract, person ids replaced by persons."""
    cases = [
        {
            "case_no": row["case_no"],
            "name": row["name"],
            "tier": row["tier"] or "unknown",
            "chains": [_chain(props, viewer) for props in row["chains"]],
        }
        for row in rows
    ]
    wanted = {each for case in cases for chain in case["chains"] for each in chain["persons"]}
    known = people(store, viewer, run, wanted)
    for case in cases:
        for chain in case["chains"]:
            chain["persons"] = [known.get(each) or unknown_person(each) for each in chain["persons"]]
    return cases


def people(store: Store, viewer: Viewer, run: Run, ids: Iterable[str]) -> dict[str, Answer]:
    """Persons of a run by id."""
    wanted = sorted(set(ids))
    rows = store.read(viewer, "person.some", ids=wanted, prefix=run.prefix) if wanted else []
    return {row["id"]: person(row) for row in rows}


def _chain(props: Mapping[str, Any], viewer: Viewer) -> Answer:
    """A chain node: what the analysis wrote, with status, score and rank as they stand now."""
    body = parsed(props.get("body"), {})
    return {
        **body,
        "id": props["chain_id"],
        "rank": props.get("rank"),
        "status": props.get("status") or "candidate",
        "score": props.get("score"),
        "strength": props.get("strength"),
        "weakest": props.get("weakest", body.get("weakest")),
        "persons": [each["id"] if isinstance(each, dict) else each for each in body.get("persons", [])],
        "reaches": [
            case_no for case_no in body.get("reaches", []) if viewer.cases is None or case_no in viewer.cases
        ],
        "hops": [
            {**hop, "first": time_text(hop.get("first")), "last": time_text(hop.get("last"))}
            for hop in body.get("hops", [])
        ],
        "ask_for": [
            {**ask, "from": time_text(ask.get("from")), "to": time_text(ask.get("to"))}
            for ask in body.get("ask_for", [])
        ],
    }
