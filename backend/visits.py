"""When a user was last here: a file of times under ``UPLINE_HOME``, nothing else of him.

A sitting ends where nobody was here for as long as a session lasts unused; what is kept is when the one before ended.
"""

from __future__ import annotations

import json
import time

from backend.security.sessions import IDLE_SECONDS
from graph_schema.home import upline_home
from graph_schema.shared_file import locked, put


def here(user: str, now: int | None = None) -> int | None:
    """Note that a user is here and return when his sitting before this one ended, ms since 1970; None at his first."""
    at = int(time.time() * 1000) if now is None else now
    path = upline_home() / "visits.json"
    with locked(path):
        known: dict[str, dict[str, int | None]] = (
            json.loads(path.read_text("utf-8")) if path.is_file() else {}
        )
        kept = known.get(user, {"last": None, "before": None})
        last = kept["last"]
        if last is not None and at - last > IDLE_SECONDS * 1000:
            kept["before"] = last
        known[user] = {"last": at, "before": kept["before"]}
        put(path, json.dumps(known, ensure_ascii=False))
    return kept["before"]
