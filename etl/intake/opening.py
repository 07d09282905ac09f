"""Opening whatever is taken in: a file as received, or what somebody typed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.mapping.entry import open_entry
from etl.sources import open_file
from etl.storage.facts import FileOrigin, SheetFacts


def opened(path: Path, origin: FileOrigin, tick: Callable[[int], None]) -> list[SheetFacts]:
    """Its tables as streams of facts. Raises ``Unreadable`` when nothing of it can be loaded."""
    return open_file(path, origin, tick=tick) if origin.entry is None else open_entry(path, origin)
