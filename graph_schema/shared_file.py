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
    with whole(path) as part:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(part)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to: it takes the place of ``path`` by one rename, and is gone after an error."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(path)
        _settle(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def add_lines(path: Path, lines: bytes) -> None:
    """Add whole lines to a file, made for its owner only where it is missing; on disk before this returns.

    A line that a kill cut off before stays a line of its own. Raises ``OSError``.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        os.lseek(descriptor, max(0, size - 1), os.SEEK_SET)
        torn = size > 0 and os.read(descriptor, 1) != b"\n"
        rest = memoryview((b"\n" if torn else b"") + lines)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _settle(folder: Path) -> None:
    """Bring a rename onto the disk; Windows does that by itself and opens no folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
