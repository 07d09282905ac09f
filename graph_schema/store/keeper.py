"""The keeper: a small process beside the server that stops it when nobody has used it for a while.

It holds the keeper lock as long as it lives and looks at the leases once a second. It decides only under
the start lock, so it never stops a server somebody is joining, and never ends while somebody relies on it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from graph_schema.errors import Busy, InputError
from graph_schema.language import Text
from graph_schema.store import leases, processes, server
from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places

POLL = 1.0


def idle_seconds() -> float:
    """Seconds the server outlives its last lease: ten minutes, or ``UPLINE_DB_IDLE``."""
    given = os.environ.get("UPLINE_DB_IDLE", "600")
    try:
        return float(given)
    except ValueError:
        raise InputError(
            Text(
                f"UPLINE_DB_IDLE={given}：应为秒数，例如 600。",
                f"UPLINE_DB_IDLE={given}: give seconds, for example 600",
            )
        ) from None


def ensure(places: Places) -> None:
    """Start a keeper where none lives. Call under the start lock."""
    idle_seconds()  # a wrong value is said here, not in the keeper's log
    probe = FileLock(places.keeper_lock)
    if not probe.try_acquire():
        return
    probe.release()
    processes.spawn_module("graph_schema.store.keeper", [str(places.home)], places.db / "keeper.log")


def _turn(places: Places, last_used: float) -> float | None:
    """Look once; return when the server was last used, or None where the keeper's work is done."""
    if server.running(places) is None:
        return None
    now = time.monotonic()
    if leases.holders(places):
        return now
    if now - last_used < idle_seconds():
        return last_used
    server.stop(places)
    return None


def keep(places: Places) -> None:
    """Watch over the server of ``places`` until it has ended or has been idle for long enough."""
    own = FileLock(places.keeper_lock)
    try:
        own.acquire(3, "keeper")
        FileLock(places.start_lock).acquire(server.START_TIMEOUT * 2, "start").release()
    except Busy:
        return  # another keeper is at work
    last_used = time.monotonic()
    while places.db.is_dir():
        guard = FileLock(places.start_lock)
        if guard.try_acquire():
            with guard:
                seen = _turn(places, last_used)
                if seen is None:
                    own.release()
                    return
                last_used = seen
        time.sleep(POLL)
    server.clear_strays(places)  # the whole home was deleted: end the server that served it


if __name__ == "__main__":
    keep(Places(Path(sys.argv[1])))
