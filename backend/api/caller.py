"""Gives every request its turn, sends heavy ones to a worker, and ends all work of a caller who left.

What one user asks for waits behind his own other requests (``backend.api.turns``). A heavy request is answered whole
by a worker before anything of it is sent, so that a slow reader keeps no worker from others.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Awaitable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar
from urllib.parse import unquote

import anyio
from starlette.datastructures import Headers, State
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.errands import Answer, Errand, is_heavy
from backend.api.incoming import CallerGone, Incoming
from backend.api.known import known
from backend.api.problems import failed, of_status, relog
from backend.api.turns import LOOKS, STREAMS, UPLOADS, Turn, Turns, WorkClass, works
from backend.api.workers import Worker, Workers, how_many
from backend.security.audited import recorded
from backend.security.gate import PREFIX, PURPOSE
from backend.security.rights import OF_THE_SITE, below
from graph_schema.errors import EngineError, UplineError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from graph_schema.store.failures import QueryTimedOut
from graph_schema.store.request_mark import ASKED_FOR, CallerLeft, RequestMark

T = TypeVar("T")

DEADLINE = 300.0
"""Seconds a worker has for one request."""
EXPORT_DEADLINE = 3600.0
"""Seconds it has for an export of the graph."""
_AGAIN = 0.3
"""Seconds between two looks for queries of a caller who left, until his request has ended."""
_PART = 256 << 10


class Caller:
    """Middleware between the outermost layer and the routes; addresses outside the API pass through."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app, self.state = app, state
        workers: Workers | None = state.workers
        count = workers.count if workers else how_many()
        self.turns = {
            WorkClass.LOOK: Turns(LOOKS),
            WorkClass.WORK: Turns(works(count)),
            WorkClass.UPLOAD: Turns(UPLOADS),
            WorkClass.STREAM: Turns(STREAMS),
        }
        # Threads of their own: those of the service may all be waiting for what these end.
        self._waiting = anyio.CapacityLimiter(2 * count)
        self._ending = anyio.CapacityLimiter(4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith(PREFIX) or path == f"{PREFIX}/health":
            await self.app(scope, receive, send)
            return
        mark = RequestMark()
        ASKED_FOR.set(mark)
        incoming = Incoming(receive, lambda: self._end_queries(mark))
        try:
            request = _Request(scope, incoming, send, mark, *known(self.state.sessions, _headers(scope)))
            await self._turned(request)
        except CallerGone:
            return
        except EngineError as error:  # nobody knows who may see what
            await failed(error, _headers(scope).get("accept-language"))(scope, incoming.receive, send)
        finally:
            await incoming.close()

    async def _turned(self, request: _Request) -> None:
        """Read the request, wait for its turn, have it answered. What is refused on the way is told in words."""
        kind, incoming = request.kind(), request.incoming
        try:
            body = b"" if kind is WorkClass.UPLOAD else await incoming.whole()
            turn = await _unless_gone(incoming, self.turns[kind].take(request.user))
        except HTTPException as error:
            await of_status(error.status_code, request.accepted)(
                request.scope, incoming.receive, request.send
            )
            return
        except UplineError as error:
            await failed(error, request.accepted)(request.scope, incoming.receive, request.send)
            return
        try:
            if kind is WorkClass.WORK and self.state.workers is not None and request.viewer is not None:
                await self._worked(request, request.viewer, body, turn)
            else:
                await self._here(request, turn, kind)
        finally:
            turn.end()

    async def _here(self, request: _Request, turn: Turn, kind: WorkClass) -> None:
        """Let the routes answer in this process; the turn is over once the answer begins."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and kind is WorkClass.LOOK:
                turn.end()
            await request.send(message)

        await self.app(request.scope, request.incoming.receive, sending)

    async def _worked(self, request: _Request, viewer: Viewer, body: bytes, turn: Turn) -> None:
        """Let a worker answer, and send what it gave back; what it left on the disk goes in any case."""
        scratch = tempfile.mkdtemp(prefix="upline-work-")
        try:
            try:
                answer = await self._asked(request, viewer, body, scratch)
            except UplineError as error:
                with contextlib.suppress(UplineError):
                    await anyio.to_thread.run_sync(_record, request, viewer, error, limiter=self._ending)
                turn.end()
                await failed(error, request.accepted)(request.scope, request.incoming.receive, request.send)
                return
            turn.end()
            relog(answer.log)
            request.scope["route"] = SimpleNamespace(path=answer.route)
            await _send(answer, request)
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, scratch, True))

    async def _asked(self, request: _Request, viewer: Viewer, body: bytes, scratch: str) -> Answer:
        """The answer of a worker, which is killed where the caller leaves or the deadline passes.

        Raises ``CallerLeft``, ``QueryTimedOut`` or ``WorkerEnded``, and ``Silent`` where it could only wait.
        """
        await anyio.to_thread.run_sync(self.state.store.need_answers, limiter=self._waiting)
        if not below(request.path, OF_THE_SITE):
            own = partial(self.state.own_graphs.store, self.state.store, viewer)
            await anyio.to_thread.run_sync(own, limiter=self._waiting)  # a worker finds it made, and open
        workers: Workers = self.state.workers
        errand = request.errand(viewer, body, scratch)
        worker = await anyio.to_thread.run_sync(workers.take, limiter=self._waiting)
        asking = asyncio.create_task(anyio.to_thread.run_sync(worker.ask, errand, limiter=self._waiting))
        leaving = asyncio.create_task(request.incoming.left.wait())
        try:
            await asyncio.wait(
                {asking, leaving}, timeout=request.deadline(), return_when=asyncio.FIRST_COMPLETED
            )
            if asking.done():
                return asking.result()
            raise _why_ended(leaving.done())
        finally:
            leaving.cancel()
            if not asking.done():
                worker.process.kill()
            await asyncio.shield(self._back(workers, worker, asking))
            if worker.process.returncode is not None:
                await asyncio.shield(self._end_once(request.mark))

    async def _back(self, workers: Workers, worker: Worker, asking: asyncio.Task[Answer]) -> None:
        await asyncio.wait({asking})
        if not asking.cancelled():
            asking.exception()  # looked at: a killed worker has no answer
        await anyio.to_thread.run_sync(workers.give, worker, limiter=self._ending)

    async def _end_queries(self, mark: RequestMark) -> None:
        """End the queries of a request until it has ended itself: between two it may have begun another."""
        mark.left.set()
        while True:
            await self._end_once(mark)
            await asyncio.sleep(_AGAIN)

    async def _end_once(self, mark: RequestMark) -> None:
        await anyio.to_thread.run_sync(end_queries, self.state.store, mark.name, limiter=self._ending)


class _Request:
    """What is known of a request before anything is done for it."""

    def __init__(
        self,
        scope: Scope,
        incoming: Incoming,
        send: Send,
        mark: RequestMark,
        viewer: Viewer | None,
        by_token: bool,
    ) -> None:
        self.scope, self.incoming, self.mark = scope, incoming, mark
        self._send = send
        self.viewer, self.by_token = viewer, by_token
        self.headers = _headers(scope)
        self.path = str(scope["path"]).removeprefix(PREFIX)

    async def send(self, message: Message) -> None:
        """Send a part of the answer; after the last one nobody has left too early."""
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.incoming.answered = True
        await self._send(message)

    @property
    def accepted(self) -> str | None:
        return self.headers.get("accept-language")

    @property
    def user(self) -> str:
        """Whose turn it uses; strangers share one."""
        return self.viewer.user if self.viewer else ""

    def kind(self) -> WorkClass:
        """The class of work it is."""
        if self.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            return WorkClass.UPLOAD
        if self.path.endswith("/events"):
            return WorkClass.STREAM
        return WorkClass.WORK if is_heavy(self.scope["method"], self.path) else WorkClass.LOOK

    def deadline(self) -> float:
        """Seconds a worker has for it."""
        return EXPORT_DEADLINE if self.path == "/exports" else DEADLINE

    def errand(self, viewer: Viewer, body: bytes, scratch: str) -> Errand:
        """As a worker takes it; parts of a file are not asked of it."""
        headers = [pair for pair in self.scope["headers"] if pair[0] not in (b"range", b"if-range")]
        return Errand(
            method=self.scope["method"],
            path=self.scope["path"],
            query=self.scope["query_string"],
            headers=headers,
            body=body,
            viewer=viewer,
            by_token=self.by_token,
            mark=self.mark.name,
            scratch=scratch,
        )


def end_queries(store: Store | None, mark: str) -> int:
    """End the transactions of one request in the database; return how many."""
    ASKED_FOR.set(RequestMark())  # this is asked for itself: the other request's caller has left
    if store is None:
        return 0
    with contextlib.suppress(UplineError):
        ids = store.rows("asked.running", mark=mark)[0]["ids"]
        if ids:
            return len(store.rows("asked.end", ids=ids))
    return 0


async def _unless_gone(incoming: Incoming, work: Awaitable[T]) -> T:
    """The outcome of ``work``, which is given up where the caller leaves. Raises ``CallerGone`` then."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(incoming.left.wait())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise CallerGone
        return working.result()
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait({working})


def _why_ended(left: bool) -> UplineError:
    if left:
        return CallerLeft(Text("请求已取消。", "The request was cancelled."))
    return QueryTimedOut(
        Text("计算超时，请缩小范围。", "The computation was ended at its time limit; narrow the question.")
    )


def _record(request: _Request, viewer: Viewer, error: UplineError) -> None:
    """Leave the record of a request its worker could not finish, and raise why."""
    purpose = unquote(request.headers.get(PURPOSE, ""), errors="replace").strip()[:300] or viewer.purpose
    asked = {"path": request.path, "query": request.scope["query_string"].decode("latin-1")}
    with recorded(Viewer(viewer.user, viewer.role, purpose=purpose), "request.ended", asked):
        raise error


async def _send(answer: Answer, request: _Request) -> None:
    """Send a whole answer in parts, from memory or from its file."""
    await request.send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if answer.file is None:
        for start in range(0, max(1, len(answer.body)), _PART):
            more = start + _PART < len(answer.body)
            await _part(request, answer.body[start : start + _PART], more)
        return
    async with await anyio.open_file(Path(answer.file), "rb") as file:
        while (part := await file.read(_PART)) and not request.incoming.left.is_set():
            await _part(request, part, True)
    await _part(request, b"", False)


async def _part(request: _Request, body: bytes, more: bool) -> None:
    await request.send({"type": "http.response.body", "body": body, "more_body": more})


def _headers(scope: Scope) -> Headers:
    return Headers(scope=scope)
