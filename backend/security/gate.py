"""The gate: turns every request into a viewer, or refuses it and leaves a record of that."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from backend.security.audited import recorded
from backend.security.errors import Both, Forbidden, SignInRequired
from backend.security.sessions import Sessions
from graph_schema.store import Viewer

COOKIE = "upline_session"
PURPOSE = "X-Purpose"
SIGNED_IN = "local"
ROLE = "analyst"

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="The token of this UPLINE_HOME")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="session", description="See POST /session")
_purpose = Header(alias=PURPOSE, max_length=900, description="用途 / purpose, percent-encoded UTF-8; audited")


def gate(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    session: Annotated[str | None, Security(_cookie)],
    purpose: Annotated[str, _purpose] = "",
) -> Viewer:
    """The viewer a request is answered for; a dependency of every route that gives out case data.

    Raises ``SignInRequired`` without a valid credential, ``Forbidden`` for a change asked for by a page of
    another origin.
    """
    sessions: Sessions = request.app.state.sessions
    stated = unquote(purpose, errors="replace").strip()
    if credentials is not None and sessions.is_token(credentials.credentials):
        return _viewer(stated)
    kept = sessions.purpose(session) if session else None
    if kept is None:
        _refuse(
            request,
            stated,
            SignInRequired(
                Both(
                    "请先登录：使用 upline serve 打印的登录链接。",
                    "Sign in first: use the link of upline serve.",
                )
            ),
        )
    elif request.method not in ("GET", "HEAD") and not _same_origin(request):
        foreign = Both("请求来自其他页面，已拒绝。", "The request came from another site's page.")
        _refuse(request, stated, Forbidden(foreign))
    return _viewer(stated or kept or "")


def _viewer(purpose: str) -> Viewer:
    return Viewer(user=SIGNED_IN, role=ROLE, purpose=purpose[:300])


def _refuse(request: Request, purpose: str, error: SignInRequired | Forbidden) -> None:
    nobody = Viewer(user="-", role="-", purpose=purpose[:300])
    with recorded(nobody, f"{request.method} {request.scope['route'].path}", {}):
        raise error


def _same_origin(request: Request) -> bool:
    """False where the browser says that another site's page sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
