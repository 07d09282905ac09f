"""Before the first visitor: ask what a first visit asks, so that the database has planned it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from backend.answers.board import board
from backend.answers.gangs import gang_page
from backend.answers.lanes import lanes
from backend.answers.persons import person_page
from backend.answers.suites import calls, money
from graph_schema.errors import UplineError
from graph_schema.store import LOCAL, Store


def warm(store: Store) -> None:
    """Ask for the board, and for one chain, person and gang of it.

    The first question of a kind takes the database seconds to plan, the second one milliseconds. Nothing is handed
    out, so nothing is recorded; where there is no run yet, there is nothing to ask.
    """
    with suppress(UplineError):
        rows = _unrecorded(board)(store, LOCAL)["rows"]
        leading = next((row for row in rows if row["chain"]), None)
        if leading is None:
            return
        shown = _unrecorded(lanes)(store, LOCAL, leading["case_no"], 1)
        first = shown["chain"]["persons"][0]["id"]
        _unrecorded(person_page)(store, LOCAL, first)
        for suite in (calls, money):
            _unrecorded(suite)(store, LOCAL, [first])
        if leading["gang"]:
            _unrecorded(gang_page)(store, LOCAL, leading["gang"])


def _unrecorded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The question below the audit record."""
    below: Callable[..., Any] = inspect.unwrap(function, stop=lambda each: "audited" not in vars(each))
    return below
