"""Reading and writing the ledger for the command line and the service; each call leaves one audit record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from backend.answers.shape import at_text
from backend.contract.reviews import JudgementKind, OneReview, ReviewPage, ReviewsFound, ReviewShown
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.reviews.snapshots import may_decide, with_object
from backend.reviews.subjects import subjects_of
from backend.security.audited import audited
from graph_schema.errors import Conflict
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


def shown(entry: Judgement, stands: bool) -> ReviewShown:
    """One entry as everywhere; ``standing`` is false for one that was taken back."""
    return {
        "id": entry.review_id,
        "kind": cast(JudgementKind, entry.kind),  # the ledger takes no other
        "verdict": entry.verdict,
        "subjects": list(entry.subjects),
        "reason": entry.reason,
        "author": entry.author,
        "at": at_text(entry.at),
        "undoes": entry.undoes,
        "standing": stands,
        "seen": entry.seen,
    }


def all_shown(entries: list[Judgement]) -> list[ReviewShown]:
    """Entries with whether each stands."""
    stand = {entry.review_id for entry in ledger.standing(entries)}
    return [shown(entry, entry.review_id in stand) for entry in entries]


@audited("reviews", "subjects")
def reviews(
    store: Store,
    viewer: Viewer,
    *,
    kind: str | None = None,
    subjects: Collection[str] = (),
    standing: bool = False,
    limit: int | None = None,
    skip: int = 0,
) -> ReviewsFound:
    """The ledger, newest first: of a kind, about one of some references, or only what stands."""
    found = all_shown(ledger.entries(store, viewer, kind))[::-1]
    wanted = set(subjects)
    kept = [
        entry
        for entry in found
        if (not subjects or not wanted.isdisjoint(entry["subjects"])) and (entry["standing"] or not standing)
    ]
    end = len(kept) if limit is None else skip + limit
    return {"reviews": kept[skip:end], "total": len(kept), "run": None}


@audited("review", "review_id")
def review(store: Store, viewer: Viewer, review_id: str) -> ReviewPage:
    """One entry, with every entry about the same subjects, oldest first."""
    entry = ledger.one(store, viewer, review_id)
    about = all_shown(ledger.entries(store, viewer, entry.kind))
    related = [each for each in about if tuple(each["subjects"]) == entry.subjects]
    return {"review": next(each for each in related if each["id"] == review_id), "history": related}


@audited("review.add", "subjects", changes=True)
def judge(
    store: Store,
    viewer: Viewer,
    kind: str,
    verdict: str,
    subjects: Sequence[str],
    reason: str,
    *,
    seen: object = None,
    after: str | None = None,
) -> OneReview:
    """Add a judgement; see ``ledger.append`` and ``subjects_of``."""
    may_decide(viewer, kind, verdict, subjects)
    about = subjects_of(store, viewer, kind, subjects)
    if verdict == "same" and all(reference.startswith("ResidentId:") for reference in about):
        raise Conflict(
            Text(
                "两人各有身份证号。确系一人两号的，请用“same_two_ids”并写明依据。",
                "Both have a resident id. If one person really has two, judge same_two_ids and say why.",
            )
        )
    seen = with_object(store, viewer, kind, about, seen)
    entry = ledger.append(store, viewer, kind, verdict, about, reason, seen, after)
    return {"review": shown(entry, True)}


@audited("review.undo", "review_id", changes=True)
def undo(store: Store, viewer: Viewer, review_id: str, reason: str) -> OneReview:
    """Take a judgement back by an entry of its own; who may not make it may not take it back."""
    old = ledger.one(store, viewer, review_id)
    may_decide(viewer, old.kind, old.verdict, old.subjects)
    return {"review": shown(ledger.take_back(store, viewer, review_id, reason), True)}
