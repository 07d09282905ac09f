"""Closed parts of the audit log: each a file of whole records with its signed head, kept for a set period.

``audit.jsonl`` is the part being written. Once it is large it is moved to ``segments/SEQ.jsonl``, named after the number
of its last record, beside ``SEQ.head``. A segment past its period is retired: its records go, its head stays, so that
the chain begins from it and nothing that follows can be changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from backend.security.anchors import SignedHead, SigningKey, head_of
from graph_schema import shared_file

SEGMENT_BYTES = 64 << 20
KEPT_DAYS = 184
"""Six months, at their longest (网络安全法 第二十三条). UPLINE_AUDIT_DAYS sets more."""


class Segment(NamedTuple):
    """One closed part: its signed head, and its file, which is absent once it is retired."""

    head: SignedHead
    file: Path

    @property
    def retired(self) -> bool:
        return not self.file.is_file()


def kept_days() -> int:
    """Days records are kept at least: UPLINE_AUDIT_DAYS, never fewer than six months."""
    said = os.environ.get("UPLINE_AUDIT_DAYS", "")
    return max(KEPT_DAYS, int(said)) if said.isascii() and said.isdigit() else KEPT_DAYS


class Segments:
    """The closed parts in one folder."""

    def __init__(self, folder: Path, key: SigningKey) -> None:
        self.folder = folder
        self._key = key

    def all(self) -> list[Segment]:
        """Every part ever closed, oldest first."""
        found = []
        for path in sorted(self.folder.glob("*.head")):
            head = head_of(path.read_text(encoding="ascii", errors="replace"))
            if head:
                found.append(Segment(head, path.with_suffix(".jsonl")))
        return found

    def close(self, current: Path, seq: int, digest: str) -> None:
        """Move the current part here, its head first on disk. Raises ``OSError``."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        file = self.folder / f"{seq:012d}.jsonl"
        part = file.with_suffix(".part")
        shared_file.put(part, self._key.head(seq, digest).line() + "\n")
        current.replace(file)
        part.replace(file.with_suffix(".head"))

    def finish(self) -> None:
        """Bring to an end what a crash cut short between the two names of a closing."""
        for part in self.folder.glob("*.part"):
            if part.with_suffix(".jsonl").is_file():
                part.replace(part.with_suffix(".head"))
            else:
                part.unlink()

    def due(self, now: datetime | None = None) -> list[Segment]:
        """Parts not yet retired whose every record is past its period, oldest first."""
        limit = (now or datetime.now(UTC)) - timedelta(days=kept_days())
        return [each for each in self.all() if not each.retired and _time(each.head) < limit]

    def begun_after(self) -> SignedHead | None:
        """The head of the last retired part: the records begin after it."""
        gone = [each.head for each in self.all() if each.retired]
        return gone[-1] if gone else None

    def taken_early(self, anchors: Iterable[SignedHead], now: datetime | None = None) -> int:
        """Number of the last record that was retired before its time, as its head or one kept outside shows; else 0."""
        gone = self.begun_after()
        if gone is None:
            return 0
        limit = (now or datetime.now(UTC)) - timedelta(days=kept_days())
        shown = [gone, *(head for head in anchors if head.seq <= gone.seq)]
        return max((head.seq for head in shown if _time(head) >= limit), default=0)


def _time(head: SignedHead) -> datetime:
    return datetime.fromisoformat(head.time)
