"""A user as he is after his first sign-in, for tests that are about something else."""

from __future__ import annotations

from pathlib import Path

from backend.security.sign_in import first_sign_in, new_token
from backend.security.users import Users

PASSWORD = "长街短巷-4711-晚"


def token_of(home: Path, name: str, role: str) -> str:
    """Make a user, sign him in the first time with ``PASSWORD`` and return his own token."""
    users = Users(home)
    made = users.add(name, role, by="local")
    first_sign_in(users, name, made.code, PASSWORD)
    return new_token(users, name, PASSWORD)
