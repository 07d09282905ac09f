"""A process that answers heavy requests one after the other, so that it can be ended in the middle of one.

Started by ``backend.api.workers``; it has the routes of the service and a connection of its own, and asks the gate as
the service does. It ends when the service does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
from fastapi import FastAPI
from starlette.types import Message, Scope

from backend.api.app import routed
from backend.api.errands import Answer, Errand, get, put
from backend.api.problems import failed, unexpected
from graph_schema.errors import UplineError
from graph_schema.home import upline_home
from graph_schema.store import Store, Viewer
from graph_schema.store.request_mark import ASKED_FOR, RequestMark

NICER = 5
"""Added to the niceness once it is ready: look-ups and the database come first."""


class _Known:
    """Sessions as the service found them for one errand: whoever it is has been signed in already."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand

    def who(self, token: str) -> Viewer | None:
        return self._errand.viewer if self._errand.by_token else None

    def viewer(self, session: str) -> Viewer | None:
        return None if self._errand.by_token else self._errand.viewer


class _Lines(logging.Handler):
    """Keeps what is logged during an errand: the service writes it into its one log."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.name, record.levelno, record.getMessage()))

    def taken(self) -> list[tuple[str, int, str]]:
        kept, self.kept = self.kept, []
        return kept


def main() -> None:
    """Answer what comes in on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not get between the answers
    _step_back()
    app, lines = routed(upline_home()), _Lines()
    logger = logging.getLogger("upline")
    logger.addHandler(lines)
    logger.propagate = False
    with asyncio.Runner() as runner:
        for errand in _coming(sys.stdin.buffer):
            try:
                app.state.store = app.state.store or Store.connect(say=lambda _: None)
                answer = runner.run(_answered(app, errand))
            except UplineError as error:
                answer = _problem(error, errand)
            finally:
                app.state.past.close()
                app.state.own_graphs.close()
            put(out, Answer(**{**vars(answer), "log": lines.taken()}))


def _step_back() -> None:
    with contextlib.suppress(psutil.Error, OSError):
        mine = psutil.Process()
        if sys.platform == "win32":
            mine.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            mine.nice(min(19, mine.nice() + NICER))


def _coming(pipe: IO[bytes]) -> Iterator[Errand]:
    """Errands as they come. The process ends with the pipe, also in the middle of one: the service has gone."""
    waiting: queue.SimpleQueue[Errand] = queue.SimpleQueue()

    def listen() -> None:
        while isinstance(errand := get(pipe), Errand):
            waiting.put(errand)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


async def _answered(app: FastAPI, errand: Errand) -> Answer:
    """Let the routes answer; a file they send stays where the service can send it from."""
    app.state.sessions, tempfile.tempdir = _Known(errand), errand.scratch
    ASKED_FOR.set(RequestMark(errand.mark))
    scope = _scope(errand)
    started: Message = {}
    parts: list[bytes] = []
    file: str | None = None
    unread = True

    async def receive() -> Message:
        nonlocal unread
        if unread:
            unread = False
            return {"type": "http.request", "body": errand.body, "more_body": False}
        await asyncio.Event().wait()  # whoever leaves ends this process
        raise AssertionError("unreachable")

    async def send(message: Message) -> None:
        nonlocal file
        if message["type"] == "http.response.start":
            started.update(message)
        elif message["type"] == "http.response.pathsend":
            file = str(Path(errand.scratch) / "answer")
            Path(message["path"]).replace(file)  # the route removes its own folder
        else:
            parts.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception as error:
        # As in the service's own outermost layer: no caller sees a trace, no log personal data.
        if not started:
            await unexpected(error, _language(errand))(scope, receive, send)
    route = getattr(scope.get("route"), "path", "-")
    return Answer(started["status"], list(started["headers"]), b"".join(parts), file, route)


def _scope(errand: Errand) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": errand.method,
        "scheme": "http",
        "path": errand.path,
        "raw_path": errand.path.encode(),
        "query_string": errand.query,
        "root_path": "",
        "headers": errand.headers,
        "client": None,
        "server": None,
        "state": {},
        "extensions": {"http.response.pathsend": {}},
    }


def _language(errand: Errand) -> str | None:
    return next(
        (value.decode("latin-1") for name, value in errand.headers if name == b"accept-language"), None
    )


def _problem(error: UplineError, errand: Errand) -> Answer:
    response = failed(error, _language(errand))
    return Answer(response.status_code, response.raw_headers, bytes(response.body))


if __name__ == "__main__":
    main()
