"""The models of a Cellebrite report, each turned into rows of the common tables."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.reading.xml import events, local
from etl.sources.documents._tables import Tables, account, phone_or

_HELD = 50_000_000
"""Characters of one model that may be held while it is open; far beyond any but a bomb."""

_DURATION = re.compile(r"^(?:(\d+)\.)?(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?$")
_STATES = {"established": "connected", "missed": "missed", "rejected": "rejected"}


@dataclass(frozen=True)
class Party:
    ident: str  # a typed cell
    name: str
    role: str
    owner: bool


def fields(model: ET.Element) -> dict[str, str]:
    """The plain fields of a model by name; a time as its formatted stamp, which carries the zone."""
    found: dict[str, str] = {}
    for child in model:
        if local(child.tag) == "field":
            for value in child:
                if local(value.tag) == "value":
                    found[child.get("name", "")] = (
                        value.get("formattedTimestamp") or (value.text or "").strip()
                    )
    return found


def inner(model: ET.Element, name: str) -> list[ET.Element]:
    """The models of one (multi) model field."""
    return [
        part
        for child in model
        if local(child.tag) in {"modelField", "multiModelField"} and child.get("name") == name
        for part in child
        if local(part.tag) == "model"
    ]


def _ident(source: str, text: str) -> str:
    """A party's identifier: a phone where the source is the phone itself or a number stands before an @."""
    text = text.strip()
    if text.endswith(("@s.whatsapp.net", "@c.us")):
        text = "+" + text.partition("@")[0].lstrip("+")
    return phone_or(source.strip() or "?", text)


def _parties(model: ET.Element, name: str, source: str) -> list[Party]:
    found = []
    for part in inner(model, name):
        told = fields(part)
        owner = told.get("IsPhoneOwner", "").lower() == "true"
        ident = _ident(source, told.get("Identifier", ""))
        found.append(Party(ident, told.get("Name", ""), told.get("Role", ""), owner))
    return found


def _deleted(model: ET.Element) -> str:
    return "1" if model.get("deleted_state", "").lower() in {"deleted", "trash"} else ""


class ModelReader:
    """Reads one report into a spool; ``own`` is the phone itself, from the device section before the data."""

    def __init__(self, spool: Tables) -> None:
        self._spool = spool
        self._device: dict[str, str] = {}
        self._project = ""

    @property
    def own(self) -> str:
        for name, kind in (("MSISDN", "phone"), ("IMEI", "imei")):
            if self._device.get(name):
                return f"{kind}:{self._device[name]}"
        return account("Cellebrite", self._project) or "phone:本机"

    def read(self, path: Path) -> None:
        for element, above in _models(path):
            name = local(element.tag)
            if name == "project":
                self._project = element.get("id") or element.get("name") or ""
            elif name == "item":
                self._device.setdefault(element.get("name", ""), (element.text or "").strip())
            elif name == "device":
                self._put_device()
            else:
                make = _MAKERS.get(element.get("type", "").lower())
                if make is not None:
                    make(self, element, above)

    def _put_device(self) -> None:
        told = self._device
        if told.get("MSISDN") or told.get("IMEI"):
            self._spool.put(
                "handset_accounts",
                own=self.own,
                account=account("Cellebrite", self._project),
                phone=told.get("MSISDN", ""),
                imei=told.get("IMEI", ""),
                imsi=told.get("IMSI", ""),
                model=told.get("DetectedPhoneModel") or told.get("Model", ""),
            )

    def _call(self, model: ET.Element, _: ET.Element | None) -> None:
        told = fields(model)
        source = told.get("Source", "")
        parties = _parties(model, "Parties", source)
        out = told.get("Direction", "").lower() == "outgoing"
        starts = [party for party in parties if party.role == "From"]
        ends = [party for party in parties if party.role in ({"To", "General"} if out else {"To"})]
        if not out and not starts:
            starts = [party for party in parties if party.role == "General"]
        known = told.get("Direction", "").lower() in {"incoming", "outgoing"}
        start = starts[0].ident if starts else self.own if out else ""
        usual = Party("" if out else self.own, "", "To", not out)
        for end in ends or [usual]:
            self._spool.put(
                "handset_calls",
                at=told.get("TimeStamp", ""),
                from_=start if known else "",
                to=end.ident if known else "",
                seconds=_seconds(told.get("Duration", "")),
                kind="video" if told.get("VideoCall", "").lower() == "true" else "",
                channel=source,
                state=_STATES.get(told.get("Status", "").lower(), told.get("Status", "")),
                deleted=_deleted(model),
                side="start" if out else "end",
                ident=model.get("id", ""),
            )

    def _sms(self, model: ET.Element, _: ET.Element | None) -> None:
        told = fields(model)
        parties = _parties(model, "Parties", told.get("Source", "")) + _parties(
            model, "Party", told.get("Source", "")
        )
        sent = told.get("Folder", "").lower() in {"sent", "outbox", "drafts"} or any(
            p.role == "To" for p in parties
        )
        for party in parties or [Party("", "", "", False)]:
            self._spool.put(
                "chat_messages",
                at=told.get("TimeStamp", ""),
                from_=self.own if sent else party.ident,
                to=party.ident if sent else self.own,
                text=told.get("Body", ""),
                kind="sms",
                channel=told.get("Source") or "SMS",
                state=told.get("Status", ""),
                deleted=_deleted(model),
                side="start" if sent else "end",
                ident=model.get("id", ""),
            )

    def _instantmessage(self, model: ET.Element, chat: ET.Element | None) -> None:
        told = fields(model)
        about = fields(chat) if chat is not None else {}
        source = told.get("SourceApplication") or about.get("Source", "")
        members = _parties(chat, "Participants", source) if chat is not None else []
        sender = next(iter(_parties(model, "From", source)), None)
        named = [party.ident for party in _parties(model, "To", source) if party.ident]
        start = sender.ident if sender else ""
        others = [party for party in members if party.ident and party.ident != start]
        group = f"other:{source or '?'}/{about['Id']}" if len(members) > 2 and about.get("Id") else ""
        owners = {party.ident for party in members if party.owner} | {self.own}
        self._spool.put(
            "chat_messages",
            at=told.get("TimeStamp", ""),
            from_=start,
            to=group or (named[0] if len(named) == 1 else others[0].ident if len(others) == 1 else ""),
            from_name=sender.name if sender else "",
            group=group,
            group_name=about.get("Name", "") if group else "",
            text=told.get("Body", ""),
            kind=told.get("Type") or "text",
            media="; ".join(fields(part).get("Filename", "") for part in inner(model, "Attachments")),
            channel=source,
            state=told.get("Status", ""),
            deleted=_deleted(model),
            side="start" if start in owners else "end",
            ident=model.get("id", ""),
        )

    def _contact(self, model: ET.Element, _: ET.Element | None) -> None:
        told = fields(model)
        source = told.get("Source", "")
        for entry in inner(model, "Entries"):
            value = fields(entry)
            kind = entry.get("type", "")
            if kind in {"PhoneNumber", "UserID"} and value.get("Value"):
                self._spool.put(
                    "handset_contacts",
                    own=self.own,
                    contact=_ident(source if kind == "UserID" else "", value["Value"]),
                    called=told.get("Name", ""),
                    relation="CONTACT",
                    deleted=_deleted(model),
                )

    def _useraccount(self, model: ET.Element, _: ET.Element | None) -> None:
        told = fields(model)
        service = told.get("ServiceType") or told.get("Source", "")
        phones = [
            fields(e).get("Value", "") for e in inner(model, "Entries") if e.get("type") == "PhoneNumber"
        ]
        self._spool.put(
            "handset_accounts",
            account=account(service, told.get("Username", "")),
            own=self.own,
            nickname=told.get("Name", ""),
            phone=phones[0] if len(phones) == 1 else "",
        )

    def _location(self, model: ET.Element, _: ET.Element | None) -> None:
        told = fields(model)
        where = next((fields(part) for part in inner(model, "Position")), {})
        lat, lon = where.get("Latitude", ""), where.get("Longitude", "")
        self._spool.put(
            "handset_sightings",
            at=told.get("TimeStamp", ""),
            own=self.own,
            place=f"point:{lat},{lon}" if lat and lon else "",
            place_kind="point",
            title=told.get("Name", ""),
            address=told.get("Address") or told.get("PositionAddress", ""),
            lon=lon,
            lat=lat,
            deleted=_deleted(model),
        )


_MAKERS: dict[str, Callable[[ModelReader, ET.Element, ET.Element | None], None]] = {
    "call": ModelReader._call,
    "sms": ModelReader._sms,
    "instantmessage": ModelReader._instantmessage,
    "contact": ModelReader._contact,
    "useraccount": ModelReader._useraccount,
    "location": ModelReader._location,
}
"""What makes rows of a model, by its type; models of any other type make none."""


def _seconds(text: str) -> str:
    """``00:03:11.0000000`` as seconds; what is no duration stays and rejects nothing."""
    found = _DURATION.match(text.strip())
    if not found:
        return text.strip()
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return str(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def _free(element: ET.Element, stack: list[ET.Element]) -> None:
    """Let go of an element that was read, so that a report of any size fits the memory."""
    element.clear()
    if stack:
        stack[-1].remove(element)


def _chat_around(open_models: list[ET.Element]) -> ET.Element | None:
    """The chat a model stands in; None for one that stands in another model or alone."""
    return open_models[-1] if open_models and open_models[-1].get("type") == "Chat" else None


def _models(path: Path) -> Iterator[tuple[ET.Element, ET.Element | None]]:
    """Project, device items, outermost models and messages of chats (with their chat), each freed afterwards."""
    stack: list[ET.Element] = []
    open_models: list[ET.Element] = []
    for event, element in events(path, "start", "end"):
        name = local(element.tag)
        if event == "start":
            stack.append(element)
            if name == "model":
                open_models.append(element)
            elif name == "project":
                yield element, None
            continue
        stack.pop()
        message = name == "model" and element.get("type") == "InstantMessage"
        if name == "model":
            open_models.pop()
            if not open_models or message:
                yield element, _chat_around(open_models)
        elif name == "item" and not open_models:
            yield element, None
        elif name == "metadata" and element.get("section") == "Device Data":
            yield ET.Element("device"), None
        if message or not open_models:
            _free(element, stack)
