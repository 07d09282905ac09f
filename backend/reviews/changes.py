"""What a user decided and looks otherwise now: somebody decided after him, or the present run finds something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from backend.answers.runs import Run
from backend.contract.base import Words
from backend.contract.reviews import DecisionChanged
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.overlay import WEAKER_BY
from backend.judgements.words import SAYS_NOTHING
from graph_schema.store import Row, Store, Viewer

MOST = 50
AGAINST = ("rejected", "unsure", "sent_back")


def changed_decisions(
    store: Store, viewer: Viewer, run: Run, entries: Sequence[Judgement]
) -> list[DecisionChanged]:
    """Of the chains and gangs the viewer decided, those that look otherwise now, the newest decision first."""
    now = ledger.verdicts(entries)
    decided = {
        each.subjects: each
        for each in ledger.standing(entries)
        if each.author == viewer.user and each.kind in ("chain", "gang") and each.verdict not in SAYS_NOTHING
    }
    mine = sorted(decided.values(), key=lambda each: -each.seq)
    chains = _strengths(store, viewer, run, [each for each in mine if each.kind == "chain"])
    gangs = _members(store, viewer, run, [each for each in mine if each.kind == "gang"])
    found: list[DecisionChanged] = []
    for entry in mine:
        stands = now.get((entry.kind, entry.subjects), entry)
        if stands.author != viewer.user and stands.verdict != entry.verdict:
            found.append({**_change(entry), "what": "overruled", "by": stands.author})
        elif stands is entry:
            looks = _chain(entry, chains) if entry.kind == "chain" else _gang(entry, gangs)
            if looks:
                found.append(looks)
    return found[:MOST]


def _object(entry: Judgement) -> Row:
    """The chain or gang as it was when it was decided; empty where it was not kept."""
    seen = entry.seen if isinstance(entry.seen, dict) else {}
    kept = seen.get("object")
    return kept if isinstance(kept, dict) else {}


def _keys(run: Run, entries: Sequence[Judgement]) -> list[str]:
    return [run.key(each.subjects[0].partition(":")[2]) for each in entries]


def _strengths(store: Store, viewer: Viewer, run: Run, entries: Sequence[Judgement]) -> dict[str, float]:
    rows = store.read(viewer, "chain.strengths", keys=_keys(run, entries)) if entries else []
    return {str(row["id"]): float(row["strength"]) for row in rows}


def _members(store: Store, viewer: Viewer, run: Run, entries: Sequence[Judgement]) -> dict[str, set[str]]:
    rows = store.read(viewer, "gang.who", keys=_keys(run, entries)) if entries else []
    return {str(row["id"]): {str(each) for each in row["persons"]} for row in rows}


def _chain(entry: Judgement, strengths: Mapping[str, float]) -> DecisionChanged | None:
    """A confirmed chain that is gone or weaker; one that was not confirmed and is stronger."""
    was = _object(entry).get("strength")
    now = strengths.get(entry.subjects[0].partition(":")[2])
    if now is None:
        return {**_change(entry), "what": "gone"} if entry.verdict == "confirmed" else None
    if not isinstance(was, float | int):
        return None
    if entry.verdict == "confirmed" and now <= was - WEAKER_BY:
        return {**_change(entry), "what": "weaker", "was": float(was), "now": now}
    if entry.verdict in AGAINST and now >= was + WEAKER_BY:
        return {**_change(entry), "what": "stronger", "was": float(was), "now": now}
    return None


def _gang(entry: Judgement, gangs: Mapping[str, set[str]]) -> DecisionChanged | None:
    """A confirmed gang that is gone or has other members."""
    if entry.verdict != "confirmed":
        return None
    now = gangs.get(entry.subjects[0].partition(":")[2])
    if now is None:
        return {**_change(entry), "what": "gone"}
    was = {each["person"]["id"] for each in _object(entry).get("members", ())}
    if not was or was == now:
        return None
    return {**_change(entry), "what": "members", "was": float(len(was)), "now": float(len(was & now))}


def _change(entry: Judgement) -> DecisionChanged:
    label, href = _called(entry)
    return {
        "id": entry.review_id,
        "about": entry.subjects[0],
        "label": label,
        "href": href,
        "verdict": entry.verdict,
        "what": "gone",
        "by": None,
        "was": None,
        "now": None,
    }


def _called(entry: Judgement) -> tuple[Words, str]:
    kept = _object(entry)
    if entry.kind == "gang":
        name = entry.subjects[0].partition(":")[2]
        return {"zh": f"团伙 {name}", "en": f"gang {name}"}, f"/gangs/{quote(name, safe='')}"
    return chain_called(str(kept.get("case_no") or ""), int(kept.get("rank") or 1))


def chain_called(case_no: str, rank: int) -> tuple[Words, str]:
    """What a chain is called, by its case, and its page; the board where its case was not kept."""
    if not case_no:
        return {"zh": "一条链", "en": "a chain"}, "/board"
    return (
        {"zh": f"案 {case_no[-4:]} 的第 {rank} 条链", "en": f"chain {rank} of case {case_no[-4:]}"},
        f"/chains/{quote(case_no, safe='')}/{rank}",
    )
