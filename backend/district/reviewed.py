"""What people decided about the items of a noun, laid over its list; rejected items stay, last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from backend.contract.district.common import AnyItem, ItemReview
from backend.judgements import ledger
from backend.judgements.overlay import told
from graph_schema.store import Store, Viewer

I = TypeVar("I", bound=AnyItem)  # noqa: E741


def reviewed(
    store: Store, viewer: Viewer, noun: str, items: Sequence[I], *, renumber: bool = True
) -> list[I]:
    """The items with who decided what; those decided against come last, in the order they had.

    ``rank`` is the place in the list, counted anew, unless a noun means something else by it.
    """
    decided = ledger.current(store, viewer, "item")
    reviews: dict[str, ItemReview] = {}
    for each in items:
        said = decided.get((f"{noun}:{each['id']}",))
        who = told(said)
        if said is not None and who is not None:
            reviews[each["id"]] = cast(ItemReview, {**who, "decision": said.verdict})
    filled = [cast(I, {**each, "review": reviews.get(each["id"])}) for each in items]
    ordered = sorted(filled, key=lambda each: rejected(each))
    return [cast(I, {**each, "rank": n}) for n, each in enumerate(ordered, 1)] if renumber else ordered


def rejected(item: AnyItem) -> bool:
    """Whether a person decided against an item."""
    return item["review"] is not None and item["review"]["decision"] == "rejected"
