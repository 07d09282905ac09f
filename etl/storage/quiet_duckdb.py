"""DuckDB without its progress bar, which it draws on standard output, where JSON goes, once a query takes two seconds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def connect(
    database: str = ":memory:", memory: str | None = None, spill: Path | str | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection that prints nothing; beyond ``memory`` ("1GB") it goes to the folder ``spill``."""
    con = duckdb.connect(database)
    con.execute("SET enable_progress_bar = false")
    if memory is not None:
        con.execute(f"SET memory_limit = '{memory}'")
    if spill is not None:
        con.execute(f"SET temp_directory = '{spill}'")
    return con


def quoted(path: Path) -> str:
    """A path inside a quoted text of SQL."""
    return str(path).replace("'", "''")


def files(con: duckdb.DuckDBPyConnection, name: str, paths: Iterable[Path]) -> str:
    """SQL that reads these Parquet files. Their names go into the variable ``name`` of the connection: the text of a
    query stays as short for 200,000 files as for one.
    """
    con.execute(f"SET VARIABLE {name} = $1", [[str(path) for path in paths]])
    return f"read_parquet(getvariable('{name}'), filename = true)"
