"""``upline users``: a code for whoever makes a user, half of one where two people have to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from backend.cli import app
from backend.security.audited import audit_log
from backend.security.sign_in import first_sign_in
from backend.security.users import Users
from graph_schema.store import Store
from tests.accounts import PASSWORD, token_of


def upline(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, ["users", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if result.stdout else None


def test_from_the_first_user_to_two_people(store: Store) -> None:
    """Traps: an installation that cannot begin, because nobody is there to confirm; an owner who goes on alone beside
    two administrators; a code that the terminal does not show."""
    home = Path(store.home)
    users = Users(home)
    for name in ("甲", "乙"):
        made = upline("add", name, "--role", "administrator")
        assert made["user"]["waiting"] is None and not made["half"]
        first_sign_in(users, name, made["code"], PASSWORD)
    token_of(home, "丙", "analyst")
    proposed = users.change_role("丙", "chief", by="甲")
    confirmed = upline("confirm", "丙")
    assert confirmed["half"] and confirmed["user"]["role"] == "chief" and not confirmed["user"]["ready"]
    assert first_sign_in(users, "丙", proposed.code + confirmed["code"], PASSWORD).role == "chief"
    assert upline("add", "丁", "--role", "chief")["user"]["waiting"]["by"] == "local"
    upline("confirm", "丁", code=3)
    assert upline("refuse", "丁")["user"]["ended_at"]
    shown = CliRunner().invoke(app, ["users", "renew", "丙"]).output
    assert "前半" in shown or "First half" in shown
    done = [(record["action"], record["outcome"]) for record in audit_log().records()]
    assert ("user.confirm", "E-FORBIDDEN") in done and ("user.refuse", "done") in done
