"""SQLite files of strangers, read only: plain tables, no views, no triggers, no functions of the schema."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from etl.reading.refusals import Unreadable


@dataclass(frozen=True)
class SqliteTable:
    """A table and its columns; ``rows`` streams all rows in their order as texts."""

    name: str
    columns: list[str]
    connection: sqlite3.Connection

    def rows(self) -> Iterator[list[str]]:
        """Every row; NULL and binary cells are blank."""
        names = ", ".join(_quoted(column) for column in self.columns)
        try:
            for cells in self.connection.execute(f"SELECT {names} FROM {_quoted(self.name)}"):
                yield [_text(cell) for cell in cells]
        except sqlite3.Error as error:
            raise Unreadable("broken_database", detail=error) from error


@contextmanager
def tables_of(path: Path) -> Iterator[list[SqliteTable]]:
    """The plain tables of a database; raises ``Unreadable`` where it is damaged."""
    try:
        uri = f"file:{quote(os.fsencode(path.resolve()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            names = [
                name
                for (name, sql) in connection.execute(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
                )
                if sql
                and not str(sql).upper().startswith("CREATE VIRTUAL")
                and not str(name).startswith("sqlite_")
            ]
            found = []
            for name in names:
                columns = [
                    str(entry[1]) for entry in connection.execute(f"PRAGMA table_info({_quoted(name)})")
                ]
                if columns:
                    found.append(SqliteTable(name, columns, connection))
            yield found
    except sqlite3.Error as error:
        raise Unreadable("broken_database", detail=error) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(cell: object) -> str:
    if cell is None or isinstance(cell, bytes):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
