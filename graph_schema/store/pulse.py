"""Whether the database answers at all: a frozen one keeps its connections open and says nothing.

Who waits for an answer must not wait for such a database. Once an answer failed to come, one caller at a time asks
whether it is back, and all are refused in words until it is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from neo4j.exceptions import DriverError, Neo4jError

from graph_schema.errors import EngineError
from graph_schema.language import Text

PATIENCE = 3.0
"""Seconds the database has to answer a greeting."""
_PAUSE = 1.0
"""Seconds in which a greeting that found no answer is not repeated."""


class Silent(EngineError):
    """The database is there and does not answer."""


class Pulse:
    """The state of one database as its clients in this process last found it."""

    def __init__(self, greet: Callable[[], None]) -> None:
        self._greet = greet  # raises what the driver raises where no answer comes within PATIENCE
        self._silent = False
        self._failed = 0.0
        self._turn = threading.Lock()

    def need(self) -> None:
        """Return where the database answers, as far as is known. Raises ``Silent`` within twice PATIENCE."""
        if not self._silent:
            return
        if not self._turn.acquire(timeout=PATIENCE + _PAUSE):
            raise _silent()
        try:
            if self._silent and time.monotonic() - self._failed > _PAUSE:
                self._ask()
        finally:
            self._turn.release()
        if self._silent:
            raise _silent()

    def lost(self) -> None:
        """An answer did not come: find out whether any does. Raises ``Silent`` where none does."""
        self._silent = True
        self.need()

    def _ask(self) -> None:
        try:
            self._greet()
            self._silent = False
        except (DriverError, Neo4jError):
            self._failed = time.monotonic()


def _silent() -> Silent:
    return Silent(
        Text(
            "数据库没有应答，可能已暂停或负载过高；恢复后可直接重试，见 `upline db status`。",
            "The database does not answer; it may be paused or overloaded. Ask again once it is back; "
            "see `upline db status`.",
        )
    )
