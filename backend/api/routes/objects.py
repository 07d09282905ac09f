"""Accounts, numbers, vehicles and places: in lists, and one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend import answers
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.questions import ObjectAsked, ObjectsAsked
from backend.contract.objects import ObjectPage, Objects

router = Router(prefix="/objects", tags=["objects"], responses=documented("E-AUDIT"))


@router.get("")
def objects(ask: Ask, asked: Annotated[ObjectsAsked, Query()]) -> Json[Objects]:
    """Objects of one kind by number, all or those a part of whose number, plate, name or address is given."""
    skip = start_of(asked.cursor)[1]
    found = answers.objects(ask.store, ask.viewer, asked.kind, query=asked.q, limit=asked.limit, skip=skip)
    return Json(
        {**found, "next": following(len(found["objects"]), found["total"], asked.cursor, found["run"])}
    )


@router.get("/one", responses=documented("E-NOT-FOUND"))
def one(ask: Ask, asked: Annotated[ObjectAsked, Query()]) -> Json[ObjectPage]:
    """One account, number, vehicle or place: whose it may be and why, partners, files."""
    return Json(answers.object_page(ask.store, ask.viewer, asked.ref))
