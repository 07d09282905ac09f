"""How a user comes in: by a one-time code the first time, then by the password he set; five wrong tries shut him out."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

from backend.security import second_factor
from backend.security.errors import SecondFactorNeeded, SignInRequired
from backend.security.passwords import check_password, code_digests, digest, fits, hashed
from backend.security.users import User, Users
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text

TRIES = 5
LOCKED_MINUTES = 15
"""CJIS Security Policy AC-7; a new code ends it sooner."""


def first_sign_in(users: Users, name: str, code: str, password: str) -> User:
    """Set the password of a user by his one-time code, which is then used up.

    Raises ``SignInRequired`` for a code that is wrong, used or too old, ``InputError`` for a password that is none.
    """
    check_code(users, name, code)
    check_password(password, name)
    kept = hashed(password)

    def use(now: User) -> User:
        if not _opens(now, code):
            raise wrong()
        return replace(now, password=kept, code="", code_until=0)

    return _if_there(users, name, use)


def check_code(users: Users, name: str, code: str) -> None:
    """Count a try at the one-time code of a user. Raises ``SignInRequired`` where it does not open."""
    user = _counted(users, name)
    if user is None or not _opens(user, code):
        raise wrong()
    _if_there(users, name, _settled)


def by_password(users: Users, name: str, password: str, number: str = "") -> User:
    """The user of that name and password, and of the ``number`` of his second factor where he has one.

    Raises ``SignInRequired``, which says nothing of why; ``SecondFactorNeeded`` where only the number is missing.
    """
    user = _counted(users, name)
    right = fits(user.password if user else "", password)
    if user is None or not right:
        raise wrong()
    seen = user.password

    def settle(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return _settled(_with_number(now, number))

    return _if_there(users, name, settle)


def change_password(users: Users, name: str, old: str, new: str, number: str = "") -> User:
    """Set another password; sessions begun with the old one end. Raises as ``by_password``, and ``InputError``."""
    seen = by_password(users, name, old, number).password
    check_password(new, name)
    kept = hashed(new)

    def change(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return replace(now, password=kept)

    return _if_there(users, name, change)


def new_token(users: Users, name: str, password: str, number: str = "") -> str:
    """Make a user's own token for programs, which only he sees; an older one ends. Raises as ``by_password``."""
    seen = by_password(users, name, password, number).password
    token = secrets.token_urlsafe(32)

    def change(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return replace(now, token=digest(token))

    _if_there(users, name, change)
    return token


def end_token(users: Users, name: str) -> None:
    """End a user's own token, where he has one."""
    _if_there(users, name, lambda now: replace(now, token=""))


def begin_factor(users: Users, name: str, password: str, number: str = "") -> str:
    """Make the secret of a second factor; it counts once ``confirm_factor`` was given a number of it. The one there is
    counts until then, and its number is asked for. Raises as ``by_password``.
    """
    seen = by_password(users, name, password, number).password
    secret = second_factor.new_secret()

    def begin(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return replace(now, factor_new=secret)

    _if_there(users, name, begin)
    return secret


def confirm_factor(users: Users, name: str, number: str) -> User:
    """Let the new second factor count; a token made without it ends. Raises ``InputError`` where the number is not one of it."""

    def confirm(now: User) -> User:
        step = second_factor.accepted(now.factor_new, number, 0)
        if step is None:
            raise InputError(
                Text(
                    "动态码不正确。请核对两台设备的时间，填写当前显示的动态码。",
                    "The code is wrong. Compare the clocks of both devices and enter the code shown now.",
                )
            )
        return replace(now, factor=now.factor_new, factor_new="", factor_step=step, token="")

    return _if_there(users, name, confirm)


def wrong() -> SignInRequired:
    """One answer for a name that is none, a wrong password or code, and one who is shut out."""
    return SignInRequired(
        Text(
            f"用户名、密码、一次性代码或动态码不正确。连续错 {TRIES} 次，{LOCKED_MINUTES} 分钟内不能登录。",
            f"User name, password, one-time code or code of the second factor is wrong. After {TRIES} wrong tries nobody "
            f"signs in by that name for {LOCKED_MINUTES} minutes.",
        )
    )


def _counted(users: Users, name: str) -> User | None:
    """Count a try before it is looked at, so that many at once get no more than five; None where he may not try."""
    now = int(time.time() * 1000)

    def count(user: User) -> User:
        if user.locked_until > now:
            raise wrong()
        if user.tries + 1 < TRIES:
            return replace(user, tries=user.tries + 1)
        return replace(user, tries=0, locked_until=now + LOCKED_MINUTES * 60_000)

    try:
        return _if_there(users, name, count)
    except SignInRequired:
        return None


def _settled(user: User) -> User:
    return replace(user, tries=0, locked_until=0)


def _with_number(user: User, number: str) -> User:
    """The user after the number of his second factor, which opens once; a wrong one counts as a try."""
    if not user.factor:
        return user
    if not number:
        raise SecondFactorNeeded(Text("请填写动态码。", "Enter the code that your second device shows now."))
    step = second_factor.accepted(user.factor, number, user.factor_step)
    if step is None:
        raise wrong()
    return replace(user, factor_step=step)


def _opens(user: User, code: str) -> bool:
    if not user.code or user.code_until < time.time() * 1000:
        return False
    return any(hmac.compare_digest(user.code, each) for each in code_digests(code))


def _if_there(users: Users, name: str, how: Callable[[User], User]) -> User:
    """Change a user; one who was ended meanwhile is nobody."""
    try:
        return users.change(name, how)
    except NotFound as error:
        raise wrong() from error
