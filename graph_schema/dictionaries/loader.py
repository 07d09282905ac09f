"""Reads dictionaries: CSV data files with a version, and rows a site adds without changing shipped ones.

Every file has the columns ``id, value, meaning, valid_from, valid_to, source, verified, note`` and, where its
entries need more, further ones. Lines ``# column: text`` before the heading give what blank cells of that
column mean; other ``#`` lines are remarks. A site adds rows in ``UPLINE_HOME/dictionaries/<name>.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph_schema.dictionaries.patterns import fault
from graph_schema.errors import InputError
from graph_schema.home import upline_home
from graph_schema.language import Text, spoken

HERE = Path(__file__).parent
DATA = HERE / "data"
COLUMNS = ("id", "value", "meaning", "valid_from", "valid_to", "source", "verified", "note")


class DictionaryError(InputError):
    """A dictionary file cannot be used: names the file, the line and what to change."""

    code = "E-DICTIONARY"


@dataclass(frozen=True)
class DictionaryEntry:
    """One row; ``extra`` holds the columns beyond the common ones, ``site``: a site added it."""

    id: str
    value: str
    meaning: str
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""
    verified: str = ""
    note: str = ""
    site: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    def valid_on(self, day: dt.date) -> bool:
        """Say whether the row is in force on a day (both ends included; a blank end is open)."""
        text = day.isoformat()
        return self.valid_from <= text and (not self.valid_to or text <= self.valid_to)


def names() -> list[str]:
    """Return the names of all shipped dictionaries."""
    return sorted(path.stem for path in DATA.glob("*.csv"))


def _split(text: str) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Part the remark lines from the table: defaults by column, and the table's lines with their numbers."""
    defaults: dict[str, str] = {}
    table: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not table and line.startswith("#"):
            column, colon, value = line[1:].partition(":")
            if colon and column.strip() in COLUMNS:
                defaults[column.strip()] = value.strip()
        elif line.strip():
            table.append((number, line))
    return defaults, table


def read(path: Path, site: bool = False) -> list[DictionaryEntry]:
    """Return the rows of one dictionary file, each id once and no value blank."""
    defaults, table = _split(path.read_text(encoding="utf-8-sig"))
    rows: Iterator[dict[str, str | None]] = csv.DictReader((line for _, line in table), strict=True)
    entries: list[DictionaryEntry] = []
    seen: set[str] = set()
    try:
        for (number, _), row in zip(table[1:], rows, strict=False):
            entries.append(_entry(path, number, row, defaults, site))
            if entries[-1].id in seen:
                raise DictionaryError(f"{path.name} line {number}: id {entries[-1].id} is repeated; keep one")
            seen.add(entries[-1].id)
    except csv.Error as error:
        raise DictionaryError(f"{path.name}: {error}; write it as comma-separated UTF-8") from error
    return entries


def _entry(
    path: Path, number: int, row: dict[str, str | None], defaults: dict[str, str], site: bool
) -> DictionaryEntry:
    # DictReader puts surplus cells under None and fills missing ones with None.
    if not isinstance(row, dict) or None in row or None in row.values():
        raise DictionaryError(f"{path.name} line {number}: the number of cells differs from the heading's")
    missing = [column for column in COLUMNS if column not in row]
    if missing:
        raise DictionaryError(f"{path.name}: column {', '.join(missing)} is missing; add it to the heading")
    cells = {column: (value or "").strip() or defaults.get(column, "") for column, value in row.items()}
    if not cells["id"] or not cells["value"]:
        raise DictionaryError(f"{path.name} line {number}: id and value must not be blank")
    for column in ("valid_from", "valid_to"):
        _check_day(path, number, column, cells[column])
    common = {column: cells[column] for column in COLUMNS}
    return DictionaryEntry(**common, site=site, extra={k: v for k, v in cells.items() if k not in COLUMNS})


def _check_day(path: Path, number: int, column: str, text: str) -> None:
    if text and not text.isdigit():
        try:
            dt.date.fromisoformat(text)
        except ValueError as error:
            raise DictionaryError(
                f"{path.name} line {number}, {column}: “{text}” is no day; write YYYY-MM-DD"
            ) from error


def site_file(name: str) -> Path:
    """Where a site's own rows of a dictionary stand."""
    return upline_home() / "dictionaries" / f"{name}.csv"


@cache
def load(name: str) -> tuple[DictionaryEntry, ...]:
    """Return a dictionary: shipped rows, then the site's. A site row with a shipped id is refused, one whose pattern
    cannot be read is left out.
    """
    shipped = read(DATA / f"{name}.csv")
    added = site_file(name)
    if not added.is_file():
        return tuple(shipped)
    own = read(added, site=True)
    taken = {entry.id for entry in shipped}
    clash = [entry.id for entry in own if entry.id in taken]
    if clash:
        raise DictionaryError(
            f"{added}: id {clash[0]} belongs to a shipped row; give the row an id of its own"
        )
    return (*shipped, *(entry for entry in own if _sound(name, added, entry)))


def _sound(name: str, path: Path, entry: DictionaryEntry) -> bool:
    """Whether the pattern of a row can be read; where not, that the row does not count is said once per process."""
    wrong = fault(name, {"value": entry.value, **entry.extra})
    if wrong:
        told = Text(
            f"字典行 {entry.id} 的正则表达式有误（{wrong}），该行不生效；请在 {path} 中改正。",
            f"The pattern of dictionary row {entry.id} is wrong ({wrong}); the row does not count. Correct it in {path}.",
        )
        print(f"[upline] {spoken(told)}", file=sys.stderr, flush=True)
    return not wrong


@cache
def version() -> str:
    """Return what to write into a run: the shipped version, with a digest of the site's files if any."""
    shipped = (HERE / "VERSION").read_text(encoding="ascii").strip()
    own = [path for path in map(site_file, names()) if path.is_file()]
    if not own:
        return shipped
    digest = hashlib.sha256()
    for path in own:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{shipped}+site.{digest.hexdigest()[:12]}"
