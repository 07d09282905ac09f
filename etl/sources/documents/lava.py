"""ALEAPP and iLEAPP output: the LAVA index with its SQLite database, and the TSV exports of calls and messages.

The index names, for each artifact that is a conversation, its columns of time, sender, direction and text, so one
reader serves all of them. Tables without a meaning here are kept and not analysed. A TSV is opened by the tool in
append mode: its heading may stand in it again. Numbers of the phone itself are often missing: it is then 本机.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from etl.layouts.heading import unique_headings
from etl.reading.delimited import read_text
from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.spool import Spool
from etl.reading.sqlite import SqliteTable, tables_of
from etl.sources.documents import FirstLook
from etl.sources.documents._derived import cells_of, derived_sheet
from etl.sources.documents._lava_calls import HISTORY_TIMES, OWN, made
from etl.sources.documents._tables import HEADINGS, Cells, phone_or, row
from etl.storage.facts import FileOrigin

TITLE = ("ALEAPP/iLEAPP 输出（LAVA、TSV）", "ALEAPP and iLEAPP output (LAVA folder, TSV exports)")
SAMPLE = (
    "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\tDeleted",
    "2024-03-05 12:58:41+00:00\t13900001234\t13900005678\tOutgoing\t47\t",
)
_INDEX, _DATABASE = "_lava_data.lava", "_lava_artifacts.db"
_LARGEST_INDEX = 64 << 20
_CALLS = {"call_date", "partner", "type"}
_OLD_CALLS = {"start_date", "call_type", "number"}
_FROM_TO = {"from_id", "to_id", "start_date", "direction"}
_HISTORY = {"phone_number", "call_direction", "call_duration"}
_SMS = {"date", "type", "address", "body"}
_CALL_FORMS = {"call", "old_call", "from_to", "history"}


def _key(heading: str) -> str:
    return "_".join(heading.strip().lower().replace("(", " ").replace(")", " ").split())


def _form(columns: list[str]) -> str | None:
    found = {_key(column) for column in columns}
    forms = (
        ("call", _CALLS),
        ("old_call", _OLD_CALLS),
        ("from_to", _FROM_TO),
        ("history", _HISTORY),
        ("sms", _SMS),
    )
    for form, needed in forms:
        if needed <= found:
            return form if form != "history" or found & set(HISTORY_TIMES) else None
    return None


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    name = PurePosixPath(seen.path).name
    if seen.kind == "text":
        line = next((line for line in seen.head.splitlines() if line.strip()), "")
        return "\t" in line and _form(line.split("\t")) is not None
    return (seen.kind, name) in {("json", _INDEX), ("database", _DATABASE)}


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    name = PurePosixPath(origin.path).name
    if name == _INDEX:
        return _index_sheet(_read_index(path), limits)
    if name == _DATABASE:
        index = _read_index(origin.beside[_INDEX]) if _INDEX in origin.beside else []
        return _database(path, {str(entry.get("tablename")): entry for entry in index}, limits)
    return [_tsv(path, limits)]


def _read_index(path: Path) -> list[dict[str, Any]]:
    """The artifacts of an index, each with its category."""
    if path.stat().st_size > _LARGEST_INDEX:
        raise Unreadable("too_large", limit=_LARGEST_INDEX >> 20)
    try:
        artifacts = json.loads(path.read_text(encoding="utf-8-sig"))["artifacts"]
        return [
            {**entry, "category": str(category)}
            for category, entries in artifacts.items()
            for entry in entries
            if isinstance(entry, dict)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("broken_json", detail=f"{type(error).__name__} {error}"[:120]) from error


def _index_sheet(index: list[dict[str, Any]], limits: ReadLimits) -> list[RawSheet]:
    spool = Spool(limits)
    spool.table("", ["数据集", "文件名", "记录数"], "package_index")
    for entry in index:
        spool.add(
            "",
            [str(entry.get("name", "")), str(entry.get("tablename", "")), str(entry.get("record_count", ""))],
        )
    return spool.sheets()


def _tsv(path: Path, limits: ReadLimits) -> RawSheet:
    view = next(view for view in read_text(path, limits).views if _form(view.head[0]))
    headings = unique_headings(view.head[0])
    form = _form(headings)
    assert form is not None
    layout = "chat_messages" if form == "sms" else "handset_calls"
    keys = [_key(heading) for heading in headings]
    blank = row(layout)

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in cells_of(view.read(1, len(headings))):
            again = [cell.strip() for cell in cells[: len(headings)]] == headings
            told = blank if again else made(form, dict(zip(keys, cells, strict=False)), "")
            # A heading that comes again is left out: as a blank line, so that it is no rejected row.
            yield number, [*told, *([""] * len(cells) if again else cells)]

    sheet = derived_sheet("", [*HEADINGS[layout], *headings], layout, rows, limits)
    if sheet is None:
        raise Unreadable("no_rows")
    return sheet


def _database(path: Path, index: Mapping[str, dict[str, Any]], limits: ReadLimits) -> list[RawSheet]:
    spool = Spool(limits)
    with tables_of(path) as found:
        for table in found:
            if not table.name.startswith("_lava_media"):
                _spool(spool, table, index.get(table.name, {}))
    sheets = spool.sheets()
    for sheet in sheets:
        count = index.get(sheet.name, {}).get("record_count")
        sheet.declared = count if isinstance(count, int) else None
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _spool(spool: Spool, table: SqliteTable, entry: dict[str, Any]) -> None:
    form, keys = _form(table.columns), [_key(column) for column in table.columns]
    category = str(entry.get("category", "?"))
    view = _conversation(entry, keys)
    if form is None and view is None:
        spool.table(table.name, table.columns, "package_table")
        for cells in table.rows():
            spool.add(table.name, cells)
        return
    layout = "handset_calls" if form in _CALL_FORMS else "chat_messages"
    spool.table(table.name, [*HEADINGS[layout], *table.columns], layout)
    peers = _peers(table, keys, view, category) if view is not None and form is None else {}
    for cells in table.rows():
        known = dict(zip(keys, cells, strict=True))
        told = made(form, known, category) if form is not None else _said(view or {}, known, category, peers)
        spool.add(table.name, [*told, *cells])


def _conversation(entry: dict[str, Any], keys: list[str]) -> dict[str, str] | None:
    """Columns of a conversation by role, as the index names them (older ones call it a chat of threads)."""
    views = entry.get("data_views")
    view = (views.get("conversation") or views.get("chat")) if isinstance(views, dict) else None
    if not isinstance(view, dict):
        return None
    named = {str(role).replace("thread", "conversation"): str(value) for role, value in view.items()}
    needed = ("timeColumn", "textColumn", "directionColumn")
    return named if all(_key(named.get(role, "")) in keys for role in needed) else None


def _cell(view: Mapping[str, str], role: str, cells: Cells) -> str:
    return cells.get(_key(view.get(role, "")), "")


def _peers(
    table: SqliteTable, keys: list[str], view: Mapping[str, str], category: str
) -> dict[str, set[str]]:
    """Who else speaks in each conversation."""
    found: dict[str, set[str]] = {}
    for cells in table.rows():
        known = dict(zip(keys, cells, strict=True))
        if not _sent(view, known):
            thread = _cell(view, "conversationDiscriminatorColumn", known)
            sender = phone_or(category, _cell(view, "senderColumn", known))
            if sender:
                found.setdefault(thread, set()).add(sender)
    return found


def _sent(view: Mapping[str, str], cells: Cells) -> bool:
    said = _cell(view, "directionColumn", cells).strip().lower()
    return said == view.get("directionSentValue", "Outgoing").strip().lower()


def _said(view: Mapping[str, str], cells: Cells, category: str, peers: Mapping[str, set[str]]) -> list[str]:
    sent = _sent(view, cells)
    thread = _cell(view, "conversationDiscriminatorColumn", cells)
    others = peers.get(thread, set())
    group = account_of_thread(category, thread) if len(others) != 1 else ""
    other = next(iter(others)) if len(others) == 1 else group
    sender = phone_or(category, _cell(view, "senderColumn", cells))
    return row(
        "chat_messages",
        at=_cell(view, "timeColumn", cells),
        from_=OWN if sent else sender,
        to=other if sent else (group if len(others) > 1 else OWN),
        group=group if len(others) > 1 else "",
        group_name=_cell(view, "conversationLabelColumn", cells) if len(others) > 1 else "",
        text=_cell(view, "textColumn", cells),
        media=_cell(view, "mediaColumn", cells),
        kind="text",
        channel=category,
        side="start" if sent else "end",
    )


def account_of_thread(category: str, thread: str) -> str:
    """A conversation as an account of its own."""
    return f"other:{category}/{thread}" if thread else ""
