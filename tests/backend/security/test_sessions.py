"""Sign-in: the token stays with its owner, sessions end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.security.sessions import HOURS, IDLE_SECONDS, Sessions, local_token
from backend.security.sign_in import by_password
from backend.security.users import Users
from graph_schema.errors import InputError
from graph_schema.store import LOCAL
from tests.accounts import PASSWORD, token_of


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


def test_a_session_ends_however_busy_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: a stolen cookie kept alive for weeks by a script; a setting that is mistyped and means for ever."""
    now = [0.0]
    for said, hours in (("", HOURS), ("2", 2)):
        monkeypatch.setenv("UPLINE_SESSION_HOURS", said)
        now[0] = 0.0
        sessions = Sessions("t", clock=lambda: now[0])
        session = sessions.open("t")
        while now[0] + 600 <= hours * 3600:
            now[0] += 600
            assert sessions.viewer(session) == LOCAL
        now[0] = hours * 3600 + 1
        assert sessions.viewer(session) is None and sessions.of("local", session) == []
    for wrong in ("0", "169", "-1", "12h", "²"):
        monkeypatch.setenv("UPLINE_SESSION_HOURS", wrong)
        with pytest.raises(InputError, match="168"):
            Sessions("t")


def test_one_sees_and_ends_ones_own_sessions(tmp_path: Path) -> None:
    """Trap: somebody ends, or even sees, the sessions of another."""
    users = Users(tmp_path)
    sessions = Sessions("t", users)
    for name in ("li", "wang"):
        token_of(tmp_path, name, "analyst")
    one, other, foreign = (
        sessions.open_for(by_password(users, name, PASSWORD)) for name in ("li", "li", "wang")
    )
    seen = sessions.of("li", other)
    assert [each.mine for each in seen].count(True) == 1 and len(seen) == 2
    assert all(each.ends_at - each.begun_at == HOURS * 3_600_000 for each in seen)
    assert sessions.close_others("li", other) == 1
    assert sessions.viewer(one) is None and sessions.viewer(other) and sessions.viewer(foreign)


def test_sessions_are_bounded() -> None:
    """Trap: signing in again and again must not fill the memory."""
    now = [0.0]
    sessions = Sessions("t", clock=lambda: now[0])
    first = sessions.open("t")
    for _ in range(1000):
        now[0] += 0.001
        sessions.open("t")
    assert sessions.viewer(first) is None
