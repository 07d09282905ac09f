"""Users and rights: a token is shown once, a role counts from the next request, nobody raises himself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.security.errors import Forbidden
from backend.security.rights import NEEDS, ROLES, Right, needed
from backend.security.sessions import Sessions
from backend.security.users import Users
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.store import LOCAL


def test_token_is_kept_nowhere(tmp_path: Path) -> None:
    """Trap: tokens in a file, or a file others can read."""
    users = Users(tmp_path)
    user, token = users.add("li.wei", "chief", by="local", shown="李 伟")
    assert len(token) >= 40 and user.shown == "李 伟"
    text = (tmp_path / "users.json").read_text(encoding="utf-8")
    assert token not in text and "li.wei" in text
    if os.name != "nt":
        assert (tmp_path / "users.json").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["users.json"]


@pytest.mark.parametrize("name", ["", "a b", "a/b", "a\n", "x" * 41, "\ud800", "<b>"])
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    """Trap: a user called as the owner, or one whose name breaks a line of the log."""
    with pytest.raises(InputError):
        Users(tmp_path).add(name, "chief", by="local")
    with pytest.raises(InputError):
        Users(tmp_path).add("good", "owner", by="local")


def test_changes_count_from_the_next_request(tmp_path: Path) -> None:
    """Trap: an open session of an ended user, an old token or an old role that goes on working."""
    users = Users(tmp_path)
    sessions = Sessions("local-token", users)
    _, token = users.add("王", "investigator", by="local")
    session = sessions.open(token, "侦查")
    found = sessions.viewer(session)
    assert found and (found.user, found.role, found.purpose) == ("王", "investigator", "侦查")
    users.change_role("王", "auditor", by="local")
    found = sessions.viewer(session)
    assert found and found.role == "auditor"
    _, fresh = users.renew("王", by="local")
    assert sessions.viewer(session) is None and sessions.who(token) is None
    session = sessions.open(fresh)
    users.end("王", by="local")
    assert sessions.viewer(session) is None and sessions.who(fresh) is None
    assert sessions.who("local-token") == LOCAL


def test_a_name_is_one_person_for_ever(tmp_path: Path) -> None:
    """Trap: the name of somebody who left given to another, and the log says he did it."""
    users = Users(tmp_path)
    for reserved in ("local", "LOCAL", "-"):
        with pytest.raises(Conflict):
            users.add(reserved, "analyst", by="local")
    users.add("zhao", "analyst", by="local")
    users.end("zhao", by="local")
    with pytest.raises(Conflict):
        users.add("zhao", "chief", by="local")
    with pytest.raises(NotFound):
        users.renew("zhao", by="local")
    assert [each.ended_at is None for each in users.all()] == [False]


def test_nobody_changes_himself(tmp_path: Path) -> None:
    """Trap: an administrator who makes himself chief, or locks the last one out."""
    users = Users(tmp_path)
    users.add("admin", "administrator", by="local")
    for change in (
        lambda: users.change_role("admin", "chief", by="admin"),
        lambda: users.renew("admin", by="admin"),
        lambda: users.end("admin", by="admin"),
    ):
        with pytest.raises(Forbidden):
            change()


def test_duties_are_apart() -> None:
    """Trap: one role that reads cases and writes who may, or reads what it did itself."""
    for role, rights in ROLES.items():
        assert not (Right.CASES in rights and rights & {Right.ADMINISTER, Right.AUDIT}), role
    assert [role for role, rights in ROLES.items() if Right.DECIDE in rights] == ["chief"]
    assert needed("GET", "/personsx") is None and needed("POST", "/persons") is None
    assert len({start for start, _, _ in NEEDS}) == len(NEEDS)
