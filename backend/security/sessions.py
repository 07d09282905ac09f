"""Sessions of those who signed in: by the local token of whoever can read this UPLINE_HOME, or as a user of his own."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from backend.security.passwords import digest
from backend.security.users import User, Users
from graph_schema.shared_file import locked, put
from graph_schema.store import LOCAL, Viewer

IDLE_SECONDS = 30 * 60
"""A session nobody used for this long has ended (CJIS Security Policy AC-11)."""
_MOST = 1000


def local_token(home: Path) -> str:
    """Return the token of ``home``; made at random on first use, in a file only its owner reads."""
    path = home / "token"
    with locked(path):
        token = path.read_text(encoding="ascii").strip() if path.is_file() else ""
        if not token:
            token = secrets.token_urlsafe(32)
            put(path, token)
    return token


@dataclass
class _Session:
    used_at: float
    mark: str
    find: Callable[[str], Viewer | None]
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
        return self._of_token(digest(token))

    def open(self, token: str, purpose: str = "") -> str:
        """Begin a session for the holder of ``token`` and return its id."""
        return self._begin(digest(token), self._of_token, purpose)

    def open_for(self, user: User, purpose: str = "") -> str:
        """Begin a session for a user whose password was right and return its id; another password ends it."""
        return self._begin(digest(user.password), self._of_password, purpose)

    def _begin(self, mark: str, find: Callable[[str], Viewer | None], purpose: str) -> str:
        """The least recently used session gives way beyond a thousand."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._open) >= _MOST:
                del self._open[min(self._open, key=lambda key: self._open[key].used_at)]
            self._open[digest(session)] = _Session(self._clock(), mark, find, purpose)
        return session

    def viewer(self, session: str) -> Viewer | None:
        """Whose session it is, with the purpose it began with; None where there is none or it has ended.

        The user is looked up anew each time: his end, another token, password or role counts from the next request.
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
        viewer = found.find(found.mark)
        return replace(viewer, purpose=found.purpose) if viewer else None

    def close(self, session: str) -> None:
        """End a session, at once and for good."""
        with self._lock:
            self._open.pop(digest(session), None)

    def _of_token(self, mark: str) -> Viewer | None:
        if hmac.compare_digest(mark, self._token):
            return LOCAL
        return _viewer(self._users.of_token(mark)) if self._users else None

    def _of_password(self, mark: str) -> Viewer | None:
        return _viewer(self._users.of_password(mark)) if self._users else None


def _viewer(user: User | None) -> Viewer | None:
    return Viewer(user=user.name, role=user.role) if user else None
