"""Drawings of what the store answers: gang, chain, person; used by the command line and the service."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from backend import answers
from backend.analysis.model.weights import default_weights, signal_name
from backend.answers.chains import numbered
from backend.answers.gang_measures import removals
from backend.answers.gangs import standing
from backend.answers.shape import time_text
from backend.contract.person import Person
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.builders.drawings import chain_drawing, gang_drawing, person_drawing
from viz.builders.parts import evidence_of, evidence_texts
from viz.model.drawing import Drawing


class PersonInRole(Person):
    """A person with the role he has in his gang candidate."""

    role: str


class RunShown(TypedDict):
    """What a drawing or report says of its run."""

    id: str
    rules: str
    data_to: str


ROWS_SHOWN = 400
"""Source rows written into one drawing; references beyond stay references."""


def draw_gang(store: Store, viewer: Viewer, gang_id: str, language: str = "zh") -> Drawing:
    """A gang with the supplies inside it; ``NotFound`` where the published run has none of that id."""
    page = answers.gang_page(store, viewer, gang_id)
    people = {member["person"]["id"]: member["person"] for member in page["gang"]["members"]}
    edges = [
        {**edge, "supplier": people[edge["supplier"]], "buyer": people[edge["buyer"]]}
        for edge in standing(page)
    ]
    proof = _proof(store, viewer, page)
    return gang_drawing(
        page["gang"] | {"body": page["body"], "removals": removals(store, viewer, page)},
        edges,
        evidence=proof,
        signal_words=_signal_words(),
        run=run_of(store, viewer),
        decision=page["gang"]["review"],
        language=language,
    )


def draw_chain(store: Store, viewer: Viewer, case_no: str, n: int = 1, language: str = "zh") -> Drawing:
    """The ``n``-th best chain of a case; ``NotFound`` where the case has none of that number."""
    case = answers.case_chains(store, viewer, case_no, k=max(n, 3))["cases"][0]
    chain = numbered(case["chains"], n)
    if chain is None:
        raise NotFound(
            Text(
                f"案件 {case_no} 没有第 {n} 条链。",
                f"Case {case_no} has no chain {n}.",
            )
        )
    run = run_of(store, viewer)
    people = with_roles(store, viewer, run, chain["persons"])
    case_nos = [case_no, *chain["reaches"]]
    rated = store.read(viewer, "run.tiers", run=run["id"], case_nos=case_nos)
    tiers = {row["case_no"]: row["tier"] for row in rated}
    proof = _proof(store, viewer, chain)
    words = _signal_words()
    return chain_drawing(
        case,
        chain,
        people,
        tiers=tiers,
        evidence=proof,
        signal_words=words,
        run=run,
        decision=chain["review"],
        language=language,
    )


def draw_person(store: Store, viewer: Viewer, query: str, language: str = "zh") -> Drawing:
    """A person with suppliers, buyers and cases; ``NotFound`` where ``query`` means nobody or several."""
    found = answers.find_person(store, viewer, query)["persons"]
    if len(found) != 1:
        raise NotFound(
            Text(
                f"“{query}”对应 {len(found)} 人，请用人员编号。",
                f"{query} means {len(found)} persons; give an id.",
            )
        )
    page = found[0]
    edges = answers.supplies(store, viewer, person_id=page["person"]["id"], min_score=0.3, limit=40)["edges"]
    proof = _proof(store, viewer, edges)
    run = run_of(store, viewer)
    ends = [end for edge in edges for end in (edge["supplier"], edge["buyer"])]
    return person_drawing(
        page["person"],
        edges,
        cases=page["cases"] if "cases" in page else [],  # noqa: SIM401  # only one who is meant has them
        people=with_roles(store, viewer, run, [page["person"], *ends]),
        evidence=proof,
        signal_words=_signal_words(),
        run=run,
        language=language,
    )


def _proof(store: Store, viewer: Viewer, value: object) -> dict[str, dict[str, str]]:
    rows = evidence_of(value)[:ROWS_SHOWN]
    found = answers.evidence(store, viewer, rows)["rows"] if rows else []
    return evidence_texts(row for row in found if row["found"])


def with_roles(
    store: Store, viewer: Viewer, run: RunShown, persons: Iterable[Person]
) -> dict[str, PersonInRole]:
    """Persons by id, with the role each has in his gang candidate."""
    known = {person["id"]: person for person in persons}
    keys = sorted({f"{run['id']}/{person_id}" for person_id in known})
    roles = {row["person_id"]: row["role"] for row in store.read(viewer, "run.roles", keys=keys)}
    return {
        person_id: {**person, "role": roles.get(person_id, "unknown")} for person_id, person in known.items()
    }


def _signal_words() -> dict[str, Text]:
    return {name: signal_name(name) for name in default_weights().signals}


def run_of(store: Store, viewer: Viewer) -> RunShown:
    """What a drawing says of its run; the data cut-off is when the newest of its files was loaded."""
    current = store.read(viewer, "run.current")
    if not current:
        raise NotFound(
            Text(
                "尚未研判，先运行 upline analyse。",
                "Nothing analysed yet: run upline analyse first.",
            )
        )
    row = current[0]
    files = store.read(viewer, "load.sources", timeout=60.0)
    newest = max(
        (file["loaded_at"] for file in files if file["load"] <= row["load"]), default=row["started_at"]
    )
    until = (time_text(newest) or "")[:16].replace("T", " ")
    return {"id": row["run_id"], "rules": row["rules"], "data_to": until}
