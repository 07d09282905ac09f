"""Graded care of registered users: for care staff alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query

from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id
from backend.api.schemas.district import CareClassConfirmed, Listed, OnDay
from backend.api.schemas.reviews import TakingBack
from backend.contract.district.care import Care
from backend.contract.district.common import Checked
from backend.contract.reviews import OneReview
from backend.district.care import answers, decisions

router = Router(prefix="/care", responses=documented("E-NOT-FOUND", "E-AUDIT"), tags=["district"])


@router.get("")
def care(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[Care]:
    """Registered persons, most missed first; campaigns and measures. A period keeps what is due in it."""
    return Json(answers.care_list(ask.store, ask.viewer, asked.listing()))


@router.get("/check")
def care_check(ask: Ask, asked: Annotated[OnDay, Query()]) -> Json[Checked]:
    """Impossible dates, contradictions, results against their cut-off."""
    return Json(answers.care_check(ask.store, ask.viewer, on=asked.on))


@router.get("/{item_id:path}")
def one_in_care(ask: Ask, item_id: Id, asked: Annotated[OnDay, Query()]) -> Json[Care]:
    """One registered person with regimes, what is due, class and reasons."""
    return Json(answers.care_show(ask.store, ask.viewer, item_id, on=asked.on))


@router.post("/{item_id:path}/class", status_code=201)
def confirm_class(ask: Ask, item_id: Id, asked: Annotated[CareClassConfirmed, Body()]) -> Json[OneReview]:
    """Confirm a class, with the reason; it stands until it is taken back or another is confirmed."""
    found = decisions.confirm(ask.store, ask.viewer, item_id, asked.care_class, asked.reason, asked.after)
    return Json(found, 201)


@router.post("/reviews/{review_id}/undo", status_code=201)
def take_class_back(ask: Ask, review_id: Id, asked: Annotated[TakingBack, Body()]) -> Json[OneReview]:
    """Take a confirmed class back: another entry of the ledger."""
    return Json(decisions.take_back(ask.store, ask.viewer, review_id, asked.reason), 201)
