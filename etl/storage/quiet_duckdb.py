"""DuckDB without its progress bar, which it draws on standard output, where JSON goes, once a query takes two seconds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import duckdb

SMALL = 4_000_000
"""Bytes of Parquet, some 80,000 legs, which no memory limit has to be set for."""


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


def shared() -> duckdb.DuckDBPyConnection:
    """A connection to the one database in memory that all short looks of a process share: to open one takes 30 ms.

    For reading files and for temporary tables, which are its own. Who sets something, or may hold much, calls ``connect``.
    """
    try:
        con = _of_process(os.getpid()).cursor()
        con.execute("SELECT 1").fetchall()
    except duckdb.Error:  # a fault inside DuckDB ends a database for all its connections
        _of_process.cache_clear()
        con = _of_process(os.getpid()).cursor()
    return con


@contextmanager
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    """As ``shared``, with a catalogue of its own for other tables, in memory and gone at the end."""
    name = f"small_{uuid4().hex}"
    with shared() as con:
        con.execute(f"ATTACH ':memory:' AS {name}")
        try:
            con.execute(f"USE {name}")
            yield con
        finally:
            con.execute("USE memory")
            con.execute(f"DETACH {name}")


@cache
def _of_process(number: int) -> duckdb.DuckDBPyConnection:
    """A database per process: of one that was forked, the threads of its parent's database stay behind.

    It keeps nothing of the files it reads: what is taken out of a home must not stay in a service's memory.
    """
    con = connect()
    con.execute("SET enable_external_file_cache = false")
    return con


def are_small(paths: Iterable[Path]) -> bool:
    """Whether these Parquet files together are less than what a load or a run feels."""
    total = 0
    for path in paths:
        total += path.stat().st_size if path.exists() else 0
        if total > SMALL:
            return False
    return True


def quoted(path: Path) -> str:
    """A path inside a quoted text of SQL."""
    return str(path).replace("'", "''")


def files(con: duckdb.DuckDBPyConnection, name: str, paths: Iterable[Path]) -> str:
    """SQL that reads these Parquet files. Their names go into the variable ``name`` of the connection: the text of a
    query stays as short for 200,000 files as for one.
    """
    con.execute(f"SET VARIABLE {name} = $1", [[str(path) for path in paths]])
    return f"read_parquet(getvariable('{name}'), filename = true)"
