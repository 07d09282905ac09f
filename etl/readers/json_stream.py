"""JSON read as a stream: only the objects asked for are built, deep nesting and broken text are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from etl.readers.refusals import Unreadable

_DEEPEST = 256
_OPEN, _CLOSE = {"start_map", "start_array"}, {"end_map", "end_array"}


def values(path: Path, wanted: Callable[[str], bool], lines: bool = False) -> Iterator[tuple[str, Any]]:
    """Yield (prefix, value) for every value whose ijson prefix is wanted (``messages.item``), in file order.

    ``lines`` reads a file of several values after each other (JSON lines, prefix ""). Raises ``Unreadable``.
    """
    builder: ObjectBuilder | None = None
    depth = begun = 0
    at = ""
    try:
        with path.open("rb") as file:
            if file.read(3) != b"\xef\xbb\xbf":
                file.seek(0)
            for prefix, event, value in ijson.parse(file, use_float=True, multiple_values=lines):
                if event in _OPEN:
                    depth += 1
                    if depth > _DEEPEST:
                        raise Unreadable("broken_json", detail=f"nested deeper than {_DEEPEST}")
                if builder is None and event not in _CLOSE and event != "map_key" and wanted(prefix):
                    builder, begun, at = ObjectBuilder(), depth - (event in _OPEN), prefix
                if builder is not None:
                    builder.event(event, value)
                depth -= event in _CLOSE
                if builder is not None and depth == begun and event != "map_key":
                    yield at, builder.value
                    builder = None
    except (ijson.JSONError, UnicodeError, ValueError) as error:
        raise Unreadable(
            "broken_json", detail=str(error).splitlines()[0][:160] if str(error) else "?"
        ) from error


def text(value: object) -> str:
    """A scalar as the text of a cell; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
