"""WeChat chat exports: MemoTrace (all messages, or one session), chatlog (CSV, JSON) and chatlog-keeper (JSON).

A header may be shorter than the data. Where an export names nobody by account, sender and receiver are accounts
known by a name only: unverified, so they stay within their file. The exporting account is 本机 unless told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from etl.layouts.heading import unique_headings
from etl.layouts.hints import in_name
from etl.reading.delimited import read_text
from etl.reading.grid import RawSheet
from etl.reading.json_stream import text, values
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.sources.documents import FirstLook
from etl.sources.documents._derived import cells_of, derived_sheet
from etl.sources.documents._tables import HEADINGS, Cells, Tables, row
from etl.storage.facts import FileOrigin

TITLE = (
    "微信聊天导出（MemoTrace、chatlog、chatlog-keeper）",
    "WeChat chat exports (MemoTrace, chatlog, chatlog-keeper)",
)
SAMPLE = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender",
    "1,2,1,0,0,1709644447,3,明天老地方,2024-03-05 21:14:07,老水,夜航,wxid_sample0002",
    "",
    "Time,SenderName,Sender,TalkerName,Talker,Content",
    "2024-03-05 21:14:07,夜航,wxid_sample0002,夜航,wxid_sample0002,明天老地方",
    "",
    '[{"seq": 1, "time": "2024-03-05T21:14:07+08:00", "talker": "wxid_sample0002", "sender": "wxid_sample0002",',
    '  "isSelf": false, "type": 1, "content": "明天老地方"}]',
)
_KINDS = {
    "1": "text",
    "3": "image",
    "34": "voice",
    "43": "video",
    "47": "emoji",
    "48": "location",
    "49": "app",
}
_KINDS |= {"10000": "service"}
_OWN = "wechat:本机"


def _form(headings: list[str]) -> str | None:
    """Which export a heading belongs to."""
    found = set(headings)
    if {"TalkerId", "IsSender", "CreateTime", "StrContent"} <= found:
        return "memotrace"
    if {"Time", "Sender", "Talker", "Content"} <= found:
        return "chatlog"
    return "session" if {"消息ID", "类型", "发送人", "时间", "内容"} <= found else None


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    head = seen.head
    if seen.kind == "json":
        return ('"talker"' in head and '"isSelf"' in head) or '"sender_wxid"' in head
    line = next((line for line in head.splitlines() if line.strip()), "").replace("\t", ",")
    return (
        seen.kind == "text"
        and _form(unique_headings([cell.strip('"') for cell in line.split(",")])) is not None
    )


@dataclass
class _Export:
    """What is known of an export as a whole: the exporting account, the other side, accounts by talker id."""

    own: str
    peer: str
    talkers: dict[str, str] = field(default_factory=dict)


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    name = PurePosixPath(origin.path)
    wxid = next((found for part in reversed(name.parts) if (found := in_name(part, "wechat"))), None)
    peer = f"wechat:{wxid}" if wxid else _named(name.stem)
    with path.open("rb") as file:
        is_json = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
    if is_json:
        return _json(path, _Export(_OWN, peer), limits)
    views = [view for view in read_text(path, limits).views if _form(unique_headings(view.head[0]))]
    view = views[0]
    headings = unique_headings(view.head[0])
    width = max(len(cells) for cells in view.head)
    headings += [f"列{n}" for n in range(len(headings) + 1, width + 1)]
    form = _form(headings)
    assert form is not None
    export = _Export(_OWN, peer)

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in cells_of(view.read(1, width)):
            made = row("chat_messages", **_FORMS[form](dict(zip(headings, cells, strict=False)), export))
            yield number, [*made, *cells]

    if form == "memotrace":
        _learn(export, headings, cells_of(view.read(1, width)))
    sheet = derived_sheet("", [*HEADINGS["chat_messages"], *headings], "chat_messages", rows, limits)
    if sheet is None:
        raise Unreadable("no_rows")
    return [sheet]


def _named(name: str) -> str:
    """An account known by a name only; the blank keeps it from looking like a WeChat id."""
    return f"wechat:昵称 {name}" if name else ""


def _learn(export: _Export, headings: list[str], rows: Iterator[tuple[int, list[str]]]) -> None:
    """Accounts of the talkers: the senders of what was received."""
    for _, cells in rows:
        known = dict(zip(headings, cells, strict=False))
        sender = known.get("Sender", "").strip()
        if known.get("IsSender") == "0" and sender:
            export.talkers.setdefault(known.get("TalkerId", ""), sender)


def _memotrace(cells: Cells, export: _Export) -> dict[str, str]:
    sent = cells.get("IsSender") == "1"
    talker = export.talkers.get(cells.get("TalkerId", ""), "")
    called = cells.get("NickName") or cells.get("Remark") or ""
    other = f"wechat:{talker}" if talker.isascii() and talker else _named(talker or called)
    kind = cells.get("Type", "")
    return {
        "at": cells.get("CreateTime") or cells.get("StrTime", ""),
        "from_": export.own if sent else other,
        "to": other if sent else export.own,
        "to_name" if sent else "from_name": called,
        "text": cells.get("StrContent", ""),
        "kind": _kind(kind, cells.get("SubType", "")),
        "channel": "微信",
        "side": "start" if sent else "end",
        "ident": cells.get("localId", ""),
    }


def _session(cells: Cells, export: _Export) -> dict[str, str]:
    sender = cells.get("发送人", "").strip()
    sent = sender in {"我", "自己"}
    return {
        "at": cells.get("时间", ""),
        "from_": export.own if sent else _named(sender),
        "to": export.peer if sent else export.own,
        "from_name": "" if sent else sender,
        "text": cells.get("内容", ""),
        "kind": "service" if "系统" in cells.get("类型", "") else cells.get("类型", ""),
        "channel": "微信",
        "side": "start" if sent else "end",
        "ident": cells.get("消息ID", ""),
    }


def _chatlog(cells: Cells, export: _Export) -> dict[str, str]:
    return _of_talker(
        export,
        talker=cells.get("Talker", "").strip(),
        sender=cells.get("Sender", "").strip(),
        names=(cells.get("SenderName", ""), cells.get("TalkerName", "")),
    ) | {"at": cells.get("Time", ""), "text": cells.get("Content", ""), "kind": "text"}


def _of_talker(
    export: _Export, talker: str, sender: str, names: tuple[str, str], own: bool | None = None
) -> dict[str, str]:
    """Both ends of a message by conversation and sender; a conversation may be a group."""
    group = talker.endswith("@chatroom")
    if own is None:
        own = not group and sender != talker
    start = f"wechat:{sender}" if sender and sender != "我" else export.own if own else ""
    end = f"wechat:{talker}" if own or group else export.own
    return {
        "from_": start,
        "to": end if talker else "",
        "from_name": names[0],
        "to_name": names[1] if own and not group else "",
        "group": f"wechat:{talker}" if group else "",
        "group_name": names[1] if group else "",
        "channel": "微信",
        "side": "start" if own else "end",
    }


def _kind(kind: str, sub: str = "") -> str:
    known = _KINDS.get(kind, kind)
    return f"{known}/{sub}" if known == "app" and sub not in {"", "0"} else known


_FORMS: Mapping[str, Callable[[Cells, _Export], dict[str, str]]] = {
    "memotrace": _memotrace,
    "session": _session,
    "chatlog": _chatlog,
}


def _json(path: Path, export: _Export, limits: ReadLimits) -> list[RawSheet]:
    spool = Tables(limits)
    for _, value in values(path, lambda prefix: prefix in {"item", "messages.item", "items.item"}):
        if not isinstance(value, dict):
            continue
        keeper = "sender_wxid" in value
        own = value.get("is_self" if keeper else "isSelf") in (True, 1, "1", "true")
        if keeper and value.get("account_id"):
            export.own = f"wechat:{text(value['account_id'])}"
        made = _of_talker(
            export,
            talker=text(value.get("conversation_id" if keeper else "talker")),
            sender=text(value.get("sender_wxid" if keeper else "sender")),
            names=(text(value.get("senderName")), text(value.get("talkerName"))),
            own=own,
        )
        spool.put(
            "chat_messages",
            **made,
            at=text(value.get("ts" if keeper else "time")),
            text=text(value.get("content")),
            kind=_kind(text(value.get("msg_type" if keeper else "type")), text(value.get("subType"))),
            ident=text(value.get("seq") or value.get("id")),
        )
    sheets = spool.sheets()
    if not sheets:
        raise Unreadable("json")
    return sheets
