"""DuckDB prints nothing: standard output belongs to JSON."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pyarrow as pa
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


def test_who_shares_a_database_sees_nothing_of_others() -> None:
    """Trap: two requests at a time meet in a table of one name, a load leaves its tables to the next, or what was unloaded
    stays in a service's memory."""
    with quiet_duckdb.shared() as one, quiet_duckdb.shared() as other:
        for con, said in ((one, 1), (other, 2)):
            con.execute(f"CREATE TEMP TABLE told AS SELECT {said} AS n")
        assert one.execute("FROM told").fetchall() == [(1,)]
        kept = "SELECT current_setting('enable_external_file_cache'), current_setting('enable_progress_bar')"
        assert one.execute(kept).fetchall() == [(False, False)]
    with pytest.raises(ZeroDivisionError), quiet_duckdb.small() as con:
        con.execute("CREATE TABLE told AS SELECT 3 AS n")
        raise ZeroDivisionError
    with quiet_duckdb.small() as con, quiet_duckdb.small() as other:
        con.execute("CREATE TABLE told AS SELECT 4 AS n")
        other.execute("CREATE TABLE told AS SELECT 5 AS n")
        names = con.execute(
            "SELECT count(*) FROM duckdb_databases() WHERE starts_with(database_name, 'small_')"
        )
        assert names.fetchall() == [(2,)], "each goes with its work"


def test_a_connection_is_free_when_it_is_given_out() -> None:
    """Trap: the look whether the database still answers leaves a result open, and a table of the load is refused."""
    with quiet_duckdb.shared() as con:
        con.register("rows", pa.table({"n": [1]}))
        assert con.execute("SELECT n FROM rows").fetchall() == [(1,)]


def test_a_database_that_ended_is_opened_again() -> None:
    """Trap: after one fault inside DuckDB a service answers nothing any more until it is started again."""
    quiet_duckdb._of_process(os.getpid()).close()
    with quiet_duckdb.shared() as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_forked_process_has_a_database_of_its_own() -> None:
    """Trap: a fork holds the database without its threads, and its first query waits for ever."""
    with quiet_duckdb.shared() as con:
        con.execute("SELECT 1").fetchall()
    child = os.fork()
    if child == 0:
        with quiet_duckdb.shared() as con:
            found = con.execute("SELECT sum(n) FROM range(500000) t(n)").fetchall()
        os._exit(0 if found == [(124999750000,)] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_nobody_connects_otherwise() -> None:
    """Trap: a new module that opens DuckDB itself brings the bar back."""
    for folder in ("backend", "etl", "graph_schema", "viz"):
        for path in (ROOT / folder).rglob("*.py"):
            direct = re.search(r"(?<!quiet_)duckdb\.connect\(", path.read_text(encoding="utf-8"))
            assert direct is None or path.name == "quiet_duckdb.py", path
