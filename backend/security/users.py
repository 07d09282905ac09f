"""Users of this installation besides its owner: name, role and digests of what they sign in with, in a file only its
owner reads.

The owner is whoever can read the local token; he is all roles at once and stands in no list. Whoever makes a user gets
a one-time code for him; with it the user sets a password nobody else knows (``backend/security/sign_in.py``). The rights
of a chief and of an administrator take two people: one proposes, another confirms, each gets half of a code, and what
the user signed in with before ends, so that neither of the two can hold the account. The file is read anew for every
request, so that an ended user or a changed role counts from the next one.
"""

from __future__ import annotations

import hmac
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from backend.security.errors import Forbidden
from backend.security.passwords import HALF, code_digest, digest, joined_digest, new_code
from backend.security.rights import ROLES
from etl.storage.compartments import declared, need_declared
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.language import Text
from graph_schema.shared_file import locked, put
from graph_schema.store import LOCAL

NAME = r"^[A-Za-z0-9_.\u4e00-\u9fff-]{1,40}$"
"""A user name; `fullmatch` it, since Python lets `$` stand before a line's end."""
_RESERVED = ("local", "upline", "-", "system")
"""Names the audit log uses for the owner, the program and nobody."""
DOUBLE = ("chief", "administrator")
"""Roles that nobody gives alone."""
CODE_HOURS = 72
"""How long a one-time code opens a first sign-in."""


@dataclass(frozen=True)
class Waiting:
    """What one proposed and another has to confirm: ``add``, ``renew`` or ``role``; ``half`` is the digest of the
    proposer's half of the code, ``at`` in milliseconds since 1970.
    """

    what: str
    role: str
    by: str
    at: int
    half: str


@dataclass(frozen=True)
class User:
    """One user; times are milliseconds since 1970, ``ended_at`` is None while he may sign in.

    ``token``, ``password`` and ``code`` are digests, blank where he has none; ``tries`` counts wrong passwords since
    the last right one. ``factor`` is the secret of his second factor, ``factor_new`` one he has not confirmed yet,
    ``factor_step`` the last number of it that was used. ``compartments`` are those he may know of.
    """

    name: str
    shown: str
    role: str
    token: str
    made_by: str
    made_at: int
    ended_at: int | None = None
    password: str = ""
    code: str = ""
    code_until: int = 0
    tries: int = 0
    locked_until: int = 0
    waiting: Waiting | None = None
    factor: str = ""
    factor_new: str = ""
    factor_step: int = 0
    compartments: tuple[str, ...] = ()

    @property
    def in_use(self) -> bool:
        """Whether he may sign in, or will once he has set a password."""
        return self.ended_at is None and not (self.waiting and self.waiting.what == "add")

    @property
    def can_sign_in(self) -> bool:
        """Whether he has something of his own to sign in with, besides a code."""
        return bool(self.password or self.token)


@dataclass(frozen=True)
class UserChange:
    """A user after a change, and the one-time code or half of one for whoever made it; blank where there is none."""

    user: User
    code: str = ""


class Users:
    """The users of the installation at ``home``."""

    def __init__(self, home: Path) -> None:
        self._home, self._path = home, home / "users.json"

    def all(self) -> list[User]:
        """Every user ever made, ended ones too, in the order they were made."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [_read(each) for each in json.loads(text)]

    def active(self, name: str) -> User | None:
        """The user of that name who may sign in."""
        return next((user for user in self.all() if user.name == name and user.in_use), None)

    def of_token(self, token_digest: str) -> User | None:
        """The user whose token has this digest."""
        return self._of(lambda user: user.token, token_digest)

    def of_password(self, password_digest: str) -> User | None:
        """The user of whose kept password this is the digest: a session begun with it ends when it changes."""
        return self._of(lambda user: digest(user.password) if user.password else "", password_digest)

    def _of(self, kept: Callable[[User], str], wanted: str) -> User | None:
        """All are compared, each in constant time."""
        found = None
        for user in self.all():
            if hmac.compare_digest(kept(user), wanted) and kept(user) and user.in_use:
                found = user
        return found

    def add(self, name: str, role: str, *, by: str, shown: str = "") -> UserChange:
        """Make a user, or propose one where his role takes two people.

        Raises ``InputError`` for a name or role that is none, ``Conflict`` for a name that is reserved or was ever
        given: what the audit log says of a name must stay about one person.
        """
        _check_name(name)
        _check_role(role)
        made = User(name, shown.strip() or name, role, "", by, _now())
        with locked(self._path):
            users = self.all()
            if name.lower() in _RESERVED or any(user.name == name for user in users):
                raise Conflict(
                    Text(
                        f"用户名 {name} 已用过，请换一个。",
                        f"The name {name} has been given before; take another.",
                    )
                )
            done = _coded(made, "add", role, by, _alone(users, by, role))
            self._write([*users, done.user])
        return done

    def change_role(self, name: str, role: str, *, by: str) -> UserChange:
        """Give a user another role from his next request on, or propose one that takes two people.

        Raises ``NotFound``, ``InputError``, ``Forbidden``, ``Conflict`` where another change of his waits.
        """
        _check_role(role)

        def change(user: User, users: list[User]) -> UserChange:
            _nothing_waits(user)
            if _alone(users, by, role):
                return UserChange(replace(user, role=role))
            return _coded(user, "role", role, by, False)

        return self._by_another(name, by, change)

    def change_compartments(self, name: str, compartments: Iterable[str], *, by: str) -> UserChange:
        """Set the compartments a user may know of, from his next request on.

        Raises ``InputError`` for one that is not declared, ``NotFound``, ``Forbidden`` for the user himself.
        """
        wanted = tuple(sorted(set(compartments)))
        need_declared(self._home, wanted)
        return self._by_another(name, by, lambda user, users: UserChange(replace(user, compartments=wanted)))

    def seen_by(self, user: User) -> frozenset[str] | None:
        """The compartments a user may know of; None where he lacks none of the declared ones."""
        all_of_them, his = frozenset(declared(self._home)), frozenset(user.compartments)
        return None if all_of_them <= his else his & all_of_them

    def renew(self, name: str, *, by: str) -> UserChange:
        """End a user's password, token, second factor and sessions at once and make a new one-time code, or half of one."""

        def change(user: User, users: list[User]) -> UserChange:
            _nothing_waits(user)
            return _coded(_shut(user), "renew", user.role, by, _alone(users, by, user.role))

        return self._by_another(name, by, change)

    def confirm(self, name: str, *, by: str) -> UserChange:
        """Carry out what another proposed for a user; he signs in anew, with both halves of the code.

        Raises ``NotFound`` where nothing waits, ``Forbidden`` for who proposed it and for the user himself.
        """

        def change(user: User, users: list[User]) -> UserChange:
            waiting = user.waiting
            if waiting is None:
                raise _none_waits(name)
            if by == waiting.by:
                raise Forbidden(
                    Text(
                        "提出人不能确认，请由另一名管理员确认。",
                        "Whoever proposed it cannot confirm it; ask another.",
                    )
                )
            half = new_code(HALF)
            code = joined_digest(waiting.half, half)
            shut = replace(_shut(user), role=waiting.role, waiting=None)
            return UserChange(replace(shut, code=code, code_until=_code_end()), half)

        return self._by_another(name, by, change, waiting=True)

    def refuse(self, name: str, *, by: str) -> UserChange:
        """Drop what waits for a user; a user who was only proposed is ended. Whoever proposed it may do so too."""

        def change(user: User, users: list[User]) -> UserChange:
            if user.waiting is None:
                raise _none_waits(name)
            ended = _now() if user.waiting.what == "add" else None
            return UserChange(replace(user, waiting=None, ended_at=ended))

        return self._by_another(name, by, change, waiting=True)

    def end(self, name: str, *, by: str) -> UserChange:
        """Let a user sign in no more; his name stays in the list and in the log."""
        return self._by_another(
            name,
            by,
            lambda user, users: UserChange(replace(_shut(user), ended_at=_now(), waiting=None)),
            waiting=True,
        )

    def change(self, name: str, how: Callable[[User], User]) -> User:
        """Change a user who is in use by what he does himself. Raises ``NotFound``."""
        return self._change(name, lambda user, users: UserChange(how(user))).user

    def _by_another(
        self, name: str, by: str, how: Callable[[User, list[User]], UserChange], waiting: bool = False
    ) -> UserChange:
        if name == by:
            raise Forbidden(
                Text("不能改动自己的账号，请由他人办理。", "Nobody changes his own account; ask another.")
            )
        return self._change(name, how, waiting)

    def _change(
        self, name: str, how: Callable[[User, list[User]], UserChange], waiting: bool = False
    ) -> UserChange:
        """Read, change and write the list as one; users who were only proposed count where ``waiting``."""
        with locked(self._path):
            users = self.all()
            found = next((user for user in users if user.name == name and user.ended_at is None), None)
            if found is None or not (found.in_use or waiting):
                raise NotFound(Text(f"没有在用的用户 {name}。", f"There is no user {name} in use."))
            done = how(found, users)
            self._write([done.user if user is found else user for user in users])
        return done

    def _write(self, users: list[User]) -> None:
        put(self._path, json.dumps([asdict(user) for user in users], ensure_ascii=False, indent=1))


def _read(kept: dict[str, object]) -> User:
    """A user as the file has him; files of before one-time codes lack the later fields."""
    user = User(**kept)  # type: ignore[arg-type]
    user = replace(user, compartments=tuple(user.compartments))
    return replace(user, waiting=Waiting(**user.waiting)) if isinstance(user.waiting, dict) else user


def _alone(users: list[User], by: str, role: str) -> bool:
    """Whether one person gives a role alone: one of little weight, or the owner before there are two to ask."""
    administrators = [
        user for user in users if user.role == "administrator" and user.in_use and user.can_sign_in
    ]
    return role not in DOUBLE or (by == LOCAL.user and len(administrators) < 2)


def _coded(user: User, what: str, role: str, by: str, alone: bool) -> UserChange:
    if alone:
        code = new_code()
        return UserChange(replace(user, code=code_digest(code), code_until=_code_end()), code)
    half = new_code(HALF)
    return UserChange(replace(user, waiting=Waiting(what, role, by, _now(), code_digest(half))), half)


def _shut(user: User) -> User:
    """A user without anything to sign in with."""
    shut = replace(user, token="", password="", code="", code_until=0, tries=0, locked_until=0)
    return replace(shut, factor="", factor_new="", factor_step=0)


def _nothing_waits(user: User) -> None:
    if user.waiting is not None:
        raise Conflict(
            Text(
                f"用户 {user.name} 有待确认的变更，请先确认或退回。",
                f"A change of {user.name} waits: confirm or refuse it first.",
            )
        )


def _none_waits(name: str) -> NotFound:
    return NotFound(Text(f"用户 {name} 没有待确认的变更。", f"No change of {name} waits."))


def _check_name(name: str) -> None:
    if not re.fullmatch(NAME, name):
        raise InputError(
            Text(
                "用户名为 1 至 40 个字母、汉字、数字、点或横线。",
                "A user name is 1 to 40 letters, Han characters, digits, dots or dashes.",
            )
        )


def _check_role(role: str) -> None:
    if role not in ROLES:
        known = ", ".join(ROLES)
        raise InputError(Text(f"角色应为 {known} 之一。", f"The role must be one of {known}."))


def _code_end() -> int:
    return _now() + CODE_HOURS * 3_600_000


def _now() -> int:
    return int(time.time() * 1000)
