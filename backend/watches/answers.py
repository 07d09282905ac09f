"""Watches and leads for the command line and the service; each call leaves one audit record.

What a lead is worth is said in the ledger (kind ``lead``): sent to a unit with a deadline, answered, confirmed,
rejected, unsure. So its status follows from entries that can be taken back, like every other judgement.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import cast

from backend import deeds
from backend.answers.endpoints import meant
from backend.answers.evidence import source_rows
from backend.answers.runs import published
from backend.answers.shape import at_text, time_text
from backend.contract import watches as contract
from backend.district.days import day_of
from backend.district.leads.course import Course, courses
from backend.district.leads.limits import limits_on
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.overlay import told
from backend.reviews.answers import all_shown
from backend.reviews.subjects import anchor
from backend.security.audited import audited
from backend.watches import kinds
from backend.watches.hits import named
from backend.watches.look import find, keep, look_again, state
from graph_schema import beijing
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Props, Row, Store, Viewer

MOST_WATCHES = 500
OPEN = ("new", "sent", "accepted", "answered", "under_review", "sent_back", "unsure")
"""A lead that still wants something; confirmed and rejected ones are done."""


@audited("watches")
def watches(store: Store, viewer: Viewer) -> contract.Watches:
    """All watches, newest first, each with how many of its leads nobody has judged."""
    decided = ledger.current(store, viewer, "lead")
    waiting: dict[str, int] = {}
    for row in store.read(viewer, "watch.leads", watch_id=None, timeout=60.0):
        lead = row["lead"]
        if lead.get("watch") and _status(lead, decided) == "new":
            waiting[lead["watch"]] = waiting.get(lead["watch"], 0) + 1
    found = [_watch(row["watch"], waiting) for row in store.read(viewer, "watch.all")]
    return {"watches": found, "total": len(found)}


@audited("watch.add", changes=True)
def add_watch(
    store: Store, viewer: Viewer, asked: Mapping[str, object], *, name: str = "", basis: str = ""
) -> contract.OneWatch:
    """Keep a question and look at once: what is there now is known, later hits become leads.

    A person named as target is kept by something that outlasts runs. Raises ``InputError`` for a question
    that cannot be asked, ``NotFound`` where its target means nothing, ``Conflict`` where too many stand.
    """
    checked = kinds.asked_of(_lasting(store, viewer, kinds.asked_of(dict(asked)).model_dump()))
    standing = [row for row in store.read(viewer, "watch.all") if not row["watch"].get("ended_at")]
    if len(standing) >= MOST_WATCHES:
        raise Conflict(
            Text("关注条件过多，请先停止一些。", f"There are already {MOST_WATCHES} watches; end some first.")
        )
    watch = {
        "watch_id": f"W-{secrets.token_hex(6)}",
        "name": name.strip() or named(checked, asked),
        "kind": checked.kind,
        "asked": checked.model_dump_json(),
        "basis": basis.strip() or None,
        "author": viewer.user,
        "created_at": int(time.time() * 1000),
    }
    found = find(store, viewer, checked)
    keep(store, watch, found, known=True)
    deeds.do(store, "watch.add", watch_id=watch["watch_id"], props=watch | state(found))
    return {"watch": _watch(_one(store, viewer, str(watch["watch_id"])), {})}


@audited("watch.end", "watch_id", changes=True)
def end_watch(store: Store, viewer: Viewer, watch_id: str) -> contract.OneWatch:
    """End a watch; its leads stay. Raises ``NotFound``, ``Conflict`` where it has ended already."""
    if _one(store, viewer, watch_id).get("ended_at"):
        raise Conflict(Text("该关注条件已停止。", "This watch has already ended."))
    props = {"ended_at": int(time.time() * 1000), "ended_by": viewer.user}
    deeds.do(store, "watch.set", watch_id=watch_id, props=props)
    return {"watch": _watch(_one(store, viewer, watch_id), {})}


@audited("watch.look", changes=True)
def look(store: Store, viewer: Viewer) -> contract.Looked:
    """Check all watches now, as after every load and run."""
    done = look_again(store, viewer)
    return {"watches": done.watches, "new": done.new, "gone": done.gone, "failed": done.failed}


@audited("leads")
def leads(
    store: Store,
    viewer: Viewer,
    *,
    status: str | None = None,
    watch: str | None = None,
    known: bool = False,
    limit: int | None = None,
    skip: int = 0,
) -> contract.LeadsFound:
    """Leads, newest first: the open ones, or those of one status or one watch; ``known`` adds what was there."""
    rows = store.read(viewer, "watch.leads", watch_id=watch, timeout=60.0)
    decided, ways = _judged(store, viewer)
    names = {row["watch"]["watch_id"]: row["watch"]["name"] for row in store.read(viewer, "watch.all")}
    kept: list[contract.LeadShown] = []
    for row in rows:
        stands = _status(row["lead"], decided)
        wanted = stands == status if status else stands in OPEN or (watch is not None and stands != "known")
        if wanted or (known and stands == "known"):
            kept.append(_lead(row["lead"], decided, ways, names))
    # overdue first, then what nobody has looked at; within each the newest first, as they come
    kept.sort(key=lambda lead: (-(lead["overdue_days"] or 0), lead["status"] != "new"))
    end = len(kept) if limit is None else skip + limit
    return {"leads": kept[skip:end], "total": len(kept), "run": None}


@audited("lead", "lead_id")
def lead(store: Store, viewer: Viewer, lead_id: str) -> contract.OneLead:
    """One lead with its history, oldest first. Raises ``NotFound``."""
    return described(store, viewer, lead_id)


@audited("lead.add", "subjects", changes=True)
def add_lead(
    store: Store,
    viewer: Viewer,
    title: str,
    subjects: Sequence[str],
    *,
    text: str = "",
    evidence: Sequence[str] = (),
    rules: Sequence[str] = (),
) -> contract.OneLead:
    """A lead somebody enters himself, about nodes or persons; ``rules`` are those of the item it hands over.

    Raises ``InputError``, also for rows that no loaded file has, and ``NotFound``.
    """
    rows_there(store, viewer, evidence)
    if not title.strip():
        raise InputError(Text("请写明线索内容。", "Describe the lead."))
    run = published(store, viewer)
    about = [":".join(meant(store, viewer, run, each)) for each in subjects]
    lead_id = f"L-{secrets.token_hex(8)}"
    props = {
        "title": title.strip(),
        "text": text.strip() or None,
        "subjects": about,
        "evidence": list(evidence),
        "rule_ids": list(dict.fromkeys(rules)) or None,
        "created_by": viewer.user,
    }
    one = [{"lead_id": lead_id, "props": props}]
    deeds.do(store, "watch.found", leads=one, known=False, now=int(time.time() * 1000))
    return described(store, viewer, lead_id)


def rows_there(store: Store, viewer: Viewer, evidence: Sequence[str]) -> None:
    """Raise ``NotFound`` naming the rows no loaded file has: a lead that cites nothing proves nothing."""
    missing = [row["evidence"] for row in source_rows(store, viewer, evidence) if not row["found"]]
    if missing:
        named = "、".join(missing[:5])
        raise NotFound(
            Text(
                f"没有这些原始行：{named}。请核对出处。",
                f"No loaded file has the rows {', '.join(missing[:5])}; check them.",
            )
        )


def described(store: Store, viewer: Viewer, lead_id: str) -> contract.OneLead:
    """A lead with its history, for who has recorded the question already. Raises ``NotFound``."""
    rows = store.read(viewer, "watch.lead", lead_id=lead_id)
    if not rows:
        raise NotFound(Text("没有这条线索，或无权查看。", "There is no such lead, or you may not see it."))
    names = {row["watch"]["watch_id"]: row["watch"]["name"] for row in store.read(viewer, "watch.all")}
    entries = ledger.entries(store, viewer, "lead")
    about = all_shown(entries)
    return {
        "lead": _lead(rows[0]["lead"], *_of(entries), names),
        "history": [each for each in about if each["subjects"] == [f"Lead:{lead_id}"]],
    }


def _one(store: Store, viewer: Viewer, watch_id: str) -> Row:
    rows = store.read(viewer, "watch.one", watch_id=watch_id)
    if not rows:
        raise NotFound(
            Text("没有这个关注条件，或无权查看。", "There is no such watch, or you may not see it.")
        )
    return dict(rows[0]["watch"])


def _lasting(store: Store, viewer: Viewer, asked: Row) -> Row:
    """Targets by what outlasts runs: persons by an anchor, names by what they mean."""
    run = published(store, viewer)
    for field in ("target", "other"):
        named = asked.get(field)
        if named is None or asked["kind"] in ("member", "chain", "pattern", "district"):
            continue
        label, key = meant(store, viewer, run, named)
        asked[field] = anchor(store, viewer, key) if label == "Person" else f"{label}:{key}"
    return asked


def _watch(props: Props, waiting: Mapping[str, int]) -> contract.WatchShown:
    return {
        "id": props["watch_id"],
        "name": props["name"],
        "kind": props["kind"],
        "asked": json.loads(props["asked"]),
        "basis": props.get("basis"),
        "author": props["author"],
        "created": at_text(props["created_at"]),
        "ended": time_text(props.get("ended_at")),
        "ended_by": props.get("ended_by"),
        "looked": time_text(props.get("looked_at")),
        "found": props.get("found") or 0,
        "waiting": waiting.get(props["watch_id"], 0),
        "truncated": bool(props.get("truncated")),
        "failed": props.get("failed"),
    }


def _status(props: Props, decided: DecidedHits) -> contract.LeadStatus:
    said = decided.get((f"Lead:{props['lead_id']}",))
    if said is not None:
        return cast(contract.LeadStatus, said.verdict)  # of a lead the ledger takes no other
    return "known" if props.get("known") else "new"


DecidedHits = Mapping[tuple[str, ...], Judgement]
Ways = Mapping[str, Course]


def _judged(store: Store, viewer: Viewer) -> tuple[DecidedHits, Ways]:
    """What is decided about each lead, and how far it has come."""
    return _of(ledger.entries(store, viewer, "lead"))


def _of(entries: Sequence[Judgement]) -> tuple[DecidedHits, Ways]:
    decided = {about: entry for (_, about), entry in ledger.verdicts(entries).items()}
    return decided, courses(entries, limits_on(beijing.now().date()))


def _lead(props: Props, decided: DecidedHits, ways: Ways, names: Mapping[str, str]) -> contract.LeadShown:
    said = decided.get((f"Lead:{props['lead_id']}",))
    way = ways.get(f"Lead:{props['lead_id']}", Course())
    stands = _status(props, decided)
    waits = stands in ("sent", "accepted")
    deadline = day_of(way.due_at) if waits else None
    late = (beijing.now().date() - deadline).days if deadline else 0
    return {
        "id": props["lead_id"],
        "title": {"zh": props["title"], "en": props.get("title_en") or props["title"]},
        "text": props.get("text"),
        "subjects": list(props.get("subjects") or ()),
        "evidence": list(props.get("evidence") or ()),
        "watch": {"id": props["watch"], "name": names.get(props["watch"], props["watch"])}
        if props.get("watch")
        else None,
        "at": time_text(props.get("at")),
        "created": at_text(props["created_at"]),
        "created_by": props["created_by"],
        "gone": time_text(props.get("gone_at")),
        "status": stands,
        "unit": way.unit if waits or stands == "answered" else None,
        "deadline": deadline.isoformat() if deadline else None,
        "overdue_days": late if late > 0 else None,
        "rules": list(props.get("rule_ids") or ()),
        "course": _course(way),
        "review": told(said),
    }


def _course(way: Course) -> contract.LeadCourse | None:
    """How far a lead has come; None before it was sent or answered."""
    if way.sent_at is None and way.answered_at is None:
        return None
    now = int(time.time() * 1000)
    return {
        "level": cast(contract.LeadLevel, way.level),
        "sent": time_text(way.sent_at),
        "accept_by": time_text(way.accept_by),
        "accepted": time_text(way.accepted_at),
        "accept_late": way.accept_late(now),
        "answer_by": time_text(way.due_at),
        "extended": way.extended,
        "answered": time_text(way.answered_at),
        "answer_late": way.answer_late(now),
        "result": way.answer,
        "persons": way.persons,
    }
