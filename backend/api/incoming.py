"""What a caller sends, read within bounded time; and whether he is still there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

BODY_SECONDS = 60.0
"""In which a body that is no upload has to be there."""
GAP_SECONDS = 30.0
"""Between two parts of an upload."""


class CallerGone(Exception):
    """The caller left before his request was whole, or before its turn."""


class Incoming:
    """One request as it comes in. Once it is whole, ``leaving`` runs when the caller goes away before his answer."""

    def __init__(self, receive: Receive, leaving: Callable[[], Awaitable[None]]) -> None:
        self._receive, self._leaving = receive, leaving
        self._body: bytes | None = None
        self._watching: asyncio.Task[None] | None = None
        self.left = asyncio.Event()
        self.answered = False

    async def whole(self) -> bytes:
        """The body, read to its end. Raises ``CallerGone``, or ``HTTPException`` 408 where it takes too long."""
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise CallerGone
                    parts.append(message.get("body", b""))
                    if not message.get("more_body", False):
                        break
        except TimeoutError as error:
            raise HTTPException(408) from error
        self._body = b"".join(parts)
        self._watch()
        return self._body

    async def receive(self) -> Message:
        """For the application: the body as it comes, or the one that was read; then nothing until he leaves."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        if self._watching is not None:
            await self.left.wait()
            return {"type": "http.disconnect"}
        try:
            async with asyncio.timeout(GAP_SECONDS):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408) from error
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._watch()
        return message

    async def close(self) -> None:
        """Watch no longer."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching

    def _watch(self) -> None:
        self._watching = asyncio.create_task(self._until_he_leaves())

    async def _until_he_leaves(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self.answered:  # the server says the same once an answer is complete
            self.left.set()
            await self._leaving()
