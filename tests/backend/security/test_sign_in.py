"""Coming in: a code once and not for ever, a password of one's own, five tries and no more."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.security import passwords, users
from backend.security.errors import SignInRequired
from backend.security.sign_in import (
    LOCKED_MINUTES,
    TRIES,
    by_password,
    change_password,
    first_sign_in,
    new_token,
)
from backend.security.users import CODE_HOURS, Users
from graph_schema.errors import InputError
from tests.accounts import PASSWORD, token_of


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock; what is written into it counts."""
    clock = [time.time()]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    return clock


def test_a_code_opens_once_and_in_time(tmp_path: Path, now: list[float]) -> None:
    """Traps: a code found in a drawer a week later; the administrator who uses it after its holder."""
    there = Users(tmp_path)
    code = there.add("li", "analyst", by="local").code
    late = there.add("he", "analyst", by="local").code
    with pytest.raises(InputError, match="10"):
        first_sign_in(there, "li", code, "li-li-li-1234")
    assert first_sign_in(there, "li", code, PASSWORD).can_sign_in
    with pytest.raises(SignInRequired):
        first_sign_in(there, "li", code, "another-password")
    assert by_password(there, "li", PASSWORD).name == "li"
    now[0] += CODE_HOURS * 3600 + 1
    with pytest.raises(SignInRequired):
        first_sign_in(there, "he", late, PASSWORD)


def test_five_wrong_tries_shut_out(tmp_path: Path, now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: guessing without end; guessing in parallel; a lock that never ends; one that says whose name it is."""
    there = Users(tmp_path)
    token_of(tmp_path, "li", "analyst")
    looked: list[str] = []
    real = passwords._HASHER.verify

    def verify(self: object, kept: str, password: bytes) -> bool:
        if kept == there.all()[0].password:
            looked.append(kept)
        return real(kept, password)

    monkeypatch.setattr(type(passwords._HASHER), "verify", verify)

    def guess(number: int) -> str:
        with pytest.raises(SignInRequired) as refused:
            by_password(there, "li", f"wrong-{number}")
        return refused.value.text

    with ThreadPoolExecutor(4) as pool:
        said = set(pool.map(guess, range(TRIES + 3)))
    assert len(looked) == TRIES
    with pytest.raises(SignInRequired) as refused:
        by_password(there, "li", PASSWORD)
    said.add(refused.value.text)
    with pytest.raises(SignInRequired) as refused:
        by_password(there, "nobody", PASSWORD)
    assert said == {refused.value.text}
    now[0] += LOCKED_MINUTES * 60 + 1
    assert by_password(there, "li", PASSWORD).tries == 0


def test_ones_own_password_and_token(tmp_path: Path) -> None:
    """Trap: an open screen is enough to take the account; a blank password that fits a user without one."""
    there = Users(tmp_path)
    token_of(tmp_path, "li", "analyst")
    for change in (change_password, lambda *asked: new_token(*asked[:3])):
        with pytest.raises(SignInRequired):
            change(there, "li", "not this one", "a new password")
    with pytest.raises(InputError):
        change_password(there, "li", PASSWORD, "short")
    change_password(there, "li", PASSWORD, "a new password")
    with pytest.raises(SignInRequired):
        by_password(there, "li", PASSWORD)
    assert there.of_token(users.digest(new_token(there, "li", "a new password"))) is not None
    there.add("he", "analyst", by="local")
    with pytest.raises(SignInRequired):
        by_password(there, "he", "")
