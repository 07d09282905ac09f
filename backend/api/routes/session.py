"""Signing in and out, one's own password and token, and whether the service is well."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from backend import visits
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.base import Nothing
from backend.api.schemas.session import FirstSignIn, PasswordChanged, PasswordSignIn, SignIn, TokenAsked
from backend.contract.session import Health, OwnToken, SignedIn, Visit
from backend.security import sign_in as signing
from backend.security.audited import PURPOSE_MISSING, purpose_required, recorded
from backend.security.errors import Forbidden, SignInRequired
from backend.security.gate import COOKIE, gate, may_record
from backend.security.rights import rights
from backend.security.sessions import Sessions, viewer_of
from backend.security.users import User, Users
from graph_schema.errors import UplineError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Viewer

router = Router(tags=["session"])

_WRONG = Text("登录口令不正确。", "The token is not valid here.")
OWNER = "owner"
"""What the workbench calls whoever holds the local token: he is all roles at once."""
OPEN = ("/health", "/session", "/session/password", "/session/first")
"""Routes that can be asked without the gate: they give out no case data."""
NOBODY = "-"


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
    viewer = replace(found or Viewer(NOBODY, NOBODY), purpose=asked.purpose)
    if found is None and not may_record(request):
        raise SignInRequired(_WRONG)
    with recorded(viewer, "session.open", {}):
        if found is None:
            raise SignInRequired(_WRONG)
        _with_purpose(viewer)
    return _begun(request, viewer, sessions.open(asked.token, asked.purpose))


@router.post("/session/password", responses=documented("E-AUDIT", "E-BUSY"))
def sign_in_by_password(request: Request, asked: PasswordSignIn) -> Json[SignedIn]:
    """Begin a session with one's name and password; five wrong ones shut that name out for a quarter of an hour."""
    users = Users(request.app.state.home)
    stranger = Viewer(NOBODY, NOBODY, purpose=asked.purpose)
    tried = recorded(stranger, "session.password", {}, _known(users, asked.name))
    with tried if may_record(request) else nullcontext():
        user = signing.by_password(users, asked.name, asked.password, asked.number)
    return _session_of(request, user, asked.purpose)


@router.post("/session/first", responses=documented("E-AUDIT", "E-BUSY"))
def first_sign_in(request: Request, asked: FirstSignIn) -> Json[SignedIn]:
    """Set one's password by the one-time code, which is used up by that, and begin a session."""
    users = Users(request.app.state.home)
    stranger = Viewer(NOBODY, NOBODY, purpose=asked.purpose)
    if not may_record(request):  # whoever has the right code comes in, however many strangers try beside him
        signing.check_code(users, asked.name, asked.code)
    with recorded(stranger, "session.first", {}, _known(users, asked.name), changes=True):
        user = signing.first_sign_in(users, asked.name, asked.code, asked.password)
    return _session_of(request, user, asked.purpose)


@router.put("/session/password", responses=documented("E-AUDIT", "E-BUSY"))
def change_password(
    request: Request, viewer: Annotated[Viewer, Depends(gate)], asked: PasswordChanged
) -> Json[SignedIn]:
    """Set another password for oneself; every session begun with the old one ends, and this one goes on."""
    with recorded(viewer, "session.change", {}, changes=True):
        user = signing.change_password(
            Users(request.app.state.home), own_name(viewer), asked.old, asked.password, asked.number
        )
    return _session_of(request, user, viewer.purpose)


@router.post("/session/token", status_code=201, responses=documented("E-AUDIT", "E-BUSY"))
def make_token(
    request: Request, viewer: Annotated[Viewer, Depends(gate)], asked: TokenAsked
) -> Json[OwnToken]:
    """Make a token for one's own programs; it is in this answer only, and an older one ends."""
    with recorded(viewer, "session.token", {}, changes=True):
        users = Users(request.app.state.home)
        token = signing.new_token(users, own_name(viewer), asked.password, asked.number)
    return Json({"token": token}, 201)


@router.get("/session", responses=documented("E-AUDIT"))
def who(viewer: Annotated[Viewer, Depends(gate)], asked: Annotated[Nothing, Query()]) -> Json[SignedIn]:
    """Who one is signed in as."""
    return Json(_shown(viewer))


@router.post("/session/here", responses=documented("E-AUDIT"))
def here(viewer: Annotated[Viewer, Depends(gate)]) -> Json[Visit]:
    """Say that one is here, and learn when one was last: what is new since then can be asked for."""
    with recorded(viewer, "session.here", {}, changes=True):
        return Json({"before": visits.here(viewer.user)})


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


def _known(users: Users, name: str) -> tuple[str, ...]:
    """For the record: a name somebody tries where it is a user's; else it may be a password in the wrong place."""
    return (name,) if users.active(name) else ()


def own_name(viewer: Viewer) -> str:
    """The name of a user with an account of his own. Raises ``Forbidden`` for the owner, who has none."""
    if viewer.user == LOCAL.user:
        raise Forbidden(
            Text(
                "本机管理者凭本机口令登录，没有密码。",
                "The owner signs in by the local token and has no password.",
            )
        )
    return viewer.user


def _with_purpose(viewer: Viewer) -> None:
    if purpose_required() and not viewer.purpose.strip():
        raise Forbidden(PURPOSE_MISSING)


def _session_of(request: Request, user: User, purpose: str) -> Json[SignedIn]:
    viewer = replace(viewer_of(user, Users(request.app.state.home)), purpose=purpose)
    with recorded(viewer, "session.open", {}):
        _with_purpose(viewer)
        session = request.app.state.sessions.open_for(user, purpose)
    return _begun(request, viewer, session)


def _begun(request: Request, viewer: Viewer, session: str) -> Json[SignedIn]:
    answer: Json[SignedIn] = Json(_shown(viewer))
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=encrypted(request), path="/")
    return answer


def encrypted(request: Request) -> bool:
    """Whether the caller's browser speaks TLS, to the service or to a proxy that says so.

    Nobody gains by saying so falsely: it is his own browser that then keeps the cookie from plain connections.
    """
    said = request.headers.get("x-forwarded-proto", "").strip().lower()
    return "https" in (request.url.scheme, said)


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
