"""Warming: what it asks is answered and leaves no trace of a reader."""

from __future__ import annotations

from typing import Any

import pytest

from backend.answers import warming
from backend.security.audited import audit_log
from graph_schema.store import Store, Viewer


def test_warming_asks_and_records_nobody(district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a record of a read nobody made; a warm-up that fails silently and warms nothing."""
    asked: list[str] = []
    real = Store.read

    def read(self: Store, viewer: Viewer, query: str, /, **more: Any) -> Any:
        asked.append(query)
        return real(self, viewer, query, **more)

    monkeypatch.setattr(Store, "read", read)
    before = audit_log().head()
    warming.warm(district)
    assert audit_log().head() == before
    assert {"chain.page", "board.between", "person.one", "gang.one"} <= set(asked)


def test_nothing_to_warm(store: Store) -> None:
    """Trap: a service that does not start before the first load."""
    warming.warm(store)
