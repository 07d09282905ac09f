"""Small files of one ``UPLINE_HOME`` that several people and processes change: one at a time, whole or not at all.

Who changes such a file reads it inside ``locked``, not before: what was read earlier may have been changed since, and
writing it back would undo that change. Who only reads needs no lock; he finds the file before a change or after it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph_schema.errors import Busy
from graph_schema.language import Text

PATIENCE = 15.0
"""Seconds to wait for another who changes the same file; each holds it for milliseconds."""
SUFFIX = ".lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process and thread from changing ``path`` (a file or a folder of files) meanwhile.

    Not to be nested for one path. Raises ``Busy`` after ``PATIENCE`` seconds.
    """
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}{SUFFIX}"), timeout=PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            Text(
                f"{path.name} 正被另一个进程修改，已等待 {PATIENCE:.0f} 秒，请稍后重试。",
                f"Another process has been changing {path.name} for {PATIENCE:.0f} seconds; try again later.",
            )
        ) from error
    try:
        yield
    finally:
        lock.release()


def put(path: Path, text: str, check: Callable[[Path], object] | None = None) -> None:
    """Put the whole new content (UTF-8) of ``path`` in place by one rename, on disk before that; for its owner only.

    ``check`` reads the new file beside the old one and raises where it is wrong: the old one then stays.
    """
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(part)
        part.replace(path)
        _settle(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Bring a rename onto the disk; Windows does that by itself and opens no folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
