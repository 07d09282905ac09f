"""The graphs of the past the service has open: few, because each is a database of its own."""

from __future__ import annotations

import threading
from collections import OrderedDict

from backend.runs.as_of import open_as_of, still_stands
from graph_schema.store import Store, embedded

OPEN = 2
"""Graphs of the past open at the same time; the one not asked for longest is closed first."""


class Past:
    """Stores by load; one that is no longer what it should be is opened again, or refused."""

    def __init__(self) -> None:
        self._stores: OrderedDict[int, Store] = OrderedDict()
        self._lock = threading.Lock()

    def store(self, now: Store, load: int) -> Store:
        """The store to answer from as of ``load``. Raises ``NotFound``, or ``Conflict`` where it is not prepared."""
        with self._lock:
            known = self._stores.get(load)
            if known is not None and still_stands(now, load):
                self._stores.move_to_end(load)
                return known
            if known is not None:
                self._end(self._stores.pop(load))
            while len(self._stores) >= OPEN and still_stands(now, load):
                self._end(self._stores.popitem(last=False)[1])  # before another is opened, not after
            then = open_as_of(now, load)
            if then is None:
                return now
            self._stores[load] = then
            return then

    def close(self) -> None:
        """Close all, and stop the databases they were read from; one another process uses goes on."""
        with self._lock:
            while self._stores:
                self._end(self._stores.popitem()[1])

    def _end(self, then: Store) -> None:
        then.close()
        embedded.stop_unused(then.home)
