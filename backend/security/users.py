"""Users of this installation besides its owner: name, role and the digest of a token, in a file only its owner reads.

The owner is whoever can read the local token; he is all roles at once and stands in no list. Every other user
signs in with a token of his own, shown once when it is made. The file is read anew for every request, so that an
ended user or a changed role counts from the next one.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from backend.security.errors import Forbidden
from backend.security.rights import ROLES
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.language import Text

NAME = r"^[A-Za-z0-9_.\u4e00-\u9fff-]{1,40}$"
"""A user name; `fullmatch` it, since Python lets `$` stand before a line's end."""
_RESERVED = ("local", "upline", "-", "system")
"""Names the audit log uses for the owner, the program and nobody."""


@dataclass(frozen=True)
class User:
    """One user; times are milliseconds since 1970, ``ended_at`` is None while he may sign in."""

    name: str
    shown: str
    role: str
    token: str
    made_by: str
    made_at: int
    ended_at: int | None = None


class Users:
    """The users of the installation at ``home``."""

    def __init__(self, home: Path) -> None:
        self._path = home / "users.json"

    def all(self) -> list[User]:
        """Every user ever made, ended ones too, in the order they were made."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [User(**each) for each in json.loads(text)]

    def active(self, name: str) -> User | None:
        """The user of that name who may sign in."""
        return next((user for user in self.all() if user.name == name and user.ended_at is None), None)

    def of_digest(self, token_digest: str) -> User | None:
        """The user whose token has this digest; all are compared, each in constant time."""
        found = None
        for user in self.all():
            if hmac.compare_digest(user.token, token_digest) and user.ended_at is None:
                found = user
        return found

    def add(self, name: str, role: str, *, by: str, shown: str = "") -> tuple[User, str]:
        """Make a user and return him with his token, which is kept nowhere.

        Raises ``InputError`` for a name or role that is none, ``Conflict`` for a name that is reserved or was ever
        given: what the audit log says of a name must stay about one person.
        """
        if not re.fullmatch(NAME, name):
            raise InputError(
                Text(
                    "用户名为 1 至 40 个字母、汉字、数字、点或横线。",
                    "A user name is 1 to 40 letters, Han characters, digits, dots or dashes.",
                )
            )
        _check_role(role)
        token = secrets.token_urlsafe(32)
        made = User(name, shown.strip() or name, role, digest(token), by, _now())
        users = self.all()
        if name.lower() in _RESERVED or any(user.name == name for user in users):
            raise Conflict(
                Text(
                    f"用户名 {name} 已用过，请换一个。",
                    f"The name {name} has been given before; take another.",
                )
            )
        self._write([*users, made])
        return made, token

    def change_role(self, name: str, role: str, *, by: str) -> User:
        """Give a user another role, from his next request on. Raises ``NotFound``, ``InputError``, ``Forbidden``."""
        _check_role(role)
        return self._change(name, by, lambda user: replace(user, role=role))

    def renew(self, name: str, *, by: str) -> tuple[User, str]:
        """Replace a user's token by a new one and return it; the old one and its sessions end."""
        token = secrets.token_urlsafe(32)
        return self._change(name, by, lambda user: replace(user, token=digest(token))), token

    def end(self, name: str, *, by: str) -> User:
        """Let a user sign in no more; his name stays in the list and in the log."""
        return self._change(name, by, lambda user: replace(user, ended_at=_now()))

    def _change(self, name: str, by: str, change: Callable[[User], User]) -> User:
        if name == by:
            raise Forbidden(
                Text("不能改动自己的账号，请由他人办理。", "Nobody changes his own account; ask another.")
            )
        if self.active(name) is None:
            raise NotFound(Text(f"没有在用的用户 {name}。", f"There is no user {name} in use."))
        users = [change(user) if user.name == name else user for user in self.all()]
        self._write(users)
        return next(user for user in users if user.name == name)

    def _write(self, users: list[User]) -> None:
        part = self._path.with_suffix(f".{secrets.token_hex(4)}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump([asdict(user) for user in users], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)


def digest(secret: str) -> str:
    """SHA-256 of a token: it is random, so nothing slower is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _check_role(role: str) -> None:
    if role not in ROLES:
        known = ", ".join(ROLES)
        raise InputError(Text(f"角色应为 {known} 之一。", f"The role must be one of {known}."))


def _now() -> int:
    return int(time.time() * 1000)
