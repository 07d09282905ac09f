"""One call or short message of an ALEAPP or iLEAPP table: its two ends, its time in UTC, how long it took."""

from __future__ import annotations

import re

from etl.parsing.numbers import duration
from etl.parsing.times import parse_time
from etl.sources.documents._tables import Cells, phone_or, row

OWN = "phone:本机"
"""The phone itself where nothing names it: unverified, so it stays within its file."""

HISTORY_TIMES = ("timestamp", "starting_timestamp", "call_date", "start_time")
_NO_ZONE = re.compile(r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_INCOMING = {
    "1",
    "3",
    "5",
    "6",
    "7",
    "incoming",
    "received",
    "inbox",
    "missed",
    "rejected",
    "blocked",
    "answered externally",
}
_OUTGOING = {"2", "outgoing", "sent", "4 sent"}
_STATES = {
    "3": "missed",
    "missed": "missed",
    "5": "rejected",
    "rejected": "rejected",
    "6": "blocked",
    "blocked": "blocked",
}


def _direction(text: str) -> str:
    word = text.strip().lower()
    return (
        "out"
        if word in _OUTGOING or "outgoing" in word
        else "in"
        if word in _INCOMING or "incoming" in word
        else ""
    )


def made(form: str, cells: Cells, category: str) -> list[str]:
    """Cells of a call or a short message; neither end where the direction is not told."""
    kind = (
        cells.get("call_direction")
        or cells.get("direction")
        or cells.get("type")
        or cells.get("call_type", "")
    )
    way = _direction(kind)
    own, other = _two_ends(form, cells, way)
    ends = {"out": (own, other, "start"), "in": (other, own, "end")}.get(way, ("", "", ""))
    common = {"from_": ends[0], "to": ends[1], "side": ends[2], "channel": category}
    stamps = (*HISTORY_TIMES, "start_date", "date")
    common["at"] = _utc(next((cells[name] for name in stamps if cells.get(name, "").strip()), ""))
    if form == "sms":
        return row(
            "chat_messages", **common, text=cells.get("body", ""), kind="sms", ident=cells.get("msg_id", "")
        )
    return row(
        "handset_calls",
        **common,
        seconds=_seconds(cells),
        state=_STATES.get(kind.strip().lower(), "") or _answered(cells),
        kind=cells.get("call_type", ""),
        deleted=cells.get("deleted", ""),
    )


def _two_ends(form: str, cells: Cells, way: str) -> tuple[str, str]:
    """The phone itself and who was at the other end."""
    if form == "from_to":
        numbers = [cells.get(name, "").strip() for name in ("from_id", "to_id")]
        mine, theirs = numbers if way == "out" else reversed(numbers)
        return (f"phone:{mine}" if mine.lstrip("+").isdigit() else OWN), phone_or("?", theirs)
    number = cells.get("phone_account_address", "").strip()
    other = (
        cells.get("partner") or cells.get("number") or cells.get("phone_number") or cells.get("address", "")
    )
    return (f"phone:{number}" if number.lstrip("+").isdigit() else OWN), phone_or("?", other)


def _utc(text: str) -> str:
    """The tools write times of the phone in UTC, older versions without saying so."""
    return f"{text.strip()}+00:00" if _NO_ZONE.match(text.strip()) else text


def _seconds(cells: Cells) -> str:
    """Seconds of a call, also where the tool writes a clock or only beginning and end."""
    text = cells.get("duration_in_secs") or cells.get("call_duration") or cells.get("duration", "")
    found = duration(text) if text.strip() else None
    if found is None and not text.strip():
        first, last = (parse_time(cells.get(name, "")) for name in ("start_date", "end_date"))
        known = first is not None and last is not None and last[0] > first[0]
        found = (last[0] - first[0]) // 1000 if known and first is not None and last is not None else None
    return text if found is None else str(found)


def _answered(cells: Cells) -> str:
    said = cells.get("answered", "").strip().lower()
    return "missed" if said in {"no", "false", "0"} else "connected" if said in {"yes", "true", "1"} else ""
