"""Leases: the server of a home runs on while at least one client holds one.

A lease is a file the client keeps locked. The lock ends with the client, also when that is killed, so
a lease without a lock is over. Leases are taken and swept only under the home's start lock, so that
the keeper never stops a server somebody is just joining.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from graph_schema.store.locks import FileLock
from graph_schema.store.places import Places


def take(places: Places) -> FileLock:
    """Take a lease for this process; release it to give the server free. Call under the start lock."""
    lock = FileLock(places.leases / f"{os.getpid()}-{secrets.token_hex(4)}.lease")
    return lock.acquire(10, "lease")


def _ended(path: Path) -> bool:
    lock = FileLock(path)
    if not lock.try_acquire():
        return False
    lock.release()
    path.unlink(missing_ok=True)
    return True


def holders(places: Places) -> list[int]:
    """Sweep ended leases and return the process ids that hold one. Call under the start lock."""
    if not places.leases.is_dir():
        return []
    living = [path for path in sorted(places.leases.glob("*.lease")) if not _ended(path)]
    return sorted({int(path.name.split("-")[0]) for path in living})
