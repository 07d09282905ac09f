"""The second factor: the numbers of the standard, each good once and not for long, and no way in without it."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest

from backend.security.errors import SecondFactorNeeded, SignInRequired
from backend.security.second_factor import STEP_SECONDS, accepted, number_at
from backend.security.sessions import ENROLLING, Sessions
from backend.security.sign_in import (
    TRIES,
    begin_factor,
    by_password,
    change_password,
    confirm_factor,
    first_sign_in,
    new_token,
)
from backend.security.users import Users
from graph_schema.errors import InputError
from tests.accounts import PASSWORD, token_of


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock; what is written into it counts."""
    clock = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    return clock


@pytest.mark.parametrize(
    ("seconds", "number"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_numbers_are_those_of_the_standard(seconds: int, number: str) -> None:
    """Trap: an app of another maker shows other numbers. Test vectors of RFC 6238, appendix B, SHA-1."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert number_at(secret, seconds // 30, digits=8) == number


def test_a_number_is_good_once_and_not_for_long(now: list[float]) -> None:
    """Traps: a number seen over a shoulder is used again; a clock half a minute off shuts its owner out; any text at all."""
    secret, step = base64.b32encode(b"1" * 20).decode(), int(now[0]) // STEP_SECONDS
    for away in (-1, 0, 1):
        assert accepted(secret, number_at(secret, step + away), 0) == step + away
    for away in (-2, 2):
        assert accepted(secret, number_at(secret, step + away), 0) is None
    assert accepted(secret, number_at(secret, step), step) is None
    assert accepted(secret, number_at(secret, step - 1), step) is None
    shown = number_at(secret, step)
    assert accepted(secret, f"{shown[:3]} {shown[3:]}", 0) == step
    for wrong in ("", "x", "１２３４５６", "\ud800", shown + "0", shown[:-1]):
        assert accepted(secret, wrong, 0) is None
    assert accepted("", number_at(secret, step), 0) is None


def _enrolled(home: Path, name: str, now: list[float]) -> str:
    users = Users(home)
    secret = begin_factor(users, name, PASSWORD)
    with pytest.raises(InputError):
        confirm_factor(
            users, name, "000000" if number_at(secret, int(now[0]) // 30) != "000000" else "111111"
        )
    assert by_password(users, name, PASSWORD), "what is not confirmed does not count"
    confirm_factor(users, name, number_at(secret, int(now[0]) // 30))
    now[0] += STEP_SECONDS
    return secret


def test_there_is_no_way_in_without_it(tmp_path: Path, now: list[float]) -> None:
    """Traps: password alone opens; a number opens twice; wrong ones are tried without end; a token made before goes on."""
    users = Users(tmp_path)
    token = token_of(tmp_path, "li", "analyst")
    secret = _enrolled(tmp_path, "li", now)
    number = number_at(secret, int(now[0]) // 30)
    assert Sessions("t", users).who(token) is None
    for enter in (
        lambda: by_password(users, "li", PASSWORD),
        lambda: change_password(users, "li", PASSWORD, PASSWORD + "2"),
        lambda: new_token(users, "li", PASSWORD),
        lambda: begin_factor(users, "li", PASSWORD),
    ):
        with pytest.raises(SecondFactorNeeded):
            enter()
    assert by_password(users, "li", PASSWORD, number).name == "li"
    with pytest.raises(SignInRequired) as refused:
        by_password(users, "li", PASSWORD, number)
    assert not isinstance(refused.value, SecondFactorNeeded)
    now[0] += STEP_SECONDS
    for _ in range(TRIES):
        with pytest.raises(SignInRequired):
            by_password(users, "li", PASSWORD, "not one")
    with pytest.raises(SignInRequired):
        by_password(users, "li", PASSWORD, number_at(secret, int(now[0]) // 30))


def test_a_site_may_demand_it(tmp_path: Path, now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Traps: a policy that shuts a chief out before he can keep it, or lets him decide without; one that asks everybody."""
    monkeypatch.setenv("UPLINE_SECOND_FACTOR", "1")
    users = Users(tmp_path)
    sessions = Sessions("t", users)
    for name, role in (("chief", "chief"), ("admin", "administrator"), ("li", "analyst")):
        code = users.add(name, role, by="local").code
        session = sessions.open_for(first_sign_in(users, name, code, PASSWORD))
        viewer = sessions.viewer(session)
        assert viewer and viewer.role == ("analyst" if role == "analyst" else ENROLLING)
        if role != "analyst":
            _enrolled(tmp_path, name, now)
            enrolled = sessions.viewer(session)
            assert enrolled and enrolled.role == role


def test_two_people_get_a_chief_in_again(tmp_path: Path, now: list[float]) -> None:
    """Traps: one person takes the second factor off a chief's account; the lost device's numbers go on opening it."""
    users = Users(tmp_path)
    for name in ("a-1", "a-2"):
        token_of(tmp_path, name, "administrator")
    half = users.add("chief", "chief", by="a-1").code
    first_sign_in(users, "chief", half + users.confirm("chief", by="a-2").code, PASSWORD)
    _enrolled(tmp_path, "chief", now)
    half = users.renew("chief", by="a-1").code
    with pytest.raises(SignInRequired):
        first_sign_in(users, "chief", half, PASSWORD)
    code = half + users.confirm("chief", by="a-2").code
    with pytest.raises(SignInRequired):
        by_password(users, "chief", PASSWORD)
    assert not first_sign_in(users, "chief", code, PASSWORD).factor
