"""Files that are no tables (XML, JSON, databases, key-value texts), each turned into tables by a module here.

A module of this folder has a title, a sample and two functions. ``claims(seen)`` says whether a file is its own, from the first
bytes and the root element; ``tables(path, origin, limits)`` returns its tables as raw sheets (see
``etl.reading.spool``), which layouts then read like any other: nothing else of the way differs, so rows are
counted, kept, rejected and proven in the same manner.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.sniff import HEAD
from etl.reading.xml import Root, root_of
from etl.storage.facts import FileOrigin


@dataclass(frozen=True)
class FirstLook:
    """What is known of a file before it is read: ``kind`` as of ``kind_of``, its first characters, its XML root."""

    kind: str
    path: str  # relative to the load argument
    head: str
    root: Root | None = None


class Document(Protocol):
    """The shape of a module of this folder."""

    TITLE: tuple[str, str]
    """What it is, in both languages."""

    SAMPLE: tuple[str, ...]
    """Lines of an invented file, for docs/sources.md."""

    def claims(self, seen: FirstLook) -> bool:
        """Whether the file is one of this format, by its first characters and its XML root; nothing else is read."""

    def tables(self, path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
        """Every table of the file, rows not yet read; raises ``Unreadable`` where it is damaged or locked."""


def find(path: Path, kind: str, origin: FileOrigin) -> Document | None:
    """Return the module that reads a file, None where none does."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    seen = FirstLook(kind, origin.path, _head_text(head), root_of(path) if kind == "xml" else None)
    return next((module for module in modules() if module.claims(seen)), None)


def _head_text(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    text = head.decode("utf-8-sig", "replace")
    # the head may end within a character; more than that, and it is not UTF-8
    return text if text.count("\ufffd") <= 3 else head.decode("gb18030", "replace")


@cache
def modules() -> tuple[Document, ...]:
    """Every module of this folder, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(cast(Document, importlib.import_module(f"{__name__}.{name}")) for name in names)
