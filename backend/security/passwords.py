"""Passwords as Argon2id keeps them, and one-time codes for a first sign-in, whole or as two halves."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graph_schema.errors import Busy, InputError
from graph_schema.language import Text

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L: a code is read from paper."""
_GROUP = 4
WHOLE, HALF = 4, 3
"""Groups of a code given to one person (79 bits), and of each half given to two (59 bits, and useless alone)."""
_HASHER = PasswordHasher()  # RFC 9106, section 4: Argon2id, 64 MiB, three passes
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes 64 MiB and a processor: strangers who try must not take all of them."""
_PATIENCE = 5.0


def digest(secret: str) -> str:
    """SHA-256 of a token or code: it is random, so nothing slower is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def check_password(password: str, name: str) -> None:
    """Raise ``InputError`` for a password of ``name`` that is short, of few characters, or holds the name."""
    if (
        SHORTEST <= len(password) <= LONGEST
        and len(set(password)) >= 5
        and name.lower() not in password.lower()
    ):
        return
    raise InputError(
        Text(
            f"密码为 {SHORTEST} 至 {LONGEST} 个字符，至少 5 个不同字符，且不含用户名。",
            f"A password has {SHORTEST} to {LONGEST} characters, at least 5 different ones, and not the user name.",
        )
    )


def hashed(password: str) -> str:
    """What is kept of a password. Raises ``Busy`` where too many are being worked on."""
    with _turn():
        return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which ``kept`` was made; for a blank one it takes as long and says no."""
    with _turn():
        try:
            return _HASHER.verify(kept or _NOBODY, password.encode("utf-8", "surrogatepass")) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise Busy(Text("登录的人太多，请稍后重试。", "Too many people are signing in; try again shortly."))
    try:
        yield
    finally:
        _AT_ONCE.release()


def new_code(groups: int = WHOLE) -> str:
    """A code or half of one, such as ``7KQM-2F9T-…``."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(groups))


def code_digest(code: str) -> str:
    """What is kept of a code given to one person."""
    return digest(_plain(code))


def joined_digest(first: str, second: str) -> str:
    """What is kept of a code in two halves: ``first`` as its digest, the second as it is."""
    return digest(first + _plain(second))


def code_digests(code: str) -> tuple[str, str]:
    """What would be kept of a code that somebody types, were it whole or two halves one after the other."""
    plain = _plain(code)
    cut = HALF * _GROUP
    return digest(plain), joined_digest(digest(plain[:cut]), plain[cut:])


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).upper()
