"""Persons: everybody in the published run, and one person with all his records."""

from __future__ import annotations

from backend.answers.chains import chain_ref
from backend.answers.drug_facts import drug_facts
from backend.answers.people import counted
from backend.answers.runs import Run, bounds, on_run
from backend.answers.shape import parsed, person, reference, time_text, timed
from backend.answers.supplies import SHOWN_FROM, edges
from backend.contract import persons as contract
from backend.judgements.overlay import Overlay, status
from backend.security.audited import audited
from backend.security.sealing import readable, sealed_records
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Row, Store, Viewer

MOST_HELD = 2_000
"""A person page lists at most so many identifiers, records, cases or chains, and says how many there are."""


@audited("persons")
@on_run
def persons(
    store: Store, viewer: Viewer, run: Run, *, limit: int | None = None, skip: int = 0
) -> contract.PersonsFound:
    """Every holder of an identifier, unnamed ones included, with all he holds."""
    total = store.read(viewer, "person.count", prefix=run.prefix)[0]["total"]
    rows = store.stream(viewer, "person.page", prefix=run.prefix, timeout=120.0, **bounds(limit, skip))
    return {"persons": [person(row) for row in rows], "total": total, "run": run.name}


@audited("person", "person_id")
@on_run
def person_page(store: Store, viewer: Viewer, run: Run, person_id: str) -> contract.PersonPage:
    """One person: identifiers with the reason he holds each, records, cases, supplies, gangs, chains.

    Raises ``NotFound`` where the published run has no such person.
    """
    return described(store, viewer, run, person_id)


def described(store: Store, viewer: Viewer, run: Run, person_id: str) -> contract.PersonPage:
    """What ``person_page`` gives, without a record of its own."""
    key = run.key(person_id)
    found = store.read(viewer, "person.one", key=key)
    if not found:
        raise no_person()
    props = found[0]["person"]
    more: Parameters = {"key": key, "limit": MOST_HELD}
    overlay = Overlay.read(store, viewer)
    same = counted(store, viewer, run, [person_id])
    records = [row["props"] for row in store.read(viewer, "person.records", key=key, limit=MOST_HELD)]
    care = sealed_records(store, viewer, [each["record_id"] for each in records])
    return {
        "person": person(props),
        "names": list(props.get("names") or ()),
        "registered_user": bool(props.get("registered_user")),
        "fugitive": bool(props.get("fugitive")),
        "platform": bool(props.get("platform")),
        "case_roles": list(props.get("case_roles") or ()),
        "holds": [_held(row) for row in store.read(viewer, "person.holds", key=key, limit=MOST_HELD)],
        "records": [timed(readable(viewer, each, care), "Record") for each in records],
        "records_total": store.read(viewer, "person.record_count", key=key)[0]["total"],
        "counted": same,
        "drug_facts": drug_facts(store, viewer, run, person_id, same),
        "cases": [_in_case(row) for row in store.read(viewer, "person.cases", **more)],
        "supplies": edges(
            store.read(viewer, "supply.person_page", key=key, min_score=SHOWN_FROM, **bounds(MOST_HELD)),
            overlay,
        ),
        "gangs": [_in_gang(row, overlay) for row in store.read(viewer, "person.gangs", key=key)],
        "chains": [
            {**chain_ref(overlay, row), "place": row["place"]}
            for row in store.read(viewer, "person.chains", bodies=overlay.refuses_hops, **more)
        ],
        "run": run.run_id,
    }


def no_person() -> NotFound:
    return NotFound(Text("没有这个人员，或无权查看。", "There is no such person, or you may not see it."))


def _in_case(row: Row) -> contract.CaseRole:
    return {
        "case_no": row["case_no"],
        "name": row["name"],
        "role": row["role"],
        "role_class": row["role_class"],
        "arrested_at": time_text(row["arrested_at"]),
        "measure": row["measure"],
        "evidence": row["evidence"],
    }


def _in_gang(row: Row, overlay: Overlay) -> contract.GangRole:
    return {
        "id": row["id"],
        "status": status(overlay.gangs.get(row["id"]), row["status"]),
        "gang_score": row["gang_score"],
        "size": row["size"],
        "role": row["role"],
        "rank": row["rank"],
        "score": row["score"],
        "reasons": parsed(row["reasons"], []),
    }


def _held(row: Row) -> contract.Held:
    return {
        "identifier": reference(row["label"], row["props"]),
        "label": row["label"],
        "verified": bool(row["props"].get("verified", True)),
        "reason": row["reason"],
        "score": row["score"],
        "evidence": list(row["evidence"] or ()),
    }
