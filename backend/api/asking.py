"""Dependencies of every route: the store, the viewer, and the way to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

import orjson
from fastapi import Depends, Request, Response
from pydantic import TypeAdapter, ValidationError
from starlette.types import Receive, Scope, Send

from backend.api.jobs import Jobs
from backend.api.models import LoadNumber
from backend.api.problems import language
from backend.security.audited import Recorded
from backend.security.gate import gate
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_LOAD: TypeAdapter[int] = TypeAdapter(LoadNumber)


@dataclass(frozen=True)
class Asking:
    """One request that passed the gate."""

    store: Store
    viewer: Viewer
    jobs: Jobs
    language: str  # zh or en, as the request asks for


def asking(request: Request, viewer: Annotated[Viewer, Depends(gate)]) -> Asking:
    """The dependency of every gated route; ``as_of`` of a question chooses the graph it is answered from."""
    store, as_of = request.app.state.store, _as_of(request)
    if as_of is not None:
        if request.method != "GET":
            raise Conflict(
                Text("历史数据只能查询。", "Data as of an earlier load is read-only; leave as_of out.")
            )
        try:
            store = request.app.state.past.store(store, as_of)
        except NotFound as error:  # a parameter that names nothing, not a thing that is not there
            raise Conflict(*error.args) from error
    return Asking(store, viewer, request.app.state.jobs, language(request.headers.get("accept-language")))


def _as_of(request: Request) -> int | None:
    """The load a question names, read as its own model reads it; what that refuses is left to it."""
    try:
        return _LOAD.validate_python(request.query_params["as_of"])
    except (KeyError, ValidationError):
        return None


Ask = Annotated[Asking, Depends(asking)]


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
