"""Refused sign-ins, bounded: a stranger must not fill the audit volume, on which all work depends."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from backend.security.audited import audit_log, entry_of
from backend.security.errors import AuditUnavailable
from graph_schema.store import Viewer

EACH = 10
"""Refusals of one address and minute that get a record each."""
ADDRESSES = 50
"""Addresses of one minute that do."""
NAMED = 20
MINUTE = 60.0


class Strangers:
    """Counts refusals by address and minute; those beyond the bound are one record, a minute after the first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._minute = -1
        self._seen: Counter[str] = Counter()
        self._rest: Counter[str] = Counter()

    def gets_record(self, address: str) -> bool:
        """Whether a refusal is recorded by itself; else it is counted."""
        with self._lock:
            minute = int(self._clock() // MINUTE)
            if minute != self._minute:
                self._minute, self._seen = minute, Counter()
            known = address in self._seen or len(self._seen) < ADDRESSES
            self._seen[address if known else "-"] += 1
            if known and self._seen[address] <= EACH:
                return True
            if not self._rest:
                timer = threading.Timer(MINUTE, self.tell_rest)
                timer.daemon = True
                timer.start()
            self._rest[address if known else "-"] += 1
            return False

    def tell_rest(self) -> None:
        """Record what was only counted so far: how many, and the addresses most of them came from."""
        with self._lock:
            rest, self._rest = self._rest, Counter()
        if not rest:
            return
        entry = entry_of(
            Viewer("-", "-"), "session.refused", tuple(each for each, _ in rest.most_common(NAMED))
        )
        with suppress(AuditUnavailable):  # nobody waits for it; the full volume is told everywhere else
            audit_log().append(replace(entry, outcome="E-SIGN-IN", count=rest.total()))
