"""The outermost layer of every request: host check, body limit, safe headers, one line in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.known import known
from backend.api.problems import problem, unexpected
from backend.security.sessions import Sessions

access = logging.getLogger("upline.access")

SMALL_BODY = 1 << 20
"""Bytes of a request that is no upload, and of any request nobody has signed in for."""
TAKEN_BODY = 16 << 20
TAKEN = ("/api/v1/tables", "/api/v1/drawings/canvas")
"""Where pages hand over what they show, to be taken away as a file: more than a small body, from somebody signed in."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Shell:
    """Outermost layer: nothing but a complete HTTP answer leaves it, with the safe headers on it."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], sessions: Sessions, upload_bytes: int) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))
        self.sessions = sessions
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accepted = headers.get("accept-language")
        begun, started = 0, time.monotonic()

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message["status"]
                _note(scope, begun, started)
                found = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    found.setdefault(name, value)
            await send(message)

        if _host_name(headers.get("host", "")) not in self.hosts:
            await problem("E-HOST", accepted)(scope, receive, sending)
            return
        most = self._most(headers, str(scope["path"]))
        if _declared(headers) > most:
            await problem("E-TOO-LARGE", accepted)(scope, receive, sending)
            return
        try:
            await self.app(scope, _limited(receive, most), sending)
        except Exception as error:
            # The one place where anything may arrive: no caller sees a trace, no log personal data.
            answer = unexpected(error, accepted)
            if not begun:
                await answer(scope, receive, sending)

    def _most(self, headers: Headers, path: str) -> int:
        """Bytes a request may bring: many only for an upload, more for what is taken away; only if signed in."""
        if path in TAKEN and self._signed_in(headers):
            return TAKEN_BODY
        upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
        return self.upload_bytes if upload and self._signed_in(headers) else SMALL_BODY

    def _signed_in(self, headers: Headers) -> bool:
        """True where a large body may be received at all; everything else the gate decides."""
        return known(self.sessions, headers)[0] is not None


def _note(scope: Scope, status: int, started: float) -> None:
    """One line per request: the route's pattern, never the address asked for, which may name people."""
    route = getattr(scope.get("route"), "path", "-")
    access.info("%s %s %d %.0f ms", scope["method"], route, status, (time.monotonic() - started) * 1000)


def _host_name(host: str) -> str:
    """A Host header without its port."""
    name = host.strip().lower()
    if name.startswith("["):
        inside, bracket, _ = name.partition("]")
        return inside + bracket
    return name.partition(":")[0]


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def _limited(receive: Receive, most: int) -> Receive:
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise HTTPException(413)
        return message

    return limited
