"""Upline's own JSON export: ``{"nodes": […], "relationships": […]}``."""

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

TITLE = ("Upline JSON 导出", "JSON export of Upline")
SAMPLE = (
    '{"nodes":[{"id": "Phone:+8613900001234", "label": "Phone", "properties": {"number": "+8613900001234"}},',
    '  {"id": "Phone:+8613900005678", "label": "Phone", "properties": {"number": "+8613900005678"}}],',
    ' "relationships":[{"id": "0", "type": "CALLED", "start": "Phone:+8613900001234", "end": "Phone:+8613900005678",',
    '  "properties": {"at": 1709644447000, "at_precision": "second", "seconds": 47}}]}',
)


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "json" and "".join(seen.head.split()).startswith('{"nodes":[')


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


def _each(path: Path, name: str) -> Iterator[dict[str, Any]]:
    return (
        value for _, value in values(path, lambda prefix: prefix == f"{name}.item") if isinstance(value, dict)
    )


def _props(value: dict[str, Any]) -> dict[str, Any]:
    props = value.get("properties")
    return props if isinstance(props, dict) else {}


def _nodes(path: Path) -> Iterator[Node]:
    for value in _each(path, "nodes"):
        yield Node(text(value.get("id")), text(value.get("label")), own=_props(value))


def _links(path: Path) -> Iterator[Link]:
    for value in _each(path, "relationships"):
        ends = (text(value.get("start")), text(value.get("end")))
        yield Link(*ends, text(value.get("type")), text(value.get("id")), own=_props(value))
