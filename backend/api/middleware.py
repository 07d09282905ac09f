"""Middleware of every request: host check, body limit, headers, and ending the queries of a caller who left."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, State
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.problems import problem, unexpected
from backend.security.gate import COOKIE
from backend.security.sessions import Sessions
from graph_schema.errors import UplineError
from graph_schema.store import Store
from graph_schema.store.request_mark import ASKED_FOR

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
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.sessions.who(token.strip()) is not None:
            return True
        for part in headers.get("cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == COOKIE and self.sessions.viewer(value) is not None:
                return True
        return False


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


class Caller:
    """Watches the caller while his request is worked on; ends its queries in the database when he is gone."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app, self.state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        mark = secrets.token_hex(8)
        ASKED_FOR.set(mark)
        over = False
        watcher: asyncio.Task[Message] | None = None
        # A request without a body is watched from the beginning: nobody will read it.
        headers = Headers(scope=scope)
        unread = _declared(headers) == 0 and "transfer-encoding" not in headers

        async def watch() -> Message:
            message = await receive()
            while message["type"] != "http.disconnect":
                message = await receive()
            if not over:
                await run_in_threadpool(end_queries, self.state.store, mark)
            return message

        async def sending(message: Message) -> None:
            nonlocal over
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                over = True
            await send(message)

        async def receiving() -> Message:
            nonlocal watcher, unread
            if unread:
                unread = False
                return {"type": "http.request", "body": b"", "more_body": False}
            if watcher is not None:
                return await asyncio.shield(watcher)
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False):
                watcher = asyncio.create_task(watch())
            return message

        if unread:
            watcher = asyncio.create_task(watch())
        try:
            await self.app(scope, receiving, sending)
        finally:
            if watcher is not None:
                watcher.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await watcher


def end_queries(store: Store | None, mark: str) -> int:
    """End the transactions of one request in the database; return how many."""
    if store is None:
        return 0
    with contextlib.suppress(UplineError):
        ids = store.rows("asked.running", mark=mark)[0]["ids"]
        if ids:
            return len(store.rows("asked.end", ids=ids))
    return 0
