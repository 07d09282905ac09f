"""What the published run concluded: gangs, supplies, chains."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from backend import answers
from backend.analysis.model.weights import load_weights
from backend.api import shapes
from backend.api.asking import Ask, Json
from backend.api.models import CaseAsked, ChainsPage, GangsPage, Id, Nothing, SuppliesPage
from backend.api.paging import paged, start_of
from backend.api.problems import documented


@cache
def signal_words() -> dict[str, Any]:
    """The published weights in the shape of the API."""
    weights = load_weights()
    return {"version": weights.version, "signals": [each.shown() for each in weights.signals.values()]}


router = APIRouter(responses=documented("E-AUDIT"))


@router.get("/gangs", response_model=shapes.Gangs, tags=["gangs"])
def gangs(ask: Ask, asked: Annotated[GangsPage, Query()]) -> Response:
    """Gang candidates, strongest first."""
    skip = start_of(asked.cursor)[1]
    found = answers.gangs(ask.store, ask.viewer, min_size=asked.min_size, limit=asked.limit, skip=skip)
    return Json(paged(found, "gangs", asked.cursor))


@router.get(
    "/gangs/{gang_id}", response_model=shapes.GangPage, responses=documented("E-NOT-FOUND"), tags=["gangs"]
)
def gang(ask: Ask, gang_id: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """One gang candidate: members with roles and reasons, supplies inside it."""
    return Json(answers.gang_page(ask.store, ask.viewer, gang_id))


@router.get("/supplies", response_model=shapes.Supplies, tags=["supplies"])
def supplies(ask: Ask, asked: Annotated[SuppliesPage, Query()]) -> Response:
    """Supply candidates with the signals they rest on, strongest first."""
    found = answers.supplies(
        ask.store,
        ask.viewer,
        person_id=asked.person,
        min_score=asked.min_score,
        limit=asked.limit,
        skip=start_of(asked.cursor)[1],
    )
    return Json(paged(found, "edges", asked.cursor))


@router.get("/chains", response_model=shapes.Chains, tags=["chains"])
def chains(ask: Ask, asked: Annotated[ChainsPage, Query()]) -> Response:
    """Every case with its chains, also those with none."""
    skip = start_of(asked.cursor)[1]
    found = answers.chains(ask.store, ask.viewer, k=asked.k, limit=asked.limit, skip=skip)
    return Json(paged(found, "cases", asked.cursor))


@router.get(
    "/chains/{case_no}",
    response_model=shapes.OneCaseChains,
    responses=documented("E-NOT-FOUND"),
    tags=["chains"],
)
def chain(ask: Ask, case_no: Id, asked: Annotated[CaseAsked, Query()]) -> Response:
    """The chains of one case, best first."""
    return Json(answers.case_chains(ask.store, ask.viewer, case_no, k=asked.k))


@router.get("/signals", response_model=shapes.SignalWords, tags=["supplies"])
def signals(ask: Ask, asked: Annotated[Nothing, Query()]) -> Response:
    """The signals of a supply with their published weights, reasons and sources; no case data."""
    return Json(signal_words())
