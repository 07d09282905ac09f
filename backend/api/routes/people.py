"""Search, persons, cases, the rows behind everything, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend import answers
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Nothing, Page
from backend.api.schemas.questions import CaseAsked, EvidenceAsked, ExplainAsked, SearchAsked
from backend.contract.cases import CasePage, CaseQuantities, Cases, PersonQuantities
from backend.contract.evidence import Explanation, Rows
from backend.contract.graph import Hits
from backend.contract.persons import PersonPage, Persons

router = Router(responses=documented("E-AUDIT"))


@router.get("/search", tags=["search"])
def search(ask: Ask, asked: Annotated[SearchAsked, Query()]) -> Json[Hits]:
    """Persons, numbers, accounts, vehicles, cases: by name, pinyin, initials or a part from four characters."""
    skip = start_of(asked.cursor)[1]
    found = answers.search(ask.store, ask.viewer, asked.q, limit=asked.limit, skip=skip)
    return Json({**found, "next": following(len(found["hits"]), found["total"], asked.cursor, found["run"])})


@router.get("/persons", tags=["persons"])
def persons(ask: Ask, asked: Annotated[Page, Query()]) -> Json[Persons]:
    """Every holder of an identifier, unnamed ones included."""
    skip = start_of(asked.cursor)[1]
    found = answers.persons(ask.store, ask.viewer, limit=asked.limit, skip=skip)
    return Json(
        {**found, "next": following(len(found["persons"]), found["total"], asked.cursor, found["run"])}
    )


@router.get(
    "/persons/{person_id}",
    responses=documented("E-NOT-FOUND"),
    tags=["persons"],
)
def person(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Json[PersonPage]:
    """One person: what he holds and why, records, cases, supplies, gangs, chains."""
    return Json(answers.person_page(ask.store, ask.viewer, person_id))


@router.get("/cases", tags=["cases"])
def cases(ask: Ask, asked: Annotated[Page, Query()]) -> Json[Cases]:
    """Cases with their tier, by number."""
    skip = start_of(asked.cursor)[1]
    found = answers.cases(ask.store, ask.viewer, limit=asked.limit, skip=skip)
    return Json({**found, "next": following(len(found["cases"]), found["total"], asked.cursor, found["run"])})


@router.get("/cases/{case_no}", responses=documented("E-NOT-FOUND"), tags=["cases"])
def case(ask: Ask, case_no: Id, asked: Annotated[CaseAsked, Query()]) -> Json[CasePage]:
    """One case: people, seizures, chains from it and to it."""
    return Json(answers.case_page(ask.store, ask.viewer, case_no, k=asked.k))


@router.get(
    "/persons/{person_id}/quantities",
    responses=documented("E-NOT-FOUND"),
    tags=["persons"],
)
def person_quantities(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Json[PersonQuantities]:
    """What was seized from a person over all his cases, its legal tier, and what is missing for the next one."""
    return Json(answers.person_quantities(ask.store, ask.viewer, person_id))


@router.get(
    "/cases/{case_no}/quantities",
    responses=documented("E-NOT-FOUND"),
    tags=["cases"],
)
def case_quantities(ask: Ask, case_no: Id, asked: Annotated[Nothing, Query()]) -> Json[CaseQuantities]:
    """What was seized in a case, its legal tier by weight, and what is missing for the next one."""
    return Json(answers.case_quantities(ask.store, ask.viewer, case_no))


@router.get("/evidence", tags=["evidence"])
def evidence(ask: Ask, asked: Annotated[EvidenceAsked, Query()]) -> Json[Rows]:
    """Rows of files as they were read, with file, sheet, row number and headings."""
    return Json(answers.evidence(ask.store, ask.viewer, asked.row))


@router.get(
    "/explain",
    responses=documented("E-NOT-FOUND"),
    tags=["evidence"],
)
def explain(ask: Ask, asked: Annotated[ExplainAsked, Query()]) -> Json[Explanation]:
    """Why: the signals and rows behind a person, supply, gang, chain or event."""
    return Json(answers.explain(ask.store, ask.viewer, asked.id))
