"""Further questions: who else buys there, coverage, series of cases, measures of a gang."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field

from backend import answers
from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Id, Nothing, Question, Text
from backend.contract.coverage import Coverage
from backend.contract.dealings import Dealings
from backend.contract.gangs import Measures
from backend.contract.series import Series
from backend.contract.supplies import Buyers

router = Router(responses=documented("E-NOT-FOUND", "E-AUDIT"))


class BuyersAsked(Question):
    """From which score on a supply counts."""

    min_score: float = Field(0.5, ge=0, le=1)


class SeriesAsked(Question):
    """Of one case, or of all."""

    case_no: Text | None = None


class MeasuresAsked(Question):
    """How many key players, and who is thought away."""

    k: int = Field(3, ge=1, le=10, description="Members of a key-player set")
    remove: list[Text] = Field([], max_length=50, description="Members thought away; each alone without any")


@router.get("/persons/{person_id}/buyers", tags=["persons"])
def buyers(ask: Ask, person_id: Id, asked: Annotated[BuyersAsked, Query()]) -> Json[Buyers]:
    """Suppliers of a person, who else buys from each, and sellers who sell to each other."""
    return Json(answers.buyers(ask.store, ask.viewer, person_id, min_score=asked.min_score))


@router.get("/persons/{person_id}/dealings", tags=["persons"])
def dealings(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Json[Dealings]:
    """With whom a person deals regularly though no drug fact bears on a supply between them."""
    return Json(answers.dealings(ask.store, ask.viewer, person_id))


@router.get("/persons/{person_id}/coverage", tags=["persons"])
def coverage(ask: Ask, person_id: Id, asked: Annotated[Nothing, Query()]) -> Json[Coverage]:
    """Per identifier what was asked for, what was answered, and what nobody asked for."""
    return Json(answers.coverage(ask.store, ask.viewer, person_id))


@router.get("/series", tags=["cases"])
def series(ask: Ask, asked: Annotated[SeriesAsked, Query()]) -> Json[Series]:
    """Cases joined by supplier, batch, packaging, code words, handset or account."""
    return Json(answers.series(ask.store, ask.viewer, asked.case_no))


@router.get("/gangs/{gang_id}/measures", tags=["gangs"])
def measures(ask: Ask, gang_id: Id, asked: Annotated[MeasuresAsked, Query()]) -> Json[Measures]:
    """Centralities side by side, key-player sets, what removals would do, month by month."""
    found = answers.gang_measures(ask.store, ask.viewer, gang_id, k=asked.k, remove=asked.remove)
    return Json(found)
