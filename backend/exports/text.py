"""Values as the text of an XML attribute or element, and back: nothing is lost, nothing is no XML.

Lists are JSON; booleans ``true`` and ``false``.
"""

from __future__ import annotations

import json

from graph_schema.xmltext import escaped, unescaped

NOTE = (
    "研判结果（Chain、Gang、SUPPLIES 等）均为候选（待核查），以各自 status 为准；仅作侦查线索，不作为认定依据。",
    "What an analysis concluded (Chain, Gang, SUPPLIES …) is a candidate unless its status says otherwise: a lead only.",
)
"""Stands in what leaves, wherever the format has a place for it."""

_XML_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}


def xml_type(kind: str) -> str:
    """The GraphML and GEXF type of a declared property; lists are text."""
    return _XML_TYPES.get(kind, "string")


def to_text(value: object) -> str:
    """A value as text that XML can hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = json.dumps(list(value), ensure_ascii=False)
    return escaped(str(value))


def from_text(text: str, kind: str) -> object:
    """The value ``to_text`` was given, by the declared kind of the property."""
    plain = unescaped(text)
    if kind == "integer":
        return int(plain)
    if kind == "float":
        return float(plain)
    if kind == "boolean":
        return plain == "true"
    return json.loads(plain) if kind in ("strings", "integers") else plain
