"""Telegram Desktop exports (``result.json``): one chat, or all chats with contacts and personal information.

Texts come as a string or as a list of parts; calls stand among the service messages; other service messages are
kept and not counted as messages. In a private chat the receiver is the other of the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.reading.grid import RawSheet
from etl.reading.json_stream import text, values
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.sources.documents import FirstLook
from etl.sources.documents._tables import Tables
from etl.storage.facts import FileOrigin

TITLE = ("Telegram 导出（result.json）", "Telegram Desktop export (result.json)")
SAMPLE = (
    '{"name": "夜航", "type": "personal_chat", "id": 990010001, "messages": [',
    ' {"id": 1, "type": "message", "date": "2024-03-05T21:14:07", "date_unixtime": "1709644447",',
    '  "from": "夜航", "from_id": "user990010001", "text": ["看 ", {"type": "link", "text": "t.me/x"}]}]}',
)
_CHATS = ("chats.list.item", "left_chats.list.item", "")
_PRIVATE = {"personal_chat", "bot_chat", "saved_messages"}
_OWN = "telegram:本机"
"""The exporting account where the file does not name it: unverified, so it stays within its file."""

_TOLD = {
    *("id", "type", "date", "date_unixtime", "from", "from_id", "actor", "actor_id", "text", "text_entities"),
    *("media_type", "photo", "file", "action", "duration_seconds", "discard_reason"),
}


@dataclass
class _Chat:
    name: str = ""
    kind: str = ""
    ident: str = ""
    speakers: set[str] = field(default_factory=set)

    @property
    def private(self) -> bool:
        return self.kind in _PRIVATE

    @property
    def peer(self) -> str:
        return f"user{self.ident}" if self.private else f"channel{self.ident}"


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    head = seen.head
    one = '"messages"' in head and '"type"' in head and '"id"' in head
    return seen.kind == "json" and (one or '"personal_information"' in head or '"about"' in head)


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    spool = Tables(limits)
    own = _own(path, spool)
    if own == _OWN:
        own = next((found for chat, message in _messages(path) if (found := _mine(chat, message))), _OWN)
    for chat, message in _messages(path):
        _put(spool, chat, message, own)
    sheets = spool.sheets()
    if not sheets:
        raise Unreadable("json")
    return sheets


def _own(path: Path, spool: Tables) -> str:
    """The exporting account, with what the file says of it and of its contacts."""
    wanted = ("personal_information", "contacts.list.item", "frequent_contacts.list.item")
    me = _OWN
    for prefix, value in values(path, lambda prefix: prefix in wanted):
        if not isinstance(value, dict):
            continue
        if prefix == "personal_information":
            if value.get("user_id"):
                me = f"telegram:user{text(value['user_id'])}"
            spool.put(
                "handset_accounts",
                account=me,
                phone=text(value.get("phone_number")),
                nickname=_full_name(value),
                note=text(value.get("bio")),
            )
        elif value.get("phone_number"):
            spool.put(
                "handset_contacts",
                own=me,
                contact=f"phone:{text(value['phone_number'])}",
                called=_full_name(value),
                relation="CONTACT",
            )
    return me


def _full_name(value: dict[str, Any]) -> str:
    return " ".join(filter(None, (text(value.get("first_name")), text(value.get("last_name")))))


def _messages(path: Path) -> Iterator[tuple[_Chat, dict[str, Any]]]:
    """Every message with its chat, whose name, type and id the export writes before them."""
    prefixes = {
        f"{at}.{key}".lstrip("."): key for at in _CHATS for key in ("name", "type", "id", "messages.item")
    }
    chat = _Chat()
    for prefix, value in values(path, lambda prefix: prefix in prefixes):
        key = prefixes[prefix]
        if key != "messages.item":
            if chat.speakers or (key == "name" and chat.ident):
                chat = _Chat()
            setattr(chat, {"type": "kind", "id": "ident"}.get(key, key), text(value))
        elif isinstance(value, dict):
            chat.speakers.add(text(value.get("from_id") or value.get("actor_id")))
            yield chat, value


def _sender(message: dict[str, Any]) -> str:
    sender = text(message.get("from_id") or message.get("actor_id"))
    return f"telegram:{sender}" if sender else ""


def _mine(chat: _Chat, message: dict[str, Any]) -> str:
    """The sender, where only the exporting account can have said it: not the other of a private chat."""
    sender = _sender(message)
    return sender if chat.kind == "personal_chat" and sender != f"telegram:{chat.peer}" else ""


def _put(spool: Tables, chat: _Chat, message: dict[str, Any], own: str) -> None:
    start, peer = _sender(message), f"telegram:{chat.peer}"
    end = own if chat.private and start == peer else peer
    at = text(message.get("date_unixtime") or message.get("date"))
    ident = f"{chat.ident}/{text(message.get('id'))}"
    side = "start" if start == own else "end"
    if message.get("action") == "phone_call":
        state = {"missed": "missed", "busy": "rejected", "hangup": "connected", "disconnect": "connected"}
        spool.put(
            "handset_calls",
            at=at,
            from_=start,
            to=end,
            seconds=text(message.get("duration_seconds")) or "0",
            channel="Telegram",
            state=state.get(text(message.get("discard_reason")), ""),
            side=side,
            ident=ident,
        )
        return
    rest = {key: value for key, value in message.items() if key not in _TOLD}
    if message.get("type") == "service":
        rest["action"] = message.get("action")
    spool.put(
        "chat_messages",
        at=at,
        from_=start,
        to=end,
        from_name=text(message.get("from") or message.get("actor")),
        to_name=chat.name if end == peer else "",
        group="" if chat.private else end,
        group_name="" if chat.private else chat.name,
        text=_plain(message.get("text")),
        kind="service" if message.get("type") == "service" else text(message.get("media_type")) or "text",
        media=text(message.get("file") or message.get("photo")),
        channel="Telegram",
        side=side,
        ident=ident,
        rest=json.dumps(rest, ensure_ascii=False, sort_keys=True, default=str) if rest else "",
    )


def _plain(value: object) -> str:
    """The words of a text that may be a string or a list of strings and marked-up parts."""
    if isinstance(value, list):
        return "".join(part if isinstance(part, str) else text(part.get("text")) for part in value if part)
    return text(value)
