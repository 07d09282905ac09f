"""Watches and leads: questions asked again after every load and run, what they found, and what became of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query

from backend import watches
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas import watching as schemas
from backend.api.schemas.base import Id, Nothing
from backend.api.schemas.district import Listed
from backend.contract.watches import LeadRules, Leads, Looked, OneLead, OneWatch, Watches

router = Router(tags=["leads"], responses=documented("E-AUDIT"))


@router.get("/watches")
def all_watches(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Watches]:
    """All watches, newest first."""
    return Json(watches.watches(ask.store, ask.viewer))


@router.post("/watches", status_code=201, responses=documented("E-NOT-FOUND"))
def set_watch(ask: Ask, asked: Annotated[schemas.WatchSet, Body()]) -> Json[OneWatch]:
    """Keep a question; what it finds now is known, later hits become leads."""
    found = watches.add_watch(
        ask.store, ask.viewer, asked.asked.model_dump(), name=asked.name, basis=asked.basis
    )
    return Json(found, 201)


@router.post("/watches/look")
def look(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Looked]:
    """Ask all watches again now."""
    return Json(watches.look(ask.store, ask.viewer))


@router.post(
    "/watches/{watch_id}/end",
    responses=documented("E-NOT-FOUND"),
)
def end_watch(ask: Ask, watch_id: Id, asked: Annotated[Nothing, Query()]) -> Json[OneWatch]:
    """End a watch; its leads stay."""
    return Json(watches.end_watch(ask.store, ask.viewer, watch_id))


@router.get("/leads")
def leads(ask: Ask, asked: Annotated[schemas.LeadsPage, Query()]) -> Json[Leads]:
    """Leads: overdue ones first, then the new ones. Judging and sending is a review of kind ``lead``."""
    found = watches.leads(
        ask.store,
        ask.viewer,
        status=asked.status,
        watch=asked.watch,
        known=asked.known,
        limit=asked.limit,
        skip=start_of(asked.cursor)[1],
    )
    return Json({**found, "next": following(len(found["leads"]), found["total"], asked.cursor, found["run"])})


@router.post("/leads", status_code=201, responses=documented("E-NOT-FOUND"))
def enter(ask: Ask, asked: Annotated[schemas.LeadEntered, Body()]) -> Json[OneLead]:
    """Enter a lead by hand."""
    found = watches.add_lead(
        ask.store,
        ask.viewer,
        asked.title,
        asked.subjects,
        text=asked.text,
        evidence=asked.evidence,
        rules=asked.rules,
    )
    return Json(found, 201)


@router.get("/leads/rules")
def lead_rules(ask: Ask, asked: Annotated[Listed, Query()]) -> Json[LeadRules]:
    """Yield and precision of every rule; random inspections are the rule to measure against."""
    return Json(watches.lead_rules(ask.store, ask.viewer, asked.listing()))


@router.post("/leads/{lead_id}/accept", responses=documented("E-NOT-FOUND"))
def accept(ask: Ask, lead_id: Id, asked: Annotated[schemas.LeadAccepted, Body()]) -> Json[OneLead]:
    """The unit has received a lead that was sent to it."""
    return Json(watches.accept_lead(ask.store, ask.viewer, lead_id, asked.reason))


@router.post("/leads/{lead_id}/answer", responses=documented("E-NOT-FOUND"))
def answer(ask: Ask, lead_id: Id, asked: Annotated[schemas.LeadAnswered, Body()]) -> Json[OneLead]:
    """What the unit found."""
    found = watches.answer_lead(
        ask.store, ask.viewer, lead_id, asked.result, reason=asked.reason, persons=asked.persons
    )
    return Json(found)


@router.get("/leads/{lead_id}", responses=documented("E-NOT-FOUND"))
def lead(ask: Ask, lead_id: Id, asked: Annotated[Nothing, Query()]) -> Json[OneLead]:
    """One lead with its history."""
    return Json(watches.lead(ask.store, ask.viewer, lead_id))
