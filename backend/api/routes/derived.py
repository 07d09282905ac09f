"""What the published run concluded: gangs, supplies, chains."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend import answers
from backend.answers.signals import signal_words
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Nothing
from backend.api.schemas.questions import CaseAsked, ChainsPage, GangsPage, SuppliesPage
from backend.contract.chains import Chains, OneCaseChains
from backend.contract.gangs import GangPage, Gangs
from backend.contract.supplies import SignalWords, Supplies

router = Router(responses=documented("E-AUDIT"))


@router.get("/gangs", tags=["gangs"])
def gangs(ask: Ask, asked: Annotated[GangsPage, Query()]) -> Json[Gangs]:
    """Gang candidates, strongest first."""
    skip = start_of(asked.cursor)[1]
    found = answers.gangs(ask.store, ask.viewer, min_size=asked.min_size, limit=asked.limit, skip=skip)
    return Json({**found, "next": following(len(found["gangs"]), found["total"], asked.cursor, found["run"])})


@router.get("/gangs/{gang_id}", responses=documented("E-NOT-FOUND"), tags=["gangs"])
def gang(ask: Ask, gang_id: Id, asked: Annotated[Nothing, Query()]) -> Json[GangPage]:
    """One gang candidate: members with roles and reasons, supplies inside it."""
    return Json(answers.gang_page(ask.store, ask.viewer, gang_id))


@router.get("/supplies", tags=["supplies"])
def supplies(ask: Ask, asked: Annotated[SuppliesPage, Query()]) -> Json[Supplies]:
    """Supply candidates with the signals they rest on, strongest first."""
    found = answers.supplies(
        ask.store,
        ask.viewer,
        person_id=asked.person,
        min_score=asked.min_score,
        limit=asked.limit,
        skip=start_of(asked.cursor)[1],
    )
    return Json({**found, "next": following(len(found["edges"]), found["total"], asked.cursor, found["run"])})


@router.get("/chains", tags=["chains"])
def chains(ask: Ask, asked: Annotated[ChainsPage, Query()]) -> Json[Chains]:
    """Every case with its chains, also those with none."""
    skip = start_of(asked.cursor)[1]
    found = answers.chains(ask.store, ask.viewer, k=asked.k, limit=asked.limit, skip=skip)
    return Json({**found, "next": following(len(found["cases"]), found["total"], asked.cursor, found["run"])})


@router.get(
    "/chains/{case_no}",
    responses=documented("E-NOT-FOUND"),
    tags=["chains"],
)
def chain(ask: Ask, case_no: Id, asked: Annotated[CaseAsked, Query()]) -> Json[OneCaseChains]:
    """The chains of one case, best first."""
    return Json(answers.case_chains(ask.store, ask.viewer, case_no, k=asked.k))


@router.get("/signals", tags=["supplies"])
def signals(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[SignalWords]:
    """The signals of a supply with their published weights, reasons and sources; no case data."""
    return Json(signal_words())
