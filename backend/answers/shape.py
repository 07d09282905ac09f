"""The small shapes all answers are made of: persons, times, node references, rows of text kept as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, overload

import orjson

from backend.contract.person import Person
from graph_schema.beijing import BEIJING, moment
from graph_schema.declaration import Label, Relationship, load_declaration
from graph_schema.shown import Case, Record, Seizure, SourceFile
from graph_schema.store import Props, Row


def time_text(at: object) -> str | None:
    """Epoch milliseconds as ISO 8601 in Beijing time, to the second; text stays, None stays."""
    if isinstance(at, bool) or not isinstance(at, int | float):
        return at if isinstance(at, str) else None
    return at_text(at)


def at_text(at: float) -> str:
    """The same of a time that is known."""
    return moment(at).isoformat(timespec="seconds")


def day_edge(day: date | None, last: bool = False) -> int | None:
    """Epoch milliseconds of the beginning (or end) of a day in Beijing."""
    if day is None:
        return None
    begin = int(datetime(day.year, day.month, day.day, tzinfo=BEIJING).timestamp() * 1000)
    return begin + (86_400_000 - 1 if last else 0)


def person(row: Props) -> Person:
    """A person as everywhere: id, name or null, resident id or null, phones, bare account numbers."""
    return {
        "id": row.get("id") or row["person_id"],
        "name": row.get("name"),
        "resident_id": row.get("resident_id"),
        "phones": list(row.get("phones") or ()),
        "accounts": list(row.get("accounts") or ()),
    }


def unknown_person(person_id: str) -> Person:
    """A person the run names but does not describe."""
    return {"id": person_id, "name": None, "resident_id": None, "phones": [], "accounts": []}


def parsed(text: object, otherwise: object) -> Any:  # whatever the analysis wrote as JSON
    """The value of a property that holds JSON; ``otherwise`` where it is absent."""
    return orjson.loads(text) if isinstance(text, str) and text else otherwise


@overload
def timed(props: Props, label: Literal["Case"]) -> Case: ...
@overload
def timed(props: Props, label: Literal["Record"]) -> Record: ...
@overload
def timed(props: Props, label: Literal["Seizure"]) -> Seizure: ...
@overload
def timed(props: Props, label: Literal["SourceFile"]) -> SourceFile: ...
def timed(props: Props, label: str) -> object:
    """Properties of a node, times as text, JSON as values, no nulls: its type is made from the declaration, as this is."""
    return _timed(props, load_declaration().labels[label])


def timed_event(props: Props, rel: str) -> Row:
    """The same of a relationship."""
    return _timed(props, load_declaration().relationships[rel])


def _timed(props: Props, described: Label | Relationship) -> Row:
    result: Row = {}
    for name, value in props.items():
        declared = described.properties.get(name)
        unit = declared.unit if declared is not None else ""
        if value is None:
            continue
        if unit == "ms":
            value = time_text(value)
        elif unit == "JSON":
            value = parsed(value, None)
        result[name] = value
    return result


def reference(label: str, props: Props) -> str:
    """The node reference ``Label:key`` of a node."""
    return f"{label}:{props[load_declaration().labels[label].key]}"


def caption(label: str, props: Props) -> str:
    """What a node is called: the first of its declared captions that it has, else its key.

    A holder without a name is called by what he holds, behind a question mark; an id of ours says nothing to anybody.
    """
    declared = load_declaration().labels[label]
    if label == "Person" and not props.get("name") and not props.get("resident_id"):
        for number in (*(props.get("phones") or ()), *(props.get("accounts") or ())):
            return f"? {number}"
    for name in (*declared.caption, declared.key):
        value = props.get(name)
        if value not in (None, ""):
            return str(value)
    return label
