"""The queue of who may be who, and one question with everything needed to answer it."""

from __future__ import annotations

from backend.answers.runs import Run, on_run
from backend.answers.shape import parsed, person, reference
from backend.contract.base import Words
from backend.contract.reviews import (
    Change,
    IdentitySignal,
    ProposalPage,
    ProposalsFound,
    ProposalShown,
    Settles,
    What,
)
from backend.judgements import ledger
from backend.judgements.words import SAYS_NOTHING
from backend.reviews import compare
from backend.reviews.answers import all_shown
from backend.reviews.compare import ComparedSide
from backend.security.audited import audited
from etl.storage.refs import bare
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Props, Store, Viewer

MOST_HELD = 2_000


@audited("review.proposals")
@on_run
def proposals(
    store: Store,
    viewer: Viewer,
    run: Run,
    *,
    limit: int | None = None,
    skip: int = 0,
    answered: bool = False,
) -> ProposalsFound:
    """Open questions of the published run, most urgent first; an answered one leaves when the ledger has it."""
    verdicts = ledger.current(store, viewer, "identity")
    rows = store.read(viewer, "review.proposals", run=run.run_id, timeout=60.0)
    found = [_brief(row, verdicts.get(tuple(row["proposal"]["subjects"]))) for row in rows]
    kept = [each for each in found if answered or each["verdict"] in (None, "unsure")]
    # What somebody could not decide waits behind what nobody has looked at.
    kept.sort(key=lambda each: each["verdict"] is not None)
    end = len(kept) if limit is None else skip + limit
    return {"proposals": kept[skip:end], "total": len(kept), "run": run.name}


@audited("review.proposal", "proposal_id")
@on_run
def proposal(store: Store, viewer: Viewer, run: Run, proposal_id: str) -> ProposalPage:
    """One question: both sides row by row, signals for and against, consequences, what would settle it."""
    rows = store.read(viewer, "review.proposal", run=run.run_id, proposal_id=proposal_id)
    if not rows:
        raise NotFound(Text("没有这个待复核项。", "There is no such proposal."))
    row = rows[0]
    subjects = tuple(row["proposal"]["subjects"])
    one, other = (_side(store, viewer, run, row[name]) for name in ("one", "other"))
    history = [entry for entry in ledger.entries(store, viewer, "identity") if entry.subjects == subjects]
    verdict = ledger.verdicts(history).get(("identity", subjects))
    signals: list[IdentitySignal] = parsed(row["proposal"]["signals"], [])
    return {
        **_brief(row, verdict),
        "rows": compare.rows(one, other),
        "for": [signal for signal in signals if signal["weight"] >= 0],
        "against": [signal for signal in signals if signal["weight"] < 0],
        "consequences": _consequences(store, viewer, run, row, one, other),
        "would_settle": [*_would_settle(one), *_would_settle(other)],
        "history": all_shown(history),
        "run": run.name,
    }


def _brief(row: Props, verdict: ledger.Judgement | None) -> ProposalShown:
    told = row["proposal"]
    signals = parsed(told["signals"], [])
    because: list[Words] = [
        {"zh": signal["zh"], "en": signal["en"]} for signal in signals if signal["weight"] >= 0
    ]
    decided = verdict if verdict and verdict.verdict not in SAYS_NOTHING else None
    return {
        "id": told["proposal_id"],
        "question": told["question"],
        "one": person(row["one"]),
        "other": person(row["other"]),
        "score": told["score"],
        "urgency": told["urgency"],
        "because": because[:3],
        "subjects": list(told["subjects"]),
        "verdict": decided.verdict if decided else None,
        "last_review": verdict.review_id if verdict else None,
    }


def _side(store: Store, viewer: Viewer, run: Run, props: Props) -> ComparedSide:
    key = run.key(props["person_id"])
    held = store.read(viewer, "person.holds", key=key, limit=MOST_HELD)
    return ComparedSide(
        person=props,
        holds=[
            {
                "label": row["label"],
                "number": bare(reference(row["label"], row["props"])),
                "reason": row["reason"],
                "evidence": row["evidence"],
                "platform": row["props"].get("platform"),
            }
            for row in held
        ],
        records=[row["props"] for row in store.read(viewer, "person.records", key=key, limit=MOST_HELD)],
        handsets=store.read(viewer, "review.handsets", key=key),
        active=store.read(viewer, "review.active", key=key),
        cases=sorted(
            {row["case_no"] for row in store.read(viewer, "person.cases", key=key, limit=MOST_HELD)}
        ),
    )


def _consequences(
    store: Store, viewer: Viewer, run: Run, row: Props, one: ComparedSide, other: ComparedSide
) -> list[Change]:
    """What changes where the two are judged to be one: before each, after together."""
    keys = [run.key(row[name]["person_id"]) for name in ("one", "other")]
    gangs = [{each["id"]: each for each in store.read(viewer, "person.gangs", key=key)} for key in keys]
    chains = [
        {each["id"] for each in store.read(viewer, "person.chains", key=key, limit=MOST_HELD, bodies=False)}
        for key in keys
    ]
    found = [
        _change("persons", "人员", [1, 1], 1, []),
        _change(
            "identifiers", "标识", [len(one.holds), len(other.holds)], len(one.holds) + len(other.holds), []
        ),
        _change(
            "records",
            "记录",
            [len(one.records), len(other.records)],
            len(one.records) + len(other.records),
            [],
        ),
        _change("cases", "案件", [len(one.cases), len(other.cases)], len({*one.cases, *other.cases}), []),
        _change(
            "chains",
            "链条",
            [len(chains[0]), len(chains[1])],
            len(chains[0] | chains[1]),
            sorted(chains[0] | chains[1]),
        ),
    ]
    for gang_id in sorted(gangs[0].keys() | gangs[1].keys()):
        size = (gangs[0].get(gang_id) or gangs[1][gang_id])["size"]
        both = gang_id in gangs[0] and gang_id in gangs[1]
        found.append(_change("gang", f"团伙候选 {gang_id}", [size], size - 1 if both else size, [gang_id]))
    return found


def _change(what: What, zh: str, before: list[int], after: int, ids: list[str]) -> Change:
    return {"what": what, "zh": zh, "before": before, "after": after, "ids": ids[:50]}


def _would_settle(side: ComparedSide) -> list[Settles]:
    """Numbers and accounts whose registration has not come back."""
    found: list[Settles] = [
        {
            "identifier": held["number"],
            "zh": "登记信息（未调取）",
            "en": "registration (not requested)",
        }
        for held in side.holds
        if held["label"] in ("Phone", "Account")
        and held["reason"] in ("only_holder", "used_with", "judged")
        and not held["platform"]
    ]
    return found[:10]
