"""``upline db`` and ``upline doctor`` on a server of their own: JSON on standard output, clear refusals."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.security.audited import audit_log
from graph_schema.store import embedded


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own whose server is ended afterwards."""
    for name in [name for name in os.environ if name.startswith("NEO4J_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("UPLINE_HOME", str(home))
    monkeypatch.setenv("UPLINE_DB_HEAP", "512m")
    monkeypatch.setenv("UPLINE_DB_IDLE", "60")
    yield home
    embedded.stop(home)


def upline(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if result.stdout else None


@pytest.mark.long  # backup and restore have a test of their own
def test_the_database_from_start_to_restore(home: Path, tmp_path: Path) -> None:
    """Traps: text between the JSON; a status that starts the server; a stop that says nothing."""
    assert upline("db", "status")["running"] is False
    assert not (home / "db" / "neo4j").exists()
    started = upline("db", "start")
    assert started["running"] and started["keeper"] and started["clients"] == []
    assert started["migrated"][0].startswith("database version 1")
    again = upline("db", "start")
    assert (again["pid"], again["migrated"]) == (started["pid"], [])
    assert upline("db", "stop") == {"stopped": True, "pid": started["pid"], "clients": []}
    assert upline("db", "stop") == {"stopped": False, "pid": None, "clients": []}
    (home / "rows").mkdir()
    (home / "rows" / "a.parquet").write_bytes(b"rows")
    key = tmp_path / "key"
    key.write_text("short\n")
    upline("db", "backup", str(tmp_path / "state.tar"), "--password-file", str(key), code=2)
    key.write_text("一个很长的备份密码-4711\n", encoding="utf-8")
    made = upline("db", "backup", str(tmp_path / "state.tar"), "--password-file", str(key))
    assert made["files"] >= 2 and made["bytes"] == (tmp_path / "state.tar").stat().st_size
    upline("db", "backup", str(tmp_path / "state.tar"), code=2)
    (home / "rows" / "a.parquet").unlink()
    upline("db", "restore", str(tmp_path / "state.tar"), code=2)
    restored = upline("db", "restore", str(tmp_path / "state.tar"), "--password-file", str(key))
    assert (home / "rows" / "a.parquet").read_bytes() == b"rows"
    assert Path(restored["before"]).is_dir()
    done = [
        (record["action"], record["outcome"])
        for record in audit_log().records()
        if record["outcome"] != "begun"
    ]
    assert done[-2:] == [("db.restore", "E-INPUT"), ("db.restore", "done")]
    assert ("db.backup", "done") in done and audit_log().verify().good


def test_refusals_have_their_exit_code(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a script that takes a failed backup for one that was made."""
    upline("db", "restore", str(tmp_path / "nothing.tar"), code=2)
    upline("db", "backup", str(tmp_path / "no" / "folder.tar"), code=2)
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    upline("db", "backup", str(tmp_path / "state.tar"), code=2)
    upline("db", "start", code=3)


def test_doctor_tells_what_is_missing(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a diagnosis that ends with 0 although the database program is not there."""
    assert upline("doctor")["ok"] is True
    monkeypatch.setenv("UPLINE_JARS", str(tmp_path / "empty"))
    found = {check["name"]: check for check in upline("doctor", code=3)["checks"]}
    assert found["neo4j"]["ok"] is False
    assert "bundle" in found["neo4j"]["advice"]
