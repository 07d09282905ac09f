"""Warming: what it asks is answered and leaves no trace of a reader."""

from __future__ import annotations

import threading
import time
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


def test_end_waits_for_the_question_being_asked(district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the connection closed under a question, which ends a service told to stop with a trace and code 1."""
    begun, answered = threading.Event(), 0
    real = Store.read

    def read(self: Store, viewer: Viewer, query: str, /, **more: Any) -> Any:
        nonlocal answered
        begun.set()
        time.sleep(0.2)
        answer = real(self, viewer, query, **more)
        answered += 1
        return answer

    monkeypatch.setattr(Store, "read", read)
    with Store.connect() as store, warming.warming(store):
        assert begun.wait(30)
    ended = answered
    assert ended >= 1
    time.sleep(0.5)
    assert answered == ended  # nothing is asked after the end


def test_nothing_to_warm(store: Store) -> None:
    """Trap: a service that does not start before the first load."""
    warming.warm(store)
