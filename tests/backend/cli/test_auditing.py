"""The command line leaves the same records: an intent before a change, the purpose of the task on each."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.security.audited import audit_log
from etl.layouts import saved
from etl.mapping.decide import StatedMapping, save

TABLE = "号,名称,日\nA9900000000002026060001,测试零包案,2026-06-01\n"
FIELDS = {"case_no": "号", "case_name": "名称", "opened": "日"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; what is tried here needs no database."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "表.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "home"


def test_no_intent_no_deed(home: Path) -> None:
    """Trap: the command line loads, saves and forgets on a full audit volume, and complains afterwards."""
    save("own", StatedMapping(of="cases", headings=tuple(FIELDS.values()), fields=FIELDS))
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    (home / "audit").write_text("")
    table = str(home.parent / "表.csv")
    sets = [word for name, heading in FIELDS.items() for word in ("--set", f"{heading}={name}")]
    for asked in (
        ["load", table],
        ["mappings", "--delete", "own"],
        ["map", table, "--kind", "cases", *sets, "--save", "other"],
    ):
        result = CliRunner().invoke(app, asked, env={"UPLINE_LANG": "en"})
        assert result.exit_code == 3 and "nothing was changed" in result.stderr, (asked, result.output)
    (home / "audit").unlink()
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert list(saved.all_saved()) == ["own"]


def test_the_purpose_is_said_once_and_stands_on_every_record(home: Path) -> None:
    """Trap: reads of the command line about which the log cannot say what they were for."""
    CliRunner().invoke(app, ["--purpose", "0417案侦查", "mappings"])
    CliRunner().invoke(app, ["audit", "list"], env={"UPLINE_PURPOSE": "六月核对"})
    CliRunner().invoke(app, ["mappings"])
    assert [each["purpose"] for each in audit_log().records()] == ["0417案侦查", "六月核对", ""]


def test_a_site_may_demand_a_purpose(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a policy nobody enforces; or one that keeps the database from being stopped or the help from being read."""
    monkeypatch.setenv("UPLINE_PURPOSE_REQUIRED", "1")
    result = CliRunner().invoke(app, ["mappings"], env={"UPLINE_LANG": "en"})
    assert result.exit_code == 2 and "purpose" in result.stderr and audit_log().head().seq == 0
    assert CliRunner().invoke(app, ["--purpose", "核对", "mappings"]).exit_code == 0
    assert CliRunner().invoke(app, ["db", "status", "--json"]).exit_code == 0
