"""DuckDB without its progress bar, which it draws on standard output, where JSON goes, once a query takes two seconds."""

from __future__ import annotations

import duckdb


def connect(database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection that prints nothing."""
    con = duckdb.connect(database)
    con.execute("SET enable_progress_bar = false")
    return con
