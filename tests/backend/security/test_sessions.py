"""Sign-in: the token stays with its owner, sessions end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.security.sessions import IDLE_SECONDS, Sessions, local_token
from graph_schema.store import LOCAL


def test_token_is_random_kept_and_private(tmp_path: Path) -> None:
    """Trap: a token that changes at each start breaks links; one others can read is none."""
    (tmp_path / "other").mkdir()
    token = local_token(tmp_path)
    assert token == local_token(tmp_path) != local_token(tmp_path / "other")
    assert len(token) >= 40
    if os.name != "nt":
        assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", ["", "x", "密", "\ud800", "a" * 100_000])
def test_wrong_token_is_refused(tmp_path: Path, wrong: str) -> None:
    """Trap: compare_digest raises on text that is not ASCII; a wrong token must be a plain no."""
    sessions = Sessions(local_token(tmp_path))
    assert sessions.who(wrong) is None
    assert sessions.who(local_token(tmp_path)) == LOCAL


def _purpose(sessions: Sessions, session: str) -> str | None:
    found = sessions.viewer(session)
    return found.purpose if found else None


def test_session_ends_by_sign_out_and_by_idleness(tmp_path: Path) -> None:
    """Trap: a replayed cookie after sign-out, or one of last week, must not open anything."""
    now = [0.0]
    sessions = Sessions("t", clock=lambda: now[0])
    first, second = sessions.open("t", "案件侦查"), sessions.open("t")
    assert first != second and _purpose(sessions, first) == "案件侦查"
    sessions.close(first)
    assert sessions.viewer(first) is None
    now[0] = IDLE_SECONDS - 1
    assert _purpose(sessions, second) == ""
    now[0] += IDLE_SECONDS + 1
    assert sessions.viewer(second) is None
    assert sessions.viewer("invented") is None


def test_sessions_are_bounded() -> None:
    """Trap: signing in again and again must not fill the memory."""
    now = [0.0]
    sessions = Sessions("t", clock=lambda: now[0])
    first = sessions.open("t")
    for _ in range(1000):
        now[0] += 0.001
        sessions.open("t")
    assert sessions.viewer(first) is None
