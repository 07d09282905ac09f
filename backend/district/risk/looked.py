"""What the answers to leads say about the firms and persons of the net: somebody looked, and found or did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from backend.contract.district.common import ItemReview
from backend.contract.district.risk import RiskChecked
from backend.district.days import day_of
from backend.district.leads.course import WORDS_OF, Course, courses
from backend.district.leads.limits import limits_on
from backend.district.risk.told import Look
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.overlay import told
from graph_schema.beijing import now
from graph_schema.store import Store, Viewer

ITEM = "risk:"
FOUND = ("confirmed", "partly")
Decided = Literal["confirmed", "rejected", "unsure"]
Answered = tuple[Sequence[str], Course]


def answered(store: Store, viewer: Viewer) -> list[Answered]:
    """Leads somebody answered or judged: what they are about, and what came of it."""
    ways = courses(ledger.entries(store, viewer, "lead"), limits_on(now().date()))
    rows = store.read(viewer, "watch.leads", watch_id=None, timeout=60.0)
    return [
        (row["lead"].get("subjects") or (), way)
        for row in rows
        if (way := ways.get(f"Lead:{row['lead']['lead_id']}")) and way.outcome
    ]


def looks_of(leads: Iterable[Answered]) -> list[Look]:
    """Leads as looks at a firm or person; only what was refuted speaks against a fact."""
    found = []
    for subjects, way in leads:
        day = day_of(way.judged_at or way.answered_at)
        outcome = way.outcome
        if day is None or outcome is None:
            continue
        clean = outcome == "refuted"
        zh = f"{day} 已核查，未发现问题" if clean else f"{day} 已核查：{WORDS_OF[outcome]}"
        en = f"Checked on {day}, nothing found" if clean else f"Checked on {day}: {outcome}"
        found += [Look(subject, day, clean, zh, en) for subject in subjects]
    return found


def checked(leads: Sequence[Answered]) -> RiskChecked:
    """How much was checked, and how often nothing was found."""
    outcomes = [way.outcome for _, way in leads]
    about = {subject for subjects, _ in leads for subject in subjects}
    return {
        "answered": len(leads),
        "confirmed": sum(outcome in FOUND for outcome in outcomes),
        "nothing_found": outcomes.count("refuted"),
        "firms": sum(subject.startswith("Company:") for subject in about),
        "persons": sum(subject.startswith(("ResidentId:", "Person:")) for subject in about),
    }


def reviews(store: Store, viewer: Viewer) -> Mapping[str, ItemReview]:
    """What a person decided about a firm: the newest of a decision on the item and of a decided lead about the firm."""
    found: dict[str, ItemReview] = {}
    decided = ledger.current(store, viewer, "lead")
    told_of = {
        f"Lead:{row['lead']['lead_id']}": row["lead"].get("subjects") or ()
        for row in store.read(viewer, "watch.leads", watch_id=None, timeout=60.0)
    }
    entries = [(entry, told_of.get(about[0], ())) for about, entry in decided.items()]
    items = ledger.current(store, viewer, "item")
    entries += [
        (entry, (f"Company:{about[0].removeprefix(ITEM)}",))
        for about, entry in items.items()
        if about[0].startswith(ITEM)
    ]
    for entry, subjects in sorted(entries, key=lambda each: each[0].seq):
        review = _review(entry)
        for subject in subjects if review else ():
            label, _, uscc = subject.partition(":")
            if label == "Company" and review:
                found[uscc] = review
    return found


def _review(entry: Judgement) -> ItemReview | None:
    """A judgement as the review of an item; None where nothing is decided yet."""
    by = told(entry)
    if by is None or entry.verdict not in ("confirmed", "rejected", "unsure"):
        return None
    return {**by, "decision": cast(Decided, entry.verdict)}
