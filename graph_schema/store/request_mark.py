"""Which request a query is run for: its mark goes with every transaction, so that they can be ended."""

from __future__ import annotations

from contextvars import ContextVar

ASKED_FOR: ContextVar[str] = ContextVar("asked_for", default="")
"""The mark of the request at hand, empty where nobody will ask to end its queries."""


def metadata(query: str) -> dict[str, str]:
    """What the database is told about a transaction."""
    return {"query": query, "asked_for": ASKED_FOR.get()}
