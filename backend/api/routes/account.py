"""One's own account: second factor, token and open sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routes.session import OWNER, own_name
from backend.api.routing import Router
from backend.api.schemas.base import Nothing
from backend.api.schemas.session import FactorAsked, FactorConfirmed
from backend.contract.session import Account, NewFactor, OpenSession, SessionsClosed
from backend.security import sign_in as signing
from backend.security.audited import recorded
from backend.security.gate import COOKIE, gate
from backend.security.second_factor import address, required
from backend.security.sessions import Sessions
from backend.security.users import User, Users
from graph_schema.store import LOCAL, Viewer

router = Router(tags=["session"])
Who = Annotated[Viewer, Depends(gate)]


@router.get("/session/account", responses=documented("E-AUDIT"))
def account(request: Request, viewer: Who, asked: Annotated[Nothing, Query()]) -> Json[Account]:
    """One's own account: what one signs in with, and one's open sessions."""
    with recorded(viewer, "session.account", {}) as trace:
        user = None if viewer.user == LOCAL.user else Users(request.app.state.home).active(viewer.user)
        found = _shown(viewer, user, _sessions(request, viewer))
        trace.tell(found)
    return Json(found)


@router.post("/session/factor", status_code=201, responses=documented("E-AUDIT", "E-BUSY"))
def begin_factor(request: Request, viewer: Who, asked: FactorAsked) -> Json[NewFactor]:
    """Begin to set up a second factor (TOTP); its secret is in this answer only, and counts once it is confirmed."""
    with recorded(viewer, "session.factor", {}, changes=True):
        name = own_name(viewer)
        secret = signing.begin_factor(Users(request.app.state.home), name, asked.password, asked.number)
    return Json({"secret": secret, "address": address(secret, name)}, 201)


@router.put("/session/factor", responses=documented("E-AUDIT", "E-INPUT"))
def confirm_factor(request: Request, viewer: Who, asked: FactorConfirmed) -> Json[Account]:
    """Confirm the second factor by a number of it; from now on it is asked for, and one's other sessions end."""
    with recorded(viewer, "session.factor_confirm", {}, changes=True):
        user = signing.confirm_factor(Users(request.app.state.home), own_name(viewer), asked.number)
        _all(request).close_others(viewer.user, _asking(request))
    return Json(_shown(viewer, user, _sessions(request, viewer)))


@router.delete("/session/token", status_code=204, responses=documented("E-AUDIT"))
def end_token(request: Request, viewer: Who, asked: Annotated[Nothing, Query()]) -> Response:
    """End one's own token for programs."""
    with recorded(viewer, "session.token_end", {}, changes=True):
        signing.end_token(Users(request.app.state.home), own_name(viewer))
    return Response(status_code=204)


@router.delete("/session/others", responses=documented("E-AUDIT"))
def end_others(request: Request, viewer: Who, asked: Annotated[Nothing, Query()]) -> Json[SessionsClosed]:
    """End all of one's sessions but this one."""
    with recorded(viewer, "session.others_end", {}, changes=True):
        closed = _all(request).close_others(viewer.user, _asking(request))
    return Json({"closed": closed})


def _all(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def _asking(request: Request) -> str:
    return request.cookies.get(COOKIE, "")


def _sessions(request: Request, viewer: Viewer) -> list[OpenSession]:
    return [
        {
            "begun_at": each.begun_at,
            "used_at": each.used_at,
            "ends_at": each.ends_at,
            "mine": each.mine,
        }
        for each in _all(request).of(viewer.user, _asking(request))
    ]


def _shown(viewer: Viewer, user: User | None, sessions: list[OpenSession]) -> Account:
    return {
        "user": viewer.user,
        "shown": user.shown if user else viewer.user,
        "role": user.role if user else OWNER,
        "password": bool(user and user.password),
        "token": bool(user and user.token),
        "factor": bool(user and user.factor),
        "required": bool(user and required(user.role)),
        "sessions": sessions,
    }
