"""Who is asking, before the gate is asked: for limits only, what he may do the gate decides."""

from __future__ import annotations

from starlette.datastructures import Headers

from backend.security.gate import COOKIE
from backend.security.sessions import Sessions
from graph_schema.store import Viewer


def known(sessions: Sessions, headers: Headers) -> tuple[Viewer | None, bool]:
    """Whose token or session a request brings, None for a stranger; and whether it was the token."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and (found := sessions.who(token.strip())) is not None:
        return found, True
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and (found := sessions.viewer(value)) is not None:
            return found, False
    return None, False
