"""What the rows of a report say happened, read from the facts of their files: the same columns whatever the source."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from backend.contract.evidence import SourceRow
from backend.reports.telling import money
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.storage.refs import bare
from graph_schema.beijing import moment
from graph_schema.language import Text
from graph_schema.store import Store
from viz.report.model import Event

_KINDS = {
    "PAID": Text("付款", "paid"),
    "CALLED": Text("通话", "call"),
    "MESSAGED": Text("消息", "message"),
    "SENT": Text("寄件", "sent"),
    "RECEIVED": Text("收件", "received"),
}
_Leg = tuple[Any, ...]  # a row of DuckDB, without its reference
_LEGS = """
SELECT evidence, rel, "start", "end", "at", at_precision, amount, currency, serial, common, props,
  through_platform, text
FROM read_parquet(?) WHERE list_contains(?, evidence) AND list_contains(?, rel) ORDER BY evidence, rel
"""


def event_rows(
    store: Store, rows: Iterable[SourceRow], holders: Mapping[str, str], language: str
) -> dict[str, Event]:
    """By row reference, what happened; rows that tell of no event (registrations, case tables) are not in it.

    ``rows`` as ``evidence`` answers them; ``holders`` name who holds a number, where the row itself does not.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["found"]:
            wanted[row["sha256"]].append(row["evidence"])
    archive = Archive(store.home)
    found: dict[str, Event] = {}
    with quiet_duckdb.shared() as con:
        for sha256, refs in wanted.items():
            path = archive.facts(sha256) / "legs.parquet"
            if not path.is_file():
                continue
            for leg in con.execute(_LEGS, [str(path), refs, list(_KINDS)]).fetchall():
                found.setdefault(leg[0], _event(leg[1:], holders, language))
    return found


def _event(leg: _Leg, holders: Mapping[str, str], language: str) -> Event:
    rel, start, end, at, precision, amount, currency, serial, common, props, through, text = leg
    more = json.loads(props) if props else {}
    return Event(
        at=_time(at, precision, language),
        kind=_KINDS[rel].of(language),
        a=_end(start, more.get("start_name"), holders),
        b=_end(end, more.get("end_name"), holders),
        what=_what(rel, amount, currency, language),
        serial="\n".join(dict.fromkeys(filter(None, (serial, common)))),
        note=str(text or ""),
        through=bool(through),
    )


def _time(at: int | None, precision: str | None, language: str) -> str:
    if at is None:
        return Text("时间不明", "no time").of(language)
    text = moment(at).strftime("%Y-%m-%d %H:%M:%S")
    return text[: {"day": 10, "minute": 16}.get(precision or "", 19)]


def _end(reference: str, name: str | None, holders: Mapping[str, str]) -> str:
    """Name and number of one end."""
    if reference.startswith("Record:"):
        return str(name or "")
    number = bare(reference)
    shown = number.removeprefix("+86")
    masked = not name or "*" in name
    called = (holders.get(number) or name) if masked else name
    return "\n".join(filter(None, (called, "" if number.startswith("?") else shown)))


def _what(rel: str, amount: int | None, currency: str | None, language: str) -> str:
    if amount is None:
        return ""
    if rel == "PAID":
        return money(amount, currency, language)
    return f"{amount} {Text('秒', 's').of(language)}" if rel == "CALLED" else ""
