"""Gang candidates: members with role, rank and reasons."""

from __future__ import annotations

from typing import cast

from backend.answers.runs import Run, bounds, on_run
from backend.answers.shape import parsed, person, time_text
from backend.answers.supplies import THRESHOLD
from backend.contract import gangs as contract
from backend.contract.base import Words
from backend.contract.persons import MemberReason
from backend.judgements.overlay import Overlay, told
from backend.security.audited import audited
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Props, Row, Store, Viewer
from viz.text.settling import settles

MOST_EDGES = 2_000


@audited("gangs")
@on_run
def gangs(
    store: Store,
    viewer: Viewer,
    run: Run,
    *,
    min_size: int = 3,
    limit: int | None = None,
    skip: int = 0,
) -> contract.GangsFound:
    """Gang candidates of at least ``min_size`` members, strongest first, members by rank.

    ``kept`` are confirmed gangs this run no longer finds, as they were when confirmed.
    """
    asked: Parameters = {"prefix": run.prefix, "min_size": min_size}
    total = store.read(viewer, "gang.count", **asked)[0]["total"]
    rows = store.stream(viewer, "gang.page", timeout=120.0, **asked, **bounds(limit, skip))
    overlay = Overlay.read(store, viewer)
    found = [overlay.of_gang(_gang(row["gang"], row["members"])) for row in rows]
    judged = [run.key(name) for name in sorted(overlay.gangs)]
    here = store.read(viewer, "gang.known", keys=judged) if judged else []
    kept = [
        cast(contract.KeptGang, {**was, "status": "confirmed", "review": told(entry)})  # as it was judged
        for entry, was in overlay.kept("gang", (row["id"] for row in here))
    ]
    return {"gangs": found, "kept": kept, "total": total, "run": run.name}


@audited("gang", "gang_id")
@on_run
def gang_page(store: Store, viewer: Viewer, run: Run, gang_id: str) -> contract.GangPage:
    """One gang candidate in full: members with reasons, what the analysis says of it, supplies inside it.

    Raises ``NotFound`` where the published run has no such gang.
    """
    return described_gang(store, viewer, run, gang_id)


def described_gang(store: Store, viewer: Viewer, run: Run, gang_id: str) -> contract.GangPage:
    """What ``gang_page`` gives, without a record of its own."""
    key = run.key(gang_id)
    found = store.read(viewer, "gang.one", key=key)
    if not found:
        raise NotFound(
            Text("没有这个团伙候选，或无权查看。", "There is no such gang, or you may not see it.")
        )
    body: contract.GangBody = parsed(found[0]["gang"].get("body"), {})
    inside = store.read(viewer, "gang.supplies", key=key, min_score=THRESHOLD, limit=MOST_EDGES)
    overlay = Overlay.read(store, viewer)
    return {
        "gang": overlay.of_gang(_gang(found[0]["gang"], found[0]["members"])),
        "body": body,
        "payers": _payers(store, viewer, run, body.get("payers", [])),
        "supplies": [
            {
                "supplier": row["supplier"],
                "buyer": row["buyer"],
                "score": row["score"],
                "status": overlay.supply_status(row["supplier"], row["buyer"]),
                "from": time_text(row["from_at"]),
                "to": time_text(row["to_at"]),
                "signals": parsed(row["signals"], []),
            }
            for row in inside
        ],
        "seizures": [
            {
                "id": row["seizure"]["seizure_id"],
                "case_no": row["case_no"],
                "at": time_text(row["seizure"].get("at")),
                "substance": row["seizure"].get("substance"),
                "net_g": row["seizure"].get("net_g"),
                "packets": row["seizure"].get("packets"),
                "person": row["person"],
                "evidence": list(dict.fromkeys(row["evidence"] or ())),
            }
            for row in store.read(viewer, "gang.seizures", key=key, limit=MOST_EDGES)
        ],
        "run": run.run_id,
    }


def standing(page: contract.GangPage) -> list[contract.InnerSupply]:
    """The supplies inside a gang that nobody rejected: what drawings, reports and measures speak of."""
    return [edge for edge in page["supplies"] if edge["status"] != "rejected"]


def _payers(
    store: Store, viewer: Viewer, run: Run, payers: list[contract.PayerBody]
) -> list[contract.GangPayer]:
    """People who pay the gang's sellers like buyers but have no drug fact: unclassified, not members."""
    keys = [run.key(each["person"]) for each in payers]
    known = {
        row["person"]["person_id"]: row["person"] for row in store.read(viewer, "gang.persons", keys=keys)
    }
    return [
        {
            "person": person(known[each["person"]]),
            "seller": each["seller"],
            "score": each["score"],
            "evidence": each["evidence"],
        }
        for each in payers
        if each["person"] in known
    ]


def _gang(props: Props, members: list[Row]) -> contract.GangFound:
    return {
        "id": props["gang_id"],
        "status": props.get("status") or "candidate",
        "score": props.get("score"),
        "size": props.get("size"),
        "payers": props.get("payers") or 0,
        "cohesion": props.get("cohesion"),
        "stability": props.get("stability"),
        "members": [
            {
                "person": person(row["person"]),
                "role": row["role"] or "unknown",
                "rank": row["rank"],
                "score": row["score"],
                "reasons": (reasons := parsed(row["reasons"], [])),
                "settles": _settles(reasons),
            }
            for row in members
            if row["person"] is not None
        ],
    }


def _settles(reasons: list[MemberReason]) -> Words | None:
    told = settles(reasons)
    return {"zh": told["zh"], "en": told["en"]} if told else None
