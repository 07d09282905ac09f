"""Sign-in by token: the local one of whoever can read this UPLINE_HOME, or a user's own."""

from __future__ import annotations

import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from backend.security.users import User, Users, digest
from graph_schema.store import LOCAL, Viewer

IDLE_SECONDS = 30 * 60
"""A session nobody used for this long has ended (CJIS Security Policy AC-11)."""
_MOST = 1000


def local_token(home: Path) -> str:
    """Return the token of ``home``; made at random on first use, in a file only its owner reads."""
    path = home / "token"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        token = secrets.token_urlsafe(32)
        file.write(token)
    return token


@dataclass
class _Session:
    used_at: float
    token: str
    purpose: str


class Sessions:
    """Open sessions, held in memory only as digests of their ids: a restart ends them all."""

    def __init__(
        self, token: str, users: Users | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._token = digest(token)
        self._users = users
        self._open: dict[str, _Session] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def who(self, token: str) -> Viewer | None:
        """The owner or the user a token belongs to; None for one that is none, or no more."""
        return self._of(digest(token))

    def open(self, token: str, purpose: str = "") -> str:
        """Begin a session for the holder of ``token`` and return its id.

        The least recently used one gives way beyond a thousand.
        """
        session = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._open) >= _MOST:
                del self._open[min(self._open, key=lambda key: self._open[key].used_at)]
            self._open[digest(session)] = _Session(self._clock(), digest(token), purpose)
        return session

    def viewer(self, session: str) -> Viewer | None:
        """Whose session it is, with the purpose it began with; None where there is none or it has ended.

        The user is looked up anew each time: an ended user, another token or role counts from the next request.
        """
        now = self._clock()
        with self._lock:
            found = self._open.get(digest(session))
            if found is not None and now - found.used_at > IDLE_SECONDS:
                del self._open[digest(session)]
                found = None
            if found is None:
                return None
            found.used_at = now
        viewer = self._of(found.token)
        return replace(viewer, purpose=found.purpose) if viewer else None

    def close(self, session: str) -> None:
        """End a session, at once and for good."""
        with self._lock:
            self._open.pop(digest(session), None)

    def _of(self, token_digest: str) -> Viewer | None:
        if hmac.compare_digest(token_digest, self._token):
            return LOCAL
        user: User | None = self._users.of_digest(token_digest) if self._users else None
        return Viewer(user=user.name, role=user.role) if user else None
