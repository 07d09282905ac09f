"""Sign-in by the local token: who can read the token file of this UPLINE_HOME may ask."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


@dataclass
class _Session:
    used_at: float
    purpose: str


class Sessions:
    """Open sessions, held in memory only as digests of their ids: a restart ends them all."""

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = _digest(token)
        self._open: dict[bytes, _Session] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def is_token(self, candidate: str) -> bool:
        """True for the local token; compared in constant time."""
        return hmac.compare_digest(_digest(candidate), self._token)

    def open(self, purpose: str = "") -> str:
        """Begin a session and return its id; the least recently used one gives way beyond a thousand."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._open) >= _MOST:
                del self._open[min(self._open, key=lambda key: self._open[key].used_at)]
            self._open[_digest(session)] = _Session(self._clock(), purpose)
        return session

    def purpose(self, session: str) -> str | None:
        """Purpose given when the session began; None where there is no such session or it has ended."""
        now = self._clock()
        with self._lock:
            found = self._open.get(_digest(session))
            if found is None:
                return None
            if now - found.used_at > IDLE_SECONDS:
                del self._open[_digest(session)]
                return None
            found.used_at = now
            return found.purpose

    def close(self, session: str) -> None:
        """End a session, at once and for good."""
        with self._lock:
            self._open.pop(_digest(session), None)
