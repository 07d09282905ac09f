"""JSON read as a stream: only the objects asked for are built, deep nesting and broken text are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

from etl.reading.refusals import Unreadable

_DEEPEST = 256
_BUFFER = 2 << 20
"""Large: the parser looks again at an unfinished string with every buffer."""

_LONGEST_ESCAPE = 12
_HALVES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89abAB][0-9a-fA-F]{2}|\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
"""Escaped backslashes and whole pairs are passed over; what is left are halves."""

_HIGH = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}")

_OPEN, _CLOSE = {"start_map", "start_array"}, {"end_map", "end_array"}


def values(path: Path, wanted: Callable[[str], bool], lines: bool = False) -> Iterator[tuple[str, Any]]:
    """Yield (prefix, value) for every value whose prefix is wanted (``messages.item``), in file order.

    ``lines`` reads a file of several values after each other (JSON lines, prefix ""). Raises ``Unreadable``.
    """
    builder: ObjectBuilder | None = None
    names: list[str] = []  # of the objects and arrays that are open; an array's is ``item``
    begun = 0
    at = ""
    try:
        for event, value in _events(path, lines):
            if builder is None and event not in _CLOSE and event != "map_key":
                at = ".".join(names)
                if wanted(at):
                    builder, begun = ObjectBuilder(), len(names)
            if builder is not None:
                builder.event(event, value)
            if event == "map_key":
                names[-1] = value
                continue
            if event in _OPEN:
                _enter(names, event)
            elif event in _CLOSE:
                names.pop()
            if builder is not None and len(names) == begun:
                yield at, builder.value
                builder = None
    except (ijson.JSONError, UnicodeError, ValueError) as error:
        raise Unreadable("broken_json", detail=_first_line(error)) from error


def _enter(names: list[str], event: str) -> None:
    """Note that an object or array is open. Raises ``Unreadable`` where it is nested too deep."""
    names.append("item" if event == "start_array" else "")
    if len(names) > _DEEPEST:
        raise Unreadable("broken_json", detail=f"nested deeper than {_DEEPEST}")


def _first_line(error: Exception) -> str:
    """What the parser says is wrong, in short."""
    said = error.args[0] if error.args else "?"
    lines = (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).splitlines()
    return lines[0].strip()[:160] if lines else "?"


def _events(path: Path, lines: bool) -> Iterator[tuple[str, Any]]:
    """Parser events. Without the parser's own prefixes: those of a deep nesting fill the memory."""
    with path.open("rb") as file:
        if file.read(3) != b"\xef\xbb\xbf":
            file.seek(0)
        whole = _Paired(file)
        yield from ijson.basic_parse(whole, use_float=True, multiple_values=lines, buf_size=_BUFFER)


class _Paired:
    """The file with U+FFFD for halves of a character, which the parser would turn into a question mark unsaid."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._rest = file, b""

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return self._file.read(0)
        chunk = self._file.read(size)
        data = self._rest + chunk
        self._rest = b""
        if chunk and b"\\" in data[-_LONGEST_ESCAPE:]:
            at = data.index(b"\\", len(data) - min(len(data), _LONGEST_ESCAPE))
            while at and data[at - 1 : at] == b"\\":
                at -= 1
            if _HIGH.fullmatch(data[max(0, at - 6) : at]):
                at -= 6  # its other half may just have been cut off
            data, self._rest = data[:at], data[at:]
            if not data:
                return self.read(size)
        if b"\\u" not in data:
            return data
        return _HALVES.sub(lambda found: b"\\ufffd" if found[1] else found[0], data)


def text(value: object) -> str:
    """A scalar as the text of a cell; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
