"""How a user comes in: by a one-time code the first time, then by the password he set; five wrong tries shut him out."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

from backend.security.errors import SignInRequired
from backend.security.passwords import check_password, code_digests, digest, fits, hashed
from backend.security.users import User, Users
from graph_schema.errors import NotFound
from graph_schema.language import Text

TRIES = 5
LOCKED_MINUTES = 15
"""CJIS Security Policy AC-7; a new code ends it sooner."""


def first_sign_in(users: Users, name: str, code: str, password: str) -> User:
    """Set the password of a user by his one-time code, which is then used up.

    Raises ``SignInRequired`` for a code that is wrong, used or too old, ``InputError`` for a password that is none.
    """
    user = _counted(users, name)
    if user is None or not _opens(user, code):
        raise wrong()
    _if_there(users, name, _settled)
    check_password(password, name)
    kept = hashed(password)

    def use(now: User) -> User:
        if not _opens(now, code):
            raise wrong()
        return replace(now, password=kept, code="", code_until=0)

    return _if_there(users, name, use)


def by_password(users: Users, name: str, password: str) -> User:
    """The user of that name and password. Raises ``SignInRequired``, which says nothing of why."""
    user = _counted(users, name)
    right = fits(user.password if user else "", password)
    if user is None or not right:
        raise wrong()
    seen = user.password

    def settle(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return _settled(now)

    return _if_there(users, name, settle)


def change_password(users: Users, name: str, old: str, new: str) -> User:
    """Set another password; sessions begun with the old one end. Raises ``SignInRequired``, ``InputError``."""
    seen = by_password(users, name, old).password
    check_password(new, name)
    kept = hashed(new)

    def change(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return replace(now, password=kept)

    return _if_there(users, name, change)


def new_token(users: Users, name: str, password: str) -> str:
    """Make a user's own token for programs, which only he sees; an older one ends. Raises ``SignInRequired``."""
    seen = by_password(users, name, password).password
    token = secrets.token_urlsafe(32)

    def change(now: User) -> User:
        if now.password != seen:
            raise wrong()
        return replace(now, token=digest(token))

    _if_there(users, name, change)
    return token


def wrong() -> SignInRequired:
    """One answer for a name that is none, a wrong password or code, and one who is shut out."""
    return SignInRequired(
        Text(
            f"用户名、密码或一次性代码不正确。连续错 {TRIES} 次，{LOCKED_MINUTES} 分钟内不能登录。",
            f"User name, password or one-time code is wrong. After {TRIES} wrong tries nobody signs in by that name "
            f"for {LOCKED_MINUTES} minutes.",
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
