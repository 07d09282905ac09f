"""Warms up the database: runs the queries of a first visit, so that they are planned."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import ParamSpec, TypeVar

from backend.answers.board import board
from backend.answers.gangs import gang_page
from backend.answers.lanes import lanes
from backend.answers.persons import person_page
from backend.answers.suites import calls, money
from graph_schema.errors import UplineError
from graph_schema.store import LOCAL, Store

P = ParamSpec("P")
A = TypeVar("A")


def warm(store: Store, leaving: threading.Event | None = None) -> None:
    """Ask for the board, and for one chain, person and gang of it; end between two questions once `leaving` is set.

    The first question of a kind takes the database seconds to plan, the second one milliseconds. Nothing is handed
    out, so nothing is recorded; where there is no run yet, there is nothing to ask.
    """
    with suppress(UplineError):
        for _ in _asked(store):
            if leaving is not None and leaving.is_set():
                return


@contextmanager
def warming(store: Store) -> Iterator[None]:
    """Warm beside the work inside; at its end wait for the question being asked.

    A connection closed under a question makes the driver raise (BufferError), which would end a service that was
    told to stop with a trace.
    """
    leaving = threading.Event()
    thread = threading.Thread(target=warm, args=(store, leaving), name="warm", daemon=True)
    thread.start()
    try:
        yield
    finally:
        leaving.set()
        thread.join()


def _asked(store: Store) -> Iterator[None]:
    """One question after the other."""
    rows = _unrecorded(board)(store, LOCAL)["rows"]
    yield
    leading = next((row for row in rows if row["chain"]), None)
    if leading is None:
        return
    first = _unrecorded(lanes)(store, LOCAL, leading["case_no"], 1)["chain"]["persons"][0]["id"]
    yield
    _unrecorded(person_page)(store, LOCAL, first)
    for suite in (calls, money):
        yield
        _unrecorded(suite)(store, LOCAL, [first])
    if leading["gang"]:
        yield
        _unrecorded(gang_page)(store, LOCAL, leading["gang"])


def _unrecorded(function: Callable[P, A]) -> Callable[P, A]:
    """The question below the audit record."""
    below: Callable[P, A] = inspect.unwrap(function, stop=lambda each: "audited" not in vars(each))
    return below
