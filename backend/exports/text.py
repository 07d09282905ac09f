"""Values as the text of an XML attribute or element, and back: nothing is lost, nothing is no XML.

XML 1.0 has no place for most control characters. They are written as ``_xHHHH_`` (as spreadsheets do), a text that
looks like such an escape has its underscore escaped. Lists are JSON; booleans ``true`` and ``false``.
"""

from __future__ import annotations

import json
import re
from typing import Any

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_XML_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}


def xml_type(kind: str) -> str:
    """The GraphML and GEXF type of a declared property; lists are text."""
    return _XML_TYPES.get(kind, "string")


def to_text(value: Any) -> str:
    """A value as text that XML can hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = json.dumps(list(value), ensure_ascii=False)
    return _NOT_XML.sub(_escape, _LOOKS_ESCAPED.sub("_x005F_", str(value)))


def from_text(text: str, kind: str) -> Any:
    """The value ``to_text`` was given, by the declared kind of the property."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if kind == "integer":
        return int(plain)
    if kind == "float":
        return float(plain)
    if kind == "boolean":
        return plain == "true"
    return json.loads(plain) if kind in ("strings", "integers") else plain


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
