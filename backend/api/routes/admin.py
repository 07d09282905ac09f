"""Administration: rules, dictionaries, retention; and the audit log for the auditor."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query

from backend.answers import administration
from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas import admin as schemas
from backend.api.schemas.base import Id, Nothing
from backend.contract.administration import (
    AuditCheck,
    AuditRecords,
    Compartments,
    Dictionaries,
    Dictionary,
    OneRow,
    OneUser,
    Removed,
    Retention,
    Rules,
    Users,
)
from backend.security import reading

router = Router(tags=["administration"], responses=documented("E-AUDIT"))


@router.get("/audit")
def audit(ask: Ask, asked: Annotated[schemas.AuditAsked, Query()]) -> Json[AuditRecords]:
    """The audit log, newest first, ids partly hidden; this read is recorded too."""
    wanted = reading.RecordFilter(
        user=asked.user,
        action=asked.action,
        text=asked.text,
        refused=asked.refused,
        no_purpose=asked.no_purpose,
        first=asked.first.isoformat() if asked.first else None,
        last=asked.last.isoformat() if asked.last else None,
    )
    skip = start_of(asked.cursor)[1]
    found = reading.audit(ask.store, ask.viewer, wanted=wanted, limit=asked.limit, skip=skip)
    return Json(
        {**found, "next": following(len(found["records"]), found["total"], asked.cursor, found["run"])}
    )


@router.get("/audit/check")
def audit_check(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[AuditCheck]:
    """Whether every record of the audit log is there and unchanged."""
    return Json(reading.audit_check(ask.store, ask.viewer))


@router.get("/rules")
def rules(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Rules]:
    """Weights of the analysis and legal quantities in force, each with its reason or source."""
    return Json(administration.rules(ask.store, ask.viewer))


@router.get("/dictionaries")
def dictionaries(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Dictionaries]:
    """All dictionaries."""
    return Json(administration.dictionaries(ask.store, ask.viewer))


@router.get("/dictionaries/{name}", responses=documented("E-NOT-FOUND"))
def dictionary(ask: Ask, name: Id, asked: Annotated[schemas.DictionaryAsked, Query()]) -> Json[Dictionary]:
    """Rows of one dictionary, the site's own first."""
    skip = start_of(asked.cursor)[1]
    found = administration.dictionary(
        ask.store, ask.viewer, name, text=asked.text, limit=asked.limit, skip=skip
    )
    return Json(
        {**found, "next": following(len(found["entries"]), found["total"], asked.cursor, found["run"])}
    )


@router.post(
    "/dictionaries/{name}",
    status_code=201,
    responses=documented("E-NOT-FOUND"),
)
def add(ask: Ask, name: Id, asked: Annotated[schemas.RowAdded, Body()]) -> Json[OneRow]:
    """Add a row of the site's own; it counts from the next load or run."""
    return Json(administration.add_to_dictionary(ask.store, ask.viewer, name, asked.cells), 201)


@router.delete(
    "/dictionaries/{name}/{entry_id}",
    responses=documented("E-NOT-FOUND"),
)
def remove(ask: Ask, name: Id, entry_id: Id, asked: Annotated[Nothing, Query()]) -> Json[Removed]:
    """Take a row of the site's own out again."""
    return Json(administration.remove_from_dictionary(ask.store, ask.viewer, name, entry_id))


@router.get("/retention")
def retention(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Retention]:
    """Files with the day until which they may be used, the nearest first."""
    return Json(administration.retention(ask.store, ask.viewer))


@router.get("/users")
def users(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Users]:
    """Everybody who was ever given a name here, with role and what waits; never a code or token."""
    return Json(administration.users(ask.store, ask.viewer))


@router.post("/users", status_code=201)
def add_user(ask: Ask, asked: Annotated[schemas.UserAdded, Body()]) -> Json[OneUser]:
    """Make a user, or propose one whose role takes two people; his one-time code is in this answer only."""
    found = administration.add_user(ask.store, ask.viewer, asked.name, asked.role, shown=asked.shown)
    return Json(found, 201)


@router.put("/users/{name}", responses=documented("E-NOT-FOUND"))
def change_role(ask: Ask, name: Id, asked: Annotated[schemas.UserChanged, Body()]) -> Json[OneUser]:
    """Give a user another role from his next request on, or propose one that takes two people."""
    return Json(administration.change_role(ask.store, ask.viewer, name, asked.role))


@router.put("/users/{name}/compartments", responses=documented("E-NOT-FOUND"))
def change_compartments(
    ask: Ask, name: Id, asked: Annotated[schemas.UserCompartments, Body()]
) -> Json[OneUser]:
    """Set the compartments a user may know of, from his next request on."""
    return Json(administration.change_compartments(ask.store, ask.viewer, name, asked.compartments))


@router.get("/compartments")
def compartments(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Compartments]:
    """Names under which files may be loaded that only some users may know of."""
    return Json(administration.compartments(ask.store, ask.viewer))


@router.post("/compartments", status_code=201)
def add_compartment(ask: Ask, asked: Annotated[schemas.CompartmentAdded, Body()]) -> Json[Compartments]:
    """Declare a compartment; from then on whoever is not in it sees the other files only, and only reads."""
    return Json(administration.add_compartment(ask.store, ask.viewer, asked.name), 201)


@router.post("/users/{name}/code", responses=documented("E-NOT-FOUND"))
def renew_user(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[OneUser]:
    """Give a user a new one-time code; his password, token and sessions end at once."""
    return Json(administration.renew_user(ask.store, ask.viewer, name))


@router.post("/users/{name}/confirmation", responses=documented("E-NOT-FOUND"))
def confirm_user(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[OneUser]:
    """Confirm what another administrator proposed; the second half of the one-time code is in this answer only."""
    return Json(administration.confirm_user(ask.store, ask.viewer, name))


@router.delete("/users/{name}/confirmation", responses=documented("E-NOT-FOUND"))
def refuse_user(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[OneUser]:
    """Drop what was proposed for a user; one who was only proposed is ended."""
    return Json(administration.refuse_user(ask.store, ask.viewer, name))


@router.delete("/users/{name}", responses=documented("E-NOT-FOUND"))
def end_user(ask: Ask, name: Id, asked: Annotated[Nothing, Query()]) -> Json[OneUser]:
    """Let a user sign in no more; his name stays."""
    return Json(administration.end_user(ask.store, ask.viewer, name))
