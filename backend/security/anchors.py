"""Signed heads of the audit log, and the file outside the log to which they are added.

A head says how long the log was and how it ended. It is signed with a key of this UPLINE_HOME (HMAC-SHA256) and is one
line of text, the same on another volume, on paper and in a message: ``upline-audit SEQ HASH TIME MAC``. Who writes the
log anew, cuts it, or puts an old copy back, cannot change the lines that were kept elsewhere.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from graph_schema import shared_file

NAME = "upline-audit.heads"
"""The file of heads where only a folder is named."""
_LINE = re.compile(r"upline-audit ([1-9]\d{0,17}) ([0-9a-f]{64}) (\S{10,40}) ([0-9a-f]{64})")


class SignedHead(NamedTuple):
    """Number and hash of the last record at a time (ISO 8601, UTC), signed."""

    seq: int
    hash: str
    time: str
    mac: str

    def line(self) -> str:
        """As one line, to be printed or kept elsewhere; ``head_of`` reads it back."""
        return f"upline-audit {self.seq} {self.hash} {self.time} {self.mac}"


def head_of(line: str) -> SignedHead | None:
    """The head a line holds; None where it holds none."""
    found = _LINE.search(line)
    return SignedHead(int(found[1]), found[2], found[3], found[4]) if found else None


class SigningKey:
    """The key heads are signed with: made at random on first use, in a file only its owner reads."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def made(self) -> bool:
        return self._path.is_file()

    def mac(self, text: str) -> str:
        """HMAC-SHA256 of a text, in hex. Raises ``OSError`` where the key can be neither read nor made."""
        return hmac.digest(self._bytes(), text.encode(), "sha256").hex()

    def fits(self, text: str, mac: str) -> bool:
        """Whether ``mac`` was made of this text with this key; no key is made for that."""
        return self.made and hmac.compare_digest(self.mac(text), mac)

    def head(self, seq: int, digest: str) -> SignedHead:
        """Sign a head as of now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return SignedHead(seq, digest, now, self.mac(f"{seq} {digest} {now}"))

    def signed(self, head: SignedHead) -> bool:
        """Whether a head was signed with this key."""
        return self.fits(f"{head.seq} {head.hash} {head.time}", head.mac)

    def _bytes(self) -> bytes:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(self._path.read_text(encoding="ascii"))
        key = secrets.token_bytes(32)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        return key


class Anchor:
    """A file, best on another volume or machine, to which signed heads are only ever added.

    ``place`` is the file, or (a name without a suffix) the folder it stands in; a folder must be there already, so
    that a volume that is not mounted is an error and no new file on the wrong disk.
    """

    def __init__(self, place: Path) -> None:
        self.path = place if place.suffix else place / NAME

    def add(self, head: SignedHead) -> None:
        """Add a head, on disk before this returns. Raises ``OSError``."""
        shared_file.add_lines(self.path, head.line().encode() + b"\n")

    def heads(self) -> list[SignedHead]:
        """Every head that stands there, oldest first; a line cut off by a crash is none. Raises ``OSError``."""
        lines = self.path.read_text(encoding="ascii", errors="replace").splitlines()
        return [head for line in lines if (head := head_of(line))]
