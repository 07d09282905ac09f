"""DuckDB prints nothing: standard output belongs to JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.storage import quiet_duckdb

ROOT = Path(__file__).resolve().parents[3]


def test_a_long_query_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Trap: after two seconds a progress bar is drawn on standard output, in the middle of ``--json``."""
    with quiet_duckdb.connect() as con:
        con.execute("SET threads = 1")
        con.execute(
            "SELECT count(*) FROM range(40000000) t(n) WHERE sqrt(n) > 2 AND hash(n) % 7 = 1"
        ).fetchall()
        shown = con.execute(
            "SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'"
        ).fetchall()
        of_cursor = con.cursor().execute("SELECT current_setting('enable_progress_bar')").fetchall()
    assert capfd.readouterr().out == ""
    assert shown == [("false",)]
    assert of_cursor == [(False,)]


def test_nobody_connects_otherwise() -> None:
    """Trap: a new module that opens DuckDB itself brings the bar back."""
    for folder in ("backend", "etl", "graph_schema", "viz"):
        for path in (ROOT / folder).rglob("*.py"):
            direct = re.search(r"(?<!quiet_)duckdb\.connect\(", path.read_text(encoding="utf-8"))
            assert direct is None or path.name == "quiet_duckdb.py", path
