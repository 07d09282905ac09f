"""Hand entries: signed sources like any file, read by the same layouts, undone by unloading."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from typing_extensions import TypedDict

from etl.layouts.layout import Layout
from etl.mapping.targets import base, bases
from etl.writing.entry_kinds import KINDS
from etl.writing.load import LoadOptions, LoadReport, load
from graph_schema import beijing
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store

SIGNATURE = ("录入人", "录入时间", "录入序号")
_MOST = 1_000


def table_of_entry(name: str) -> str | None:
    """The name of the layout behind a kind of entry; None for a kind there is not."""
    found = bases().get(KINDS.get(name, name))
    return None if found is None else found.name


def kind_of_entry(name: str) -> Layout:
    """The layout behind a kind of entry. Raises ``InputError`` naming the kinds there are."""
    found = bases().get(KINDS.get(name, name))
    if found is None:
        raise InputError(
            Text(
                f"没有“{name}”；可录入：{'、'.join(KINDS)}",
                f"No kind {name!r}; there are {', '.join(KINDS)}.",
            )
        )
    return found


class EntryField(TypedDict):
    """A field of a hand entry, by its usual heading."""

    heading: str
    must: bool
    sample: str


class EntryKind(TypedDict):
    """What can be entered under a short name, and its table."""

    kind: str
    table: str
    zh: str
    en: str
    fields: list[EntryField]


def kinds() -> list[EntryKind]:
    """Every kind of entry with its fields: usual heading, whether it has to be given, an invented sample."""
    found: list[EntryKind] = []
    for name, table in KINDS.items():
        layout = kind_of_entry(name)
        fields: dict[str, EntryField] = {}
        for column in layout.columns.values():
            heading = column.aliases[0]
            fields.setdefault(heading, {"heading": heading, "must": column.must, "sample": column.sample})
        found.append(
            {"kind": name, "table": table, "zh": layout.zh, "en": layout.en, "fields": [*fields.values()]}
        )
    return found


def enter(
    store: Store,
    kind: str,
    rows: Sequence[Mapping[str, str]],
    signed_by: str,
    basis: str | None = None,
    compartment: str | None = None,
) -> LoadReport:
    """Load what somebody typed in: ``rows`` go from field, or any heading of the table, to value.

    An amendment is a new entry: what it says of a node replaces what an older one said. Raises ``InputError``
    where a field is unknown, a needed one is missing or a value cannot be read; nothing is kept then.
    """
    layout = kind_of_entry(kind)
    if not signed_by.strip():
        raise InputError(
            Text(
                "手工录入须有录入人。",
                "A hand entry needs the name of who makes it.",
            )
        )
    if not 1 <= len(rows) <= _MOST:
        raise InputError(
            Text(
                f"一次录入 1 至 {_MOST} 行。",
                f"Enter 1 to {_MOST} rows at a time.",
            )
        )
    named = [_by_heading(layout, row) for row in rows]
    base(layout.name)
    headings = list(dict.fromkeys(heading for row in named for heading in row))
    now = beijing.now()
    with tempfile.TemporaryDirectory(prefix="upline-entry-") as folder:
        file = Path(folder) / f"手工录入-{layout.name}-{now:%Y%m%d-%H%M%S}.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([*headings, *SIGNATURE])
            for row in named:
                signature = (signed_by, f"{now:%Y-%m-%d %H:%M:%S}", str(time.time_ns()))
                writer.writerow([*(row.get(heading, "") for heading in headings), *signature])
        options = LoadOptions(
            entry=layout.name, signed_by=signed_by, basis=basis, compartment=compartment, keep=True
        )
        return load(store, [file], options)


def _by_heading(layout: Layout, row: Mapping[str, str]) -> dict[str, str]:
    """A row under the usual headings of its table."""
    usual = {name: column.aliases[0] for name, column in layout.columns.items()}
    usual |= {alias: column.aliases[0] for column in layout.columns.values() for alias in column.aliases}
    unknown = [name for name in row if name not in usual]
    if unknown:
        known = "、".join(dict.fromkeys(column.aliases[0] for column in layout.columns.values()))
        raise InputError(
            Text(
                f"“{layout.zh}”没有 {'、'.join(unknown)}；可填：{known}",
                f"{layout.en} has no {', '.join(unknown)}.",
            )
        )
    found = {usual[name]: " ".join(value.split()) for name, value in row.items() if value.strip()}
    if not found:
        raise InputError(Text("没有填写任何内容。", "Nothing was filled in."))
    return found
