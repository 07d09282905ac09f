"""FollowTheMoney entities as JSON lines: all values are lists; some schemas are links between others.

Calls, messages and payments name their ends by entity or by number; both are taken. The key ``upline`` of our own
export holds each element with all its properties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from etl.reading.grid import RawSheet
from etl.reading.json_stream import text, values
from etl.reading.limits import ReadLimits
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import SEVERAL, Link, Node, sheets
from etl.storage.facts import FileOrigin

TITLE = ("FollowTheMoney（JSON 行）", "FollowTheMoney (JSON lines)")
SAMPLE = (
    '{"id": "p1", "schema": "Person", "properties": {"name": ["章一凡"], "idNumber": ["990101199001010019"]}}',
    '{"id": "c1", "schema": "Call", "properties": {"callerNumber": ["13900001234"], "receiverNumber": ["13900005678"]}}',
)
_PAIRS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Payment": (("payerAccount", "payer"), ("beneficiaryAccount", "beneficiary")),
    "Call": (("callerNumber", "caller"), ("receiverNumber", "receiver")),
    "Message": (("senderAccount", "sender"), ("recipientAccount", "recipients")),
    "Ownership": (("owner",), ("asset",)),
    "Directorship": (("director",), ("organization",)),
    "Employment": (("employee",), ("employer",)),
    "Membership": (("member",), ("organization",)),
    "Family": (("person",), ("relative",)),
    "Associate": (("person",), ("associate",)),
    "Representation": (("agent",), ("client",)),
    "Succession": (("predecessor",), ("successor",)),
    "Debt": (("debtor",), ("creditor",)),
    "UnknownLink": (("subject",), ("object",)),
    "Interest": (("holder",), ("subject",)),
    "Documentation": (("document",), ("entity",)),
    "EventInvolvement": (("involved",), ("event",)),
    "ProjectParticipant": (("participant",), ("project",)),
}
_RAW_NUMBERS = {"callerNumber", "receiverNumber"}
_TITLES = ("name", "title", "accountNumber", "registrationNumber", "username", "number", "publicKey")


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    line = seen.head.lstrip().split("\n", 1)[0]
    return (
        seen.kind == "json"
        and seen.head.lstrip().startswith("{")
        and '"schema"' in line
        and '"properties"' in line
    )


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


_Entity = tuple[dict[str, Any], dict[str, list[str]]]


def _statements(path: Path) -> Iterator[_Entity]:
    """The lines of a file, each a whole entity or a fragment of one."""
    for _, value in values(path, lambda prefix: prefix == "", lines=True):
        if isinstance(value, dict):
            given = value.get("properties")
            given = given if isinstance(given, dict) else {}
            yield (
                value,
                {
                    name: [text(v) for v in (each if isinstance(each, list) else [each])]
                    for name, each in given.items()
                },
            )


def _digest(ident: str) -> bytes:
    return hashlib.blake2b(ident.encode(), digest_size=8).digest()


def _entities(path: Path) -> Iterator[_Entity]:
    """Every entity once, with all values its fragments give: of those in several lines all are gathered first."""
    seen: set[bytes] = set()
    again: set[bytes] = set()
    for value, _ in _statements(path):
        key = _digest(text(value.get("id")))
        (again if key in seen else seen).add(key)
    del seen
    whole: dict[str, _Entity] = {}
    if again:
        for value, given in _statements(path):
            ident = text(value.get("id"))
            if ident and _digest(ident) in again:
                _gather(whole, ident, value, given)
    for value, given in _statements(path):
        ident = text(value.get("id"))
        if not ident or _digest(ident) not in again:
            yield value, given
        elif ident in whole:
            yield whole.pop(ident)


def _gather(
    whole: dict[str, _Entity], ident: str, value: dict[str, Any], given: dict[str, list[str]]
) -> None:
    if ident not in whole:
        whole[ident] = (dict(value), {name: list(dict.fromkeys(each)) for name, each in given.items()})
        return
    first, known = whole[ident]
    whole[ident] = ({**value, **{name: each for name, each in first.items() if each}}, known)
    for name, each in given.items():
        known[name] = list(dict.fromkeys([*known.get(name, []), *each]))


def _own(value: dict[str, Any], key: str) -> dict[str, Any] | None:
    own = value.get("upline")
    return own if isinstance(own, dict) and isinstance(own.get("props"), dict) and key in own else None


def _flat(given: dict[str, list[str]], without: tuple[str, ...] = ()) -> dict[str, str]:
    return {name: "; ".join(each) for name, each in given.items() if name not in without}


def _nodes(path: Path) -> Iterator[Node]:
    for value, given in _entities(path):
        ident, schema = text(value.get("id")), text(value.get("schema"))
        own = _own(value, "label")
        if own is not None:
            yield Node(ident, text(own["label"]), own=own["props"])
        elif schema not in _PAIRS and _own(value, "type") is None:
            title = next((given[name][0] for name in _TITLES if given.get(name)), "")
            yield Node(
                ident, _kind(schema, given), title, next(iter(given.get("date", [])), ""), _flat(given)
            )


def _kind(schema: str, given: dict[str, list[str]]) -> str:
    """A user account is of the service it names."""
    return next(iter(given.get("service", [])), schema) if schema == "UserAccount" else schema


def _links(path: Path) -> Iterator[Link]:
    for value, given in _entities(path):
        ident, schema = text(value.get("id")), text(value.get("schema"))
        own = _own(value, "type")
        if own is not None:
            yield Link(
                text(own.get("start")), text(own.get("end")), text(own["type"]), ident, own=own["props"]
            )
            continue
        pair = _PAIRS.get(schema)
        if pair is None or _own(value, "label") is not None:
            continue
        starts, ends = (_ends(given, names) for names in pair)
        at = next((_one_date(each) for name in ("date", "startDate") if (each := given.get(name))), "")
        note = next(
            (
                each[0]
                for name in ("bodyText", "purpose", "role", "relationship")
                if (each := given.get(name))
            ),
            "",
        )
        rest = _flat(given, (*pair[0], *pair[1]))
        # the amount of several payers or payees together is nobody's: the ends are tied, nothing is counted twice
        way = SEVERAL if schema == "Payment" and max(len(starts), len(ends)) > 1 else ""
        for start in starts or [""]:
            for end in ends or [""]:
                yield Link(start, end, schema, ident, note, at, "", rest, way=way)


def _one_date(values: list[str]) -> str:
    """The date of which the others are beginnings; different ones stay side by side, which is no date."""
    longest = max(values, key=len)
    return longest if all(longest.startswith(each) for each in values) else "; ".join(values)


def _ends(given: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    """The first property that names ends: numbers as phones, else entities."""
    for name in names:
        if given.get(name):
            return [f"phone:{each}" if name in _RAW_NUMBERS else each for each in given[name]]
    return []
