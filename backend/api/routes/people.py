"""Search, persons, cases, the rows behind everything, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend import answers
from backend.api import shapes, shapes_graph
from backend.api.asking import Ask, Json
from backend.api.models import CaseAsked, EvidenceAsked, ExplainAsked, Id, Nothing, Page, SearchAsked
from backend.api.paging import paged, start_of
from backend.api.problems import documented

router = APIRouter(responses=documented("E-AUDIT"))


@router.get("/search", response_model=shapes_graph.Hits, tags=["search"])
def search(ask: Ask, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Persons, numbers, accounts, vehicles, cases: by name, pinyin, initials or a part from four characters."""
    skip = start_of(asked.cursor)[1]
    found = answers.search(ask.store, ask.viewer, asked.q, limit=asked.limit, skip=skip)
    return Json(paged(found, "hits", asked.cursor))


@router.get("/persons", response_model=shapes.Persons, tags=["persons"])
def persons(ask: Ask, asked: Annotated[Page, Query()]) -> Response:
    """Every holder of an identifier, unnamed ones included."""
    skip = start_of(asked.cursor)[1]
    found = answers.persons(ask.store, ask.viewer, limit=asked.limit, skip=skip)
    return Json(paged(found, "persons", asked.cursor))


@router.get(
    "/persons/{person_id}",
    response_model=shapes.PersonPage,
    responses=documented("E-NOT-FOUND"),
    tags=["persons"],
)
def person(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """One person: what he holds and why, records, cases, supplies, gangs, chains."""
    return Json(answers.person_page(ask.store, ask.viewer, person_id))


@router.get("/cases", response_model=shapes.Cases, tags=["cases"])
def cases(ask: Ask, asked: Annotated[Page, Query()]) -> Response:
    """Cases with their tier, by number."""
    skip = start_of(asked.cursor)[1]
    found = answers.cases(ask.store, ask.viewer, limit=asked.limit, skip=skip)
    return Json(paged(found, "cases", asked.cursor))


@router.get(
    "/cases/{case_no}", response_model=shapes.CasePage, responses=documented("E-NOT-FOUND"), tags=["cases"]
)
def case(ask: Ask, case_no: Id, asked: Annotated[CaseAsked, Query()]) -> Response:
    """One case: people, seizures, chains from it and to it."""
    return Json(answers.case_page(ask.store, ask.viewer, case_no, k=asked.k))


@router.get(
    "/persons/{person_id}/quantities",
    response_model=shapes.Quantities,
    responses=documented("E-NOT-FOUND"),
    tags=["persons"],
)
def person_quantities(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """What was seized from a person over all his cases, its legal tier, and what is missing for the next one."""
    return Json(answers.person_quantities(ask.store, ask.viewer, person_id))


@router.get(
    "/cases/{case_no}/quantities",
    response_model=shapes.Quantities,
    responses=documented("E-NOT-FOUND"),
    tags=["cases"],
)
def case_quantities(ask: Ask, case_no: Id, asked: Annotated[Nothing, Query()]) -> Response:
    """What was seized in a case, its legal tier by weight, and what is missing for the next one."""
    return Json(answers.case_quantities(ask.store, ask.viewer, case_no))


@router.get("/evidence", response_model=shapes_graph.Rows, tags=["evidence"])
def evidence(ask: Ask, asked: Annotated[EvidenceAsked, Query()]) -> Response:
    """Rows of files as they were read, with file, sheet, row number and headings."""
    return Json(answers.evidence(ask.store, ask.viewer, asked.row))


@router.get(
    "/explain",
    response_model=shapes_graph.Explanation,
    responses=documented("E-NOT-FOUND"),
    tags=["evidence"],
)
def explain(ask: Ask, asked: Annotated[ExplainAsked, Query()]) -> Response:
    """Why: the signals and rows behind a person, supply, gang, chain or event."""
    return Json(answers.explain(ask.store, ask.viewer, asked.id))
