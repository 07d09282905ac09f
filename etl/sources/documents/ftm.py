"""FollowTheMoney entities as JSON lines: all values are lists; some schemas are links between others.

Calls, messages and payments name their ends by entity or by number; both are taken. The key ``upline`` of our own
export holds each element with all its properties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from etl.facts import Origin
from etl.readers.grid import RawSheet
from etl.readers.json_stream import text, values
from etl.readers.limits import Limits
from etl.sources.documents import Seen
from etl.sources.documents._graph import Link, Node, sheets

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


def claims(seen: Seen) -> bool:
    line = seen.head.lstrip().split("\n", 1)[0]
    return (
        seen.kind == "json"
        and seen.head.lstrip().startswith("{")
        and '"schema"' in line
        and '"properties"' in line
    )


def tables(path: Path, origin: Origin, limits: Limits) -> list[RawSheet]:
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


def _entities(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, list[str]]]]:
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
        at = next((each[0] for name in ("date", "startDate") if (each := given.get(name))), "")
        note = next(
            (
                each[0]
                for name in ("bodyText", "purpose", "role", "relationship")
                if (each := given.get(name))
            ),
            "",
        )
        rest = _flat(given, (*pair[0], *pair[1]))
        for start in starts or [""]:
            for end in ends or [""]:
                yield Link(start, end, schema, ident, note, at, "", rest)


def _ends(given: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    """The first property that names ends: numbers as phones, else entities."""
    for name in names:
        if given.get(name):
            return [f"phone:{each}" if name in _RAW_NUMBERS else each for each in given[name]]
    return []
