"""Which request a query is run for: its mark goes with every transaction, so that they can be ended."""

from __future__ import annotations

import secrets
import threading
from contextvars import ContextVar
from dataclasses import dataclass, field

from graph_schema.errors import EngineError
from graph_schema.language import Text


class CallerLeft(EngineError):
    """Nobody waits for this answer any more, so no further query is begun for it."""

    code = "E-LEFT"


@dataclass(frozen=True)
class RequestMark:
    """A request somebody waits for: its name in the database, and whether he has left."""

    name: str = field(default_factory=lambda: secrets.token_hex(8))
    left: threading.Event = field(default_factory=threading.Event)


ASKED_FOR: ContextVar[RequestMark | None] = ContextVar("asked_for", default=None)
"""The mark of the request at hand, None where nobody waits: loads, analyses, commands."""


def metadata(query: str) -> dict[str, str]:
    """What the database is told about a transaction."""
    mark = ASKED_FOR.get()
    return {"query": query, "asked_for": mark.name if mark else ""}


def still_wanted() -> bool:
    """Whether somebody waits for the request at hand. Raises ``CallerLeft`` where he has left; False for other work."""
    mark = ASKED_FOR.get()
    if mark is not None and mark.left.is_set():
        raise CallerLeft(Text("请求已取消。", "The request was cancelled."))
    return mark is not None
