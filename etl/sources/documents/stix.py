"""STIX 2.1 bundles: objects and relationships; every ``…_ref`` is a link too. A weak fit, but nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from etl.reading.grid import RawSheet
from etl.reading.json_stream import text, values
from etl.reading.limits import ReadLimits
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import Link, Node, sheets
from etl.storage.facts import FileOrigin

TITLE = ("STIX 2.1", "STIX 2.1 bundle")
SAMPLE = (
    '{"type": "bundle", "id": "bundle--1", "objects": [',
    ' {"type": "identity", "id": "identity--1", "identity_class": "individual", "name": "章一凡"},',
    ' {"type": "relationship", "id": "relationship--1", "relationship_type": "uses", "source_ref": "identity--1",',
    '  "target_ref": "user-account--1"}]}',
)
_LINKS = {"relationship", "sighting"}
_TITLES = ("name", "value", "display_name", "account_login", "user_id", "number", "key")


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "json" and '"bundle"' in seen.head and '"objects"' in seen.head


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    return (
        value for _, value in values(path, lambda prefix: prefix == "objects.item") if isinstance(value, dict)
    )


def _kind(value: dict[str, Any]) -> str:
    kind = text(value.get("type"))
    if kind == "identity" and value.get("identity_class") == "individual":
        return "person"
    return text(value.get("account_type")) or kind if kind == "user-account" else kind


def _flat(value: dict[str, Any]) -> dict[str, str]:
    found = {}
    for name, each in value.items():
        if name in {"type", "id"} or name.endswith(("_ref", "_refs")):
            continue
        found[name] = "; ".join(map(text, each)) if isinstance(each, list) else text(each)
    return found


def _nodes(path: Path) -> Iterator[Node]:
    for value in _objects(path):
        if value.get("type") not in _LINKS:
            title = next((text(value[name]) for name in _TITLES if value.get(name)), "")
            at = text(value.get("first_observed") or value.get("created"))
            yield Node(text(value.get("id")), _kind(value), title, at, _flat(value))


def _links(path: Path) -> Iterator[Link]:
    for value in _objects(path):
        ident, kind = text(value.get("id")), text(value.get("type"))
        if kind == "relationship":
            at = text(value.get("start_time") or value.get("created"))
            ends = (text(value.get("source_ref")), text(value.get("target_ref")))
            yield Link(
                *ends,
                text(value.get("relationship_type")),
                ident,
                text(value.get("description")),
                at,
                "",
                _flat(value),
            )
            continue
        start = text(value.get("sighting_of_ref")) if kind == "sighting" else ident
        for name, each in value.items():
            if name.endswith(("_ref", "_refs")) and name != "sighting_of_ref":
                for end in each if isinstance(each, list) else [each]:
                    yield Link(
                        start, text(end), name.removesuffix("s").removesuffix("_ref"), f"{ident}/{name}"
                    )
