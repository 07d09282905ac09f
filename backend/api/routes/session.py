"""Signing in and out, and whether the service is well: the only routes that need no sign-in."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Nothing
from backend.api.schemas.session import SignIn
from backend.contract.session import Health, SignedIn
from backend.security.audited import recorded
from backend.security.errors import SignInRequired
from backend.security.gate import COOKIE, gate
from backend.security.rights import rights
from backend.security.sessions import Sessions
from graph_schema.errors import UplineError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Viewer

router = Router(tags=["session"])

OWNER = "owner"
"""What the workbench calls whoever holds the local token: he is all roles at once."""
OPEN = ("/health", "/session")
"""Routes without the gate: they give out no case data."""


@router.get("/health", responses=documented(), operation_id="health")
def health(request: Request, asked: Annotated[Nothing, Query()]) -> Json[Health]:
    """Whether the service and its database answer."""
    try:
        alive = bool(request.app.state.store.rows("asked.alive"))
    except UplineError:
        alive = False
    return Json({"status": "ok" if alive else "degraded", "database": alive, "version": version("upline")})


@router.post("/session", responses=documented("E-AUDIT"))
def sign_in(request: Request, asked: SignIn) -> Json[SignedIn]:
    """Begin a session with the local or a user's own token; it is held by a cookie and ends after half an hour of no use."""
    sessions: Sessions = request.app.state.sessions
    found = sessions.who(asked.token)
    viewer = replace(found or Viewer("-", "-"), purpose=asked.purpose)
    with recorded(viewer, "session.open", {}):
        if found is None:
            raise SignInRequired(Text("登录口令不正确。", "The token is not valid here."))
    answer: Json[SignedIn] = Json(_shown(viewer))
    answer.set_cookie(
        COOKIE,
        sessions.open(asked.token, asked.purpose),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return answer


@router.get("/session", responses=documented("E-AUDIT"))
def who(viewer: Annotated[Viewer, Depends(gate)], asked: Annotated[Nothing, Query()]) -> Json[SignedIn]:
    """Who one is signed in as."""
    return Json(_shown(viewer))


@router.delete("/session", status_code=204, responses=documented("E-AUDIT"))
def sign_out(
    request: Request, viewer: Annotated[Viewer, Depends(gate)], asked: Annotated[Nothing, Query()]
) -> Response:
    """End the session of this browser, at once."""
    with recorded(viewer, "session.close", {}):
        request.app.state.sessions.close(request.cookies.get(COOKIE, ""))
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _shown(viewer: Viewer) -> SignedIn:
    role = OWNER if viewer.user == LOCAL.user else viewer.role
    may = [each.value for each in sorted(rights(viewer))]
    return {
        "user": viewer.user,
        "role": role,
        "rights": may,
        "view": viewer.view,
        "purpose": viewer.purpose,
    }
