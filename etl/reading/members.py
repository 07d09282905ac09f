"""One file to load, in a folder or an archive, and what its name alone shows."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from etl.reading.refusals import Unreadable

_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
DESCRIBING = re.compile(
    r"gab_zip_index\.xml|_lava_data\.lava|.*wa_mforensics_010(?:100|20[01]|300|400)\b.*\.bcp"
)
"""Files that describe the others of their folder: phone packages keep column names, owner, SIM, handset and names
of contacts apart from the data."""


@dataclass
class Member:
    """One file to load, or one that is refused (``refused`` says why and what to do).

    ``path`` is relative to the argument it was found under, "/" between, archive members as ``a.zip/b.csv``.
    ``file`` is where its bytes lie now: for an archive member a temporary file that lives as long as it.
    """

    path: str
    file: Path
    sha256: str = ""
    size: int = 0
    refused: str | None = None
    reason: str | None = None  # stable code of the refusal
    beside: Mapping[str, Path] = field(default_factory=dict)  # see ``Origin.beside``
    _keep: tuple[tempfile.TemporaryDirectory[str], ...] = field(default=(), repr=False)


def shown(path: str) -> str:
    """A path as text; names that are no UTF-8 were most likely written on Chinese Windows."""
    raw = os.fsencode(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def is_litter(name: str) -> bool:
    """Whether a system or an office program left the file there: lock files, ``.DS_Store`` and the like."""
    return name.lower() in _LITTER or name.startswith(("~$", "._")) or name == "__MACOSX"


def refused(path: str, file: Path, error: Unreadable) -> Member:
    """A file that is not read, with the reason and what to do."""
    return Member(path, file, refused=error.text, reason=error.reason)


def unsafe(name: str) -> bool:
    """Whether the name of an archive member leads out of its folder."""
    pure = PurePosixPath(name.replace("\\", "/"))
    return (
        pure.is_absolute()
        or ".." in pure.parts
        or "\x00" in name
        or (len(name) > 1 and name[1] == ":" and name[0].isalpha())
    )


def digest(file: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
