"""Classes as persons confirmed them: entries of the ledger, each with its reason; taken back like any other."""

from __future__ import annotations

from typing import cast

from backend.answers.shape import at_text
from backend.contract.district.care import CareClass
from backend.contract.district.common import ItemReview
from backend.contract.reviews import OneReview
from backend.judgements import ledger
from backend.reviews import answers
from backend.security.circles import open_to
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

KIND = "care"


def standing(store: Store, viewer: Viewer) -> dict[str, tuple[CareClass, ItemReview]]:
    """What is confirmed now, by resident id."""
    found: dict[str, tuple[CareClass, ItemReview]] = {}
    for about, entry in ledger.current(store, viewer, KIND).items():
        found[about[0].partition(":")[2]] = (
            cast(CareClass, entry.verdict),  # the ledger takes no other
            {
                "id": entry.review_id,
                "by": entry.author,
                "at": at_text(entry.at),
                "reason": entry.reason,
                "decision": "confirmed",
            },
        )
    return found


def confirm(
    store: Store, viewer: Viewer, resident_id: str, care_class: CareClass, reason: str, after: str | None
) -> OneReview:
    """Confirm a class for a person; leaves a record. Raises ``NotFound``, ``Conflict`` and ``InputError``."""
    open_to(viewer, KIND)
    return answers.judge(store, viewer, KIND, care_class, [resident_id], reason, after=after)


def take_back(store: Store, viewer: Viewer, review_id: str, reason: str) -> OneReview:
    """Take a confirmed class back. Raises ``NotFound`` for an entry about anything else."""
    open_to(viewer, KIND)
    if ledger.one(store, viewer, review_id).kind != KIND:
        raise NotFound(Text("没有这条复核记录。", "There is no such review."))
    return answers.undo(store, viewer, review_id, reason)
