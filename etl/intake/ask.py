"""One question about an unknown file, answered in a child process where the file is not plain text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl.intake.worker import WORKER
from etl.mapping.unknown import MappingChoices, look
from etl.reading.sniff import kind_of
from etl.storage.facts import FileOrigin
from graph_schema.errors import InputError
from graph_schema.home import upline_home
from graph_schema.language import Text


def propose(file: Path, asked: MappingChoices, tick: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Propose a mapping of ``file`` and show what it would become; nothing is kept.

    Raises ``Unreadable`` where there is no table in it, ``InputError`` for a decision it cannot follow.
    """
    watch = tick or (lambda _: None)
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    origin = FileOrigin(file.name, sha256)
    if kind_of(file) == "text":
        return {"file": file.name, **look(file, origin, asked, watch)}
    return {"file": file.name, **WORKER.look(upline_home(), file, origin, asdict(asked), watch)}


def pairs(texts: list[str]) -> dict[str, str]:
    """``COLUMN=FIELD`` as a mapping; ``COLUMN=`` leaves a column out. The last "=" divides."""
    found: dict[str, str] = {}
    for text in texts:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading:
            raise InputError(
                Text(
                    f"“{text}”应写成 列=字段",
                    f"{text!r} should read COLUMN=FIELD.",
                )
            )
        found[heading] = name.strip()
    return found
