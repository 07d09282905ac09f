"""Cases: the list, and one case with its people, seizures and the chains from it and to it."""

from __future__ import annotations

from backend.answers.chains import chain_ref, filled, no_case
from backend.answers.runs import Run, bounds, on_run
from backend.answers.shape import parsed, person, time_text, timed
from backend.contract import cases as contract
from backend.judgements.overlay import Overlay
from backend.security.audited import audited
from graph_schema.store import Parameters, Props, Store, Viewer

MOST_LISTED = 2_000


@audited("cases")
@on_run
def cases(
    store: Store, viewer: Viewer, run: Run, *, limit: int | None = None, skip: int = 0
) -> contract.CasesFound:
    """All cases the viewer may see, by number, each with its tier."""
    total = store.read(viewer, "case.count")[0]["total"]
    rows = store.read(viewer, "case.page", run=run.run_id, timeout=60.0, **bounds(limit, skip))
    return {"cases": [_case(row) for row in rows], "total": total, "run": run.name}


@audited("case", "case_no")
@on_run
def case_page(store: Store, viewer: Viewer, run: Run, case_no: str, *, k: int = 3) -> contract.CasePage:
    """One case: people with their recorded roles, seizures, chains from it, chains of others that reach it.

    Raises ``NotFound`` where there is no such case.
    """
    asked: Parameters = {"case_no": case_no, "run": run.run_id}
    found = store.read(viewer, "case.one", **asked)
    if not found:
        raise no_case()
    here: Parameters = {"case_no": case_no, "run": run.run_id, "limit": MOST_LISTED}
    overlay = Overlay.read(store, viewer)
    chained = filled(store, viewer, run, store.read(viewer, "chain.case", k=k, **asked))
    return {
        "case": _case(found[0]),
        "people": [_involved(row) for row in store.read(viewer, "case.people", **here)],
        "seizures": [
            {**timed(row["seizure"], "Seizure"), "persons": row["persons"], "evidence": row["evidence"]}
            for row in store.read(viewer, "case.seizures", **here)
        ],
        "chains": chained[0]["chains"] if chained else [],
        "reached_by": [
            chain_ref(overlay, row)
            for row in store.read(
                viewer, "case.reached_by", limit=MOST_LISTED, bodies=overlay.refuses_hops, **asked
            )
        ],
        "run": run.name,
    }


def _case(row: Props) -> contract.CaseShown:
    return {
        **timed(row["case"], "Case"),
        "tier": row["tier"] or "unknown",
        "provisional": row["provisional"],
        "tier_basis": parsed(row["basis"], None),
    }


def _involved(row: Props) -> contract.Involved:
    return {
        "person": person(row["person"]) if row["person"] is not None else None,
        "record": row["record_id"],
        "name": row["name"],
        "role": row["role"],
        "role_class": row["role_class"],
        "arrested_at": time_text(row["arrested_at"]),
        "measure": row["measure"],
        "evidence": list(row["evidence"] or ()),
    }
