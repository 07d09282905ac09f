"""Sessions of those who signed in: by the local token of whoever can read this UPLINE_HOME, or as a user of his own."""

from __future__ import annotations

import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from backend.security.passwords import digest
from backend.security.second_factor import lacking
from backend.security.users import User, Users
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.shared_file import locked, put
from graph_schema.store import LOCAL, Viewer

IDLE_SECONDS = 30 * 60
"""A session nobody used for this long has ended (CJIS Security Policy AC-11)."""
HOURS = 12
"""A session ends after so many hours, however busy it is; ``UPLINE_SESSION_HOURS`` sets another number, from 1 to 168."""
ENROLLING = "enrolling"
"""The role of who has to set up his second factor first: it has no right but that."""
_MOST = 1000


def longest_seconds() -> int:
    """How long a session lasts at most. Raises ``InputError`` where the setting is no such number."""
    said = os.environ.get("UPLINE_SESSION_HOURS", "").strip() or str(HOURS)
    if not (said.isdecimal() and 1 <= int(said) <= 168):
        raise InputError(
            Text(
                f"UPLINE_SESSION_HOURS 应为 1 至 168 的整数，现为“{said}”。",
                f"UPLINE_SESSION_HOURS has to be a whole number from 1 to 168, not {said!r}.",
            )
        )
    return int(said) * 3600


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
    begun_at: float
    used_at: float
    mark: str
    find: Callable[[str], Viewer | None]
    purpose: str


@dataclass(frozen=True)
class SessionSeen:
    """An open session of somebody, as he sees it: times in milliseconds since 1970, ``mine`` for the one that asks."""

    begun_at: int
    used_at: int
    ends_at: int
    mine: bool


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
        self._longest = longest_seconds()

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
            self._open[digest(session)] = _Session(self._clock(), self._clock(), mark, find, purpose)
        return session

    def viewer(self, session: str) -> Viewer | None:
        """Whose session it is, with the purpose it began with; None where there is none or it has ended.

        The user is looked up anew each time: his end, another token, password or role counts from the next request.
        """
        now = self._clock()
        with self._lock:
            found = self._open.get(digest(session))
            if found is not None and self._over(found, now):
                del self._open[digest(session)]
                found = None
            if found is None:
                return None
            found.used_at = now
        viewer = found.find(found.mark)
        return replace(viewer, purpose=found.purpose) if viewer else None

    def of(self, user: str, asking: str) -> list[SessionSeen]:
        """The open sessions of a user, the newest first; ``asking`` is the id of the one he asks from."""
        now, wall = self._clock(), time.time()
        seen = [
            SessionSeen(
                begun_at=int((wall - now + each.begun_at) * 1000),
                used_at=int((wall - now + each.used_at) * 1000),
                ends_at=int((wall - now + each.begun_at + self._longest) * 1000),
                mine=key == digest(asking),
            )
            for key, each in self._of_user(user).items()
        ]
        return sorted(seen, key=lambda each: -each.begun_at)

    def close_others(self, user: str, asking: str) -> int:
        """End the sessions of a user but the one he asks from; return how many."""
        others = [key for key in self._of_user(user) if key != digest(asking)]
        with self._lock:
            return sum(self._open.pop(key, None) is not None for key in others)

    def _of_user(self, user: str) -> dict[str, _Session]:
        now = self._clock()
        with self._lock:
            held = {key: each for key, each in self._open.items() if not self._over(each, now)}
        return {
            key: each
            for key, each in held.items()
            if (viewer := each.find(each.mark)) and viewer.user == user
        }

    def _over(self, session: _Session, now: float) -> bool:
        return now - session.used_at > IDLE_SECONDS or now - session.begun_at > self._longest

    def close(self, session: str) -> None:
        """End a session, at once and for good."""
        with self._lock:
            self._open.pop(digest(session), None)

    def _of_token(self, mark: str) -> Viewer | None:
        if hmac.compare_digest(mark, self._token):
            return LOCAL
        return self._viewer(self._users.of_token(mark)) if self._users else None

    def _of_password(self, mark: str) -> Viewer | None:
        return self._viewer(self._users.of_password(mark)) if self._users else None

    def _viewer(self, user: User | None) -> Viewer | None:
        return viewer_of(user, self._users) if user and self._users else None


def viewer_of(user: User, users: Users) -> Viewer:
    """A user as he may act now, and what he may know of now. Raises ``EngineError`` where that cannot be read."""
    role = ENROLLING if lacking(user) else user.role
    return Viewer(user=user.name, role=role, compartments=users.seen_by(user))
