"""The gate: turns every request into a viewer, or refuses it and leaves a record of that."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NoReturn
from urllib.parse import unquote, urlsplit

from fastapi import Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from backend.security.audited import PURPOSE_MISSING, purpose_required, recorded
from backend.security.errors import Forbidden, SignInRequired
from backend.security.rights import may, reads_only
from backend.security.sessions import Sessions
from backend.security.strangers import Strangers
from graph_schema.language import Text
from graph_schema.store import Viewer

COOKIE = "upline_session"
PURPOSE = "X-Purpose"
PREFIX = "/api/v1"

_SIGN_IN = Text(
    "请先登录：用户名和密码，或 upline serve 打印的登录链接。",
    "Sign in first: by name and password, or by the link of upline serve.",
)
READS_ONLY = Text(
    "你只能查看部分文件，目前只能查询。导入、复核、研判等请由可查看全部文件的人员办理。",
    "You may see only some of the files, so for now you only read. Whoever sees all files loads, judges and analyses.",
)
_bearer = HTTPBearer(
    auto_error=False, scheme_name="token", description="The token of this UPLINE_HOME, or a user's own"
)
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
    another origin and for what the viewer's role may not do.
    """
    sessions: Sessions = request.app.state.sessions
    stated = unquote(purpose, errors="replace").strip()[:300]
    by_token = credentials is not None and (found := sessions.who(credentials.credentials)) is not None
    if not by_token:
        found = sessions.viewer(session) if session else None
    if found is None:
        _refuse(
            request,
            Viewer(user="-", role="-", purpose=stated),
            SignInRequired(_SIGN_IN),
        )
    viewer = replace(found, purpose=stated or found.purpose[:300])
    if not by_token and request.method not in ("GET", "HEAD") and not _same_origin(request):
        foreign = Text("请求来自其他页面，已拒绝。", "The request came from another site's page.")
        _refuse(request, replace(viewer, user="-", role="-"), Forbidden(foreign))
    path = request.scope["path"].removeprefix(PREFIX)
    if reads_only(viewer, request.method, path):
        _refuse(request, viewer, Forbidden(READS_ONLY))
    if not may(viewer, request.method, path):
        lacking = Text("当前角色没有这项权限。", "Your role may not do this.")
        _refuse(request, viewer, Forbidden(lacking))
    if purpose_required() and not viewer.purpose and not request.scope["path"].endswith("/session"):
        _refuse(request, viewer, Forbidden(PURPOSE_MISSING))
    return viewer


def _refuse(request: Request, viewer: Viewer, error: SignInRequired | Forbidden) -> NoReturn:
    if isinstance(error, SignInRequired) and not may_record(request):
        raise error
    with recorded(viewer, f"{request.method} {request.scope['route'].path}", {}):
        raise error
    raise AssertionError("a refusal always raises")


def may_record(request: Request) -> bool:
    """Whether the refusal of a stranger gets a record of its own; beyond a bound they are counted."""
    strangers: Strangers = request.app.state.strangers
    return strangers.gets_record(request.client.host if request.client else "-")


def _same_origin(request: Request) -> bool:
    """False where the browser says that another site's page sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
