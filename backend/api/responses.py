"""How a route answers: JSON as it is, of the shape it says."""

from __future__ import annotations

from typing import Generic, TypeVar

import orjson
from fastapi import Response
from starlette.types import Receive, Scope, Send

from backend.security.audited import Recorded

T = TypeVar("T")
_PART = 256 << 10
"""Bytes of an answer sent at a time."""


class Json(Response, Generic[T]):
    """A body as it is, through orjson: no model is built for each of a hundred thousand edges.

    A route that returns ``Json[Board]`` is proved by mypy to send a ``Board``, and documented as sending one.
    """

    media_type = "application/json"

    def __init__(self, content: T, status_code: int = 200) -> None:
        super().__init__(content, status_code)

    def render(self, content: object) -> bytes:
        if isinstance(content, Recorded) and content.encoded is not None:
            return content.encoded
        return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a large body in parts: given whole, its rest is moved in memory after every part that went out."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, max(1, len(self.body)), _PART):
            part = bytes(self.body[start : start + _PART])
            more = start + _PART < len(self.body)
            await send({"type": "http.response.body", "body": part, "more_body": more})
