"""A site's own rows: added to and taken from ``UPLINE_HOME/dictionaries/<name>.csv``; shipped rows stay as they are."""

from __future__ import annotations

import csv
import io
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from graph_schema.dictionaries.loader import COLUMNS, DATA, DictionaryEntry, load, names, read, site_file
from graph_schema.dictionaries.patterns import fault
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.shared_file import locked, put

_FIRST_HEADING = "id,value"
FEW = 4
"""A column of so few different words takes no other."""
FREE = ("law", "article")
"""Columns that name a source: a site's own standard stands in a text we do not ship."""


def columns(name: str) -> list[str]:
    """Headings of a dictionary's file, the common ones first. Raises ``NotFound``."""
    if name not in names():
        raise NotFound(Text(f"没有这个字典：{name}", f"there is no dictionary {name}"))
    for line in (DATA / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines():
        if line.startswith(_FIRST_HEADING):
            return line.split(",")
    raise AssertionError(f"{name}.csv has no heading")


def add_entry(name: str, cells: Mapping[str, str]) -> DictionaryEntry:
    """Add one row of the site's own; it counts from the next load or run. Raises ``InputError``, ``NotFound``.

    Without ``id`` the row gets the next free ``site-N``.
    """
    heading = columns(name)
    unknown = sorted(set(cells) - set(heading))
    if unknown:
        raise InputError(
            Text(
                f"没有这些栏目：{'，'.join(unknown)}",
                f"no such columns; there are {', '.join(heading)}",
            )
        )
    row = {column: (cells.get(column) or "").strip() for column in heading}
    with _changing(name):
        taken = {entry.id for entry in load(name)}
        number = next(n for n in range(1, len(taken) + 2) if f"site-{n}" not in taken)
        row["id"] = row["id"] or f"site-{number}"
        if row["id"] in taken:
            raise InputError(Text(f"编号 {row['id']} 已有", f"the id {row['id']} is taken"))
        _check(name, heading, row)
        _write(name, heading, [*_rows(name), row])
        return next(entry for entry in load(name) if entry.id == row["id"])


def remove_entry(name: str, entry_id: str) -> None:
    """Take a row of the site's own out again. Raises ``NotFound`` where it is none of the site's."""
    heading = columns(name)
    with _changing(name):
        rows = _rows(name)
        kept = [row for row in rows if row["id"] != entry_id]
        if len(kept) == len(rows):
            raise NotFound(
                Text(
                    f"本单位没有添加过 {entry_id}",
                    f"{entry_id} is no row of this site's own",
                )
            )
        _write(name, heading, kept)


@contextmanager
def _changing(name: str) -> Iterator[None]:
    """Alone with a dictionary, and past what was read of it before another process changed it."""
    with locked(site_file(name)):
        forget()
        yield


def forget() -> None:
    """Read every dictionary anew at its next use."""
    package = __name__.rpartition(".")[0]
    for module in [module for key, module in sys.modules.items() if key.startswith(package)]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _check(name: str, heading: Sequence[str], row: Mapping[str, str]) -> None:
    """A cell as the shipped rows have it: filled where all of them are, a number or one of few words where theirs are,
    a pattern that can be read.

    A row that breaks this would stop every later load that looks into the dictionary.
    """
    shipped = [
        {"value": each.value, "meaning": each.meaning, **each.extra} for each in load(name) if not each.site
    ]
    if wrong := fault(name, row):
        raise InputError(
            Text(
                f"正则表达式有误：{wrong}", f"The pattern is no regular expression that can be read: {wrong}"
            )
        )
    for column in heading:
        cells = [known[column] for known in shipped if column in known]
        filled = [cell for cell in cells if cell]
        given = row[column]
        if column == "value" and not given:
            raise InputError(Text("“value” 不能为空", "value must not be blank"))
        if not filled or (not given and len(filled) < len(cells)):
            continue
        if not given:
            raise InputError(
                Text(
                    f"“{column}”必填，例如 {filled[0]}",
                    f"{column} is needed, for instance {filled[0]}",
                )
            )
        few = sorted(set(filled))
        if all(_is_number(cell) for cell in filled):
            if not _is_number(given):
                raise InputError(
                    Text(
                        f"“{column}”应为数字：{given}",
                        f"{column} must be a number, not {given}",
                    )
                )
        elif column not in FREE and len(few) <= FEW and len(filled) >= 3 * FEW and given not in few:
            raise InputError(
                Text(
                    f"“{column}”应为 {'、'.join(few)} 之一",
                    f"{column} must be one of {', '.join(few)}",
                )
            )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _rows(name: str) -> list[dict[str, str]]:
    path = site_file(name)
    if not path.is_file():
        return []
    own = read(path, site=True)
    return [{**{column: getattr(entry, column) for column in COLUMNS}, **entry.extra} for entry in own]


def _write(name: str, heading: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Put the whole file in place by one rename, checked before: a wrong row never reaches a load."""
    path = site_file(name)
    if not rows:
        path.unlink(missing_ok=True)
        forget()
        return
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heading, restval="")
    writer.writeheader()
    writer.writerows(rows)
    put(path, out.getvalue(), lambda part: read(part, site=True))
    forget()
