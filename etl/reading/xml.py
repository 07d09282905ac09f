"""XML read as a stream; a document type declaration is refused before anything is parsed.

Entities, external references and their bombs need a DTD, and a DTD can only stand before the root element,
so refusing it there is enough and leaves the fast parser.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from etl.reading.refusals import Unreadable

_PROLOG = 1 << 20
_DEEPEST = 256
_GB = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](gb\w+|big5)["']""", re.IGNORECASE)
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


class Root(NamedTuple):
    """Name and namespace ("" where it has none) of the root element."""

    name: str
    namespace: str


def local(tag: str) -> str:
    """``{namespace}name`` without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: ET.Element, *names: str) -> str:
    """The first of some attributes that says something, else nothing."""
    return next((text for name in names if (text := element.get(name))), "")


def root_of(path: Path) -> Root:
    """Return the root element; raise ``Unreadable`` for a DTD or for what is no XML."""
    refuse_dtd(path)
    try:
        for _, element in _events(path, "start"):
            space, _, name = (
                element.tag[1:].rpartition("}") if element.tag[0] == "{" else ("", "", element.tag)
            )
            return Root(name, space)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable("broken_xml", detail=error) from error
    raise Unreadable("broken_xml", detail="no root element")


def refuse_dtd(path: Path) -> None:
    """Raise ``Unreadable`` where a document type declaration stands before the root element."""
    with path.open("rb") as file:
        head = file.read(_PROLOG)
    text = _decoded(head)
    at = 0
    while True:
        at = text.find("<", at)
        if at < 0:
            raise Unreadable("broken_xml", detail="no root element in the first megabyte")
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<!", at):
            raise Unreadable("xml_dtd")
        else:
            return


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    if found < 0:
        raise Unreadable("broken_xml", detail="unclosed prolog")
    return found + len(end)


def _events(path: Path, *events: Literal["start", "end"]) -> Iterator[tuple[str, ET.Element]]:
    """Parser events; Chinese tools also write GB encodings, which the parser knows only as decoded text."""
    with path.open("rb") as file:
        declared = _GB.search(file.read(200))
    if declared:
        with path.open(encoding="gb18030" if declared[1].lower().startswith(b"gb") else "big5") as text:
            yield from ET.iterparse(text, events=events)
    else:
        yield from ET.iterparse(path, events=events)


def _decoded(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if head[:2] in (b"<\x00", b"\x00<"):
        return head.decode("utf-16-le" if head[:1] == b"<" else "utf-16-be", "replace")
    return head.decode("latin-1")  # only the ASCII of the prolog matters


def elements(path: Path, names: Collection[str] | None = None) -> Iterator[ET.Element]:
    """Yield complete elements whose local name is in ``names`` (all where None), freeing what was read.

    Elements are handed out when they end, so inner ones come before the outer ones that contain them; take
    care not to ask for both. Raises ``Unreadable`` with the line of a fault.
    """
    stack: list[ET.Element] = []
    inside = 0  # depth below a wanted element: its children must stay until it is handed out
    for event, element in events(path, "start", "end"):
        wanted = names is None or local(element.tag) in names
        if event == "start":
            stack.append(element)
            inside += wanted
            continue
        stack.pop()
        inside -= wanted
        if wanted:
            yield element
        if not inside:
            element.clear()
            if stack:
                stack[-1].remove(element)


def default_of(path: Path, element: str, name: str) -> str:
    """The value of an attribute of the first element of that name, as it stands before what is inside."""
    for _, found in events(path, "start"):
        if local(found.tag) == element:
            return attribute(found, name)
    return ""


def events(path: Path, *wanted: Literal["start", "end"]) -> Iterator[tuple[str, ET.Element]]:
    """Parser events of a document without DTD; whoever asks frees what he has read. Raises ``Unreadable``."""
    refuse_dtd(path)
    depth, both = 0, "end" in wanted  # where only starts are asked for, nothing tells how deep one is
    try:
        for event, element in _events(path, *wanted):
            depth += both if event == "start" else -1
            if depth > _DEEPEST:
                raise Unreadable("broken_xml", detail=f"nested deeper than {_DEEPEST}")
            yield event, element
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable("broken_xml", detail=error) from error
