"""Users and rights: a code opens once, a role counts from the next request, nobody raises himself or another alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.security.errors import Forbidden, SignInRequired
from backend.security.rights import NEEDS, ROLES, Right, needed
from backend.security.sessions import Sessions
from backend.security.sign_in import first_sign_in
from backend.security.users import Users
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.store import LOCAL
from tests.accounts import PASSWORD, token_of


def test_what_opens_an_account_is_kept_nowhere(tmp_path: Path) -> None:
    """Trap: codes, passwords or tokens in a file, or a file others can read."""
    users = Users(tmp_path)
    made = users.add("li.wei", "investigator", by="local", shown="李 伟")
    assert len(made.code.replace("-", "")) == 16 and made.user.shown == "李 伟"
    token = token_of(tmp_path, "wang", "investigator")
    text = (tmp_path / "users.json").read_text(encoding="utf-8")
    assert not [each for each in (made.code, made.code.replace("-", ""), token, PASSWORD) if each in text]
    assert "$argon2id$" in text and "li.wei" in text
    if os.name != "nt":
        assert (tmp_path / "users.json").stat().st_mode & 0o777 == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"users.json", ".users.json.lock"}


def test_users_of_before_one_time_codes_are_read(tmp_path: Path) -> None:
    """Trap: an update after which nobody signs in any more, because the file has fewer fields."""
    old = {"name": "li", "shown": "李", "role": "chief", "token": "ab", "made_by": "local", "made_at": 1}
    (tmp_path / "users.json").write_text(json.dumps([{**old, "ended_at": None}]))
    found = Users(tmp_path).of_token("ab")
    assert found is not None and found.can_sign_in and Users(tmp_path).of_token("") is None
    assert Users(tmp_path).of_password("") is None


@pytest.mark.parametrize("name", ["", "a b", "a/b", "a\n", "x" * 41, "\ud800", "<b>"])
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    """Trap: a user called as the owner, or one whose name breaks a line of the log."""
    with pytest.raises(InputError):
        Users(tmp_path).add(name, "chief", by="local")
    with pytest.raises(InputError):
        Users(tmp_path).add("good", "owner", by="local")


def test_changes_count_from_the_next_request(tmp_path: Path) -> None:
    """Trap: an open session of an ended user, an old token, password or role that goes on working."""
    users = Users(tmp_path)
    sessions = Sessions("local-token", users)
    token = token_of(tmp_path, "王", "investigator")
    found = users.active("王")
    assert found is not None
    session, typed = sessions.open(token, "侦查"), sessions.open_for(found, "侦查")
    for each in (session, typed):
        viewer = sessions.viewer(each)
        assert viewer and (viewer.user, viewer.role, viewer.purpose) == ("王", "investigator", "侦查")
    users.change_role("王", "auditor", by="local")
    viewer = sessions.viewer(typed)
    assert viewer and viewer.role == "auditor"
    code = users.renew("王", by="local").code
    assert sessions.viewer(session) is None and sessions.viewer(typed) is None and sessions.who(token) is None
    typed = sessions.open_for(first_sign_in(users, "王", code, PASSWORD))
    assert sessions.viewer(typed) is not None
    users.end("王", by="local")
    assert sessions.viewer(typed) is None
    assert sessions.who("local-token") == LOCAL


def test_what_is_kept_opens_nothing(tmp_path: Path) -> None:
    """Trap: who reads the file signs in with the digest that stands in it."""
    token = token_of(tmp_path, "王", "investigator")
    (user,) = Users(tmp_path).all()
    sessions = Sessions("local-token", Users(tmp_path))
    assert sessions.who(token) is not None
    assert [sessions.who(each) for each in (user.token, user.password, user.code)] == [None, None, None]


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
    for change in (users.renew, users.end, users.confirm, users.refuse):
        with pytest.raises(NotFound):
            change("zhao", by="local")
    assert [each.ended_at is None for each in users.all()] == [False]


def test_nobody_changes_himself(tmp_path: Path) -> None:
    """Trap: an administrator who makes himself chief, or locks the last one out."""
    users = Users(tmp_path)
    users.add("admin", "administrator", by="local")
    for change in (
        lambda: users.change_role("admin", "chief", by="admin"),
        lambda: users.renew("admin", by="admin"),
        lambda: users.end("admin", by="admin"),
        lambda: users.confirm("admin", by="admin"),
        lambda: users.refuse("admin", by="admin"),
    ):
        with pytest.raises(Forbidden):
            change()


@pytest.fixture
def two(tmp_path: Path) -> Users:
    """An installation with two administrators, 甲 and 乙, and a chief."""
    for name in ("甲", "乙"):
        token_of(tmp_path, name, "administrator")
    users = Users(tmp_path)
    chief = users.add("王队", "chief", by="甲")
    second = users.confirm("王队", by="乙")
    first_sign_in(users, "王队", chief.code + second.code, PASSWORD)
    return users


def test_a_chief_takes_two_people(two: Users) -> None:
    """Traps: an administrator who makes a second account and promotes it; the owner who does so beside two of them; a
    half of the code that opens the account, alone or as an old whole one."""
    made = two.add("马甲", "investigator", by="甲")
    proposed = two.change_role("马甲", "chief", by="甲")
    assert proposed.user.role == "investigator" and proposed.user.waiting is not None
    with pytest.raises(Forbidden):
        two.confirm("马甲", by="甲")
    with pytest.raises(Conflict):
        two.change_role("马甲", "administrator", by="乙")
    first_sign_in(two, "马甲", made.code, PASSWORD)  # he holds it as an investigator
    session = Sessions("t", two)
    held = two.active("马甲")
    assert held is not None
    opened = session.open_for(held)
    half = two.confirm("马甲", by="乙")
    assert half.user.role == "chief" and session.viewer(opened) is None
    for code in (made.code, proposed.code, half.code, half.code + proposed.code):
        with pytest.raises(SignInRequired):
            first_sign_in(two, "马甲", code, PASSWORD)
    assert first_sign_in(two, "马甲", f"{proposed.code} {half.code}".lower(), PASSWORD).role == "chief"
    assert two.add("第三", "administrator", by="local").user.waiting is not None


def test_a_chiefs_account_is_taken_by_nobody(two: Users) -> None:
    """Trap: an administrator renews the chief's code, uses it himself, and confirms chains in his name."""
    half = two.renew("王队", by="甲")
    assert half.user.waiting is not None and not half.user.can_sign_in
    for code in (half.code, half.code * 2):
        with pytest.raises(SignInRequired):
            first_sign_in(two, "王队", code, PASSWORD)
    with pytest.raises(Forbidden):
        two.confirm("王队", by="甲")


def test_what_was_refused_is_gone(two: Users) -> None:
    """Trap: a proposal turned down that a later click confirms; an account nobody confirmed that opens."""
    made = two.add("赵", "chief", by="甲")
    assert two.active("赵") is None
    with pytest.raises(SignInRequired):
        first_sign_in(two, "赵", made.code, PASSWORD)
    two.refuse("赵", by="乙")
    with pytest.raises(NotFound):
        two.confirm("赵", by="乙")
    two.add("钱", "analyst", by="甲")
    two.change_role("钱", "chief", by="甲")
    assert two.refuse("钱", by="甲").user.role == "analyst"


_ADDING = """
import sys
from pathlib import Path
from backend.security.users import Users
users = Users(Path(sys.argv[1]))
for each in range(20):
    users.add(f"{sys.argv[2]}{each}", "analyst", by="local")
"""


def test_two_processes_lose_nobody_and_revive_nobody(tmp_path: Path) -> None:
    """Trap: two changes meet, each writes back what it had read: a new user is lost, an ended one is back."""
    users = Users(tmp_path)
    for each in range(20):
        users.add(f"gone{each}", "analyst", by="local")
    adding = [
        subprocess.Popen([sys.executable, "-c", _ADDING, str(tmp_path), name], cwd=Path(__file__).parents[3])
        for name in ("a", "b")
    ]
    for each in range(20):
        users.end(f"gone{each}", by="local")
        while not (users.all()[-1].name.startswith(("a", "b")) or all(p.poll() is not None for p in adding)):
            pass  # the others are on: from here on every end meets their additions
    assert [process.wait(60) for process in adding] == [0, 0]
    kept = {user.name: user.ended_at is None for user in users.all()}
    assert (
        len(kept) == 60 and [name for name, there in kept.items() if there == name.startswith("gone")] == []
    )


def test_duties_are_apart() -> None:
    """Trap: one role that reads cases and writes who may, or reads what it did itself."""
    for role, rights in ROLES.items():
        assert not (Right.CASES in rights and rights & {Right.ADMINISTER, Right.AUDIT}), role
    assert [role for role, rights in ROLES.items() if Right.DECIDE in rights] == ["chief"]
    assert needed("GET", "/personsx") is None and needed("POST", "/persons") is None
    assert len({start for start, _, _ in NEEDS}) == len(NEEDS)
