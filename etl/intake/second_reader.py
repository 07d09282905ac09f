"""The second reader: a child process reads large text files while the loader reads the next file.

Reading is most of the work of a first load and needs one core; most machines have two. What is read, and in which
order it counts, is the same with and without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from etl.intake.worker import Worker
from etl.reading.limits import MB
from etl.reading.members import Member
from etl.reading.refusals import Unreadable
from etl.reading.sniff import kind_of
from etl.storage.facts import FileOrigin

WORTH = 8 * MB
"""A load of less is read before a child has started."""
LARGE, LARGEST = MB // 4, 500 * MB
"""A smaller file is read before a child has been told of it; a larger one is read without a child's bounds."""


class SecondReader:
    """One child at most; used as a context, it is gone at the end, whatever happened."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._worker = Worker()
        self._met = 0
        self._pool = ThreadPoolExecutor(1) if (os.cpu_count() or 1) > 1 else None

    def takes(self, member: Member, waiting: int) -> bool:
        """True where a file is worth handing over beside ``waiting`` others: so that the child is never idle,
        and so much has come by that it is worth its start.
        """
        self._met += member.size
        if self._met < WORTH or waiting > 1:
            return False
        large = LARGE <= member.size <= LARGEST
        if self._pool is None or not large or member.beside:
            return False
        try:
            return kind_of(member.file) == "text"
        except (OSError, Unreadable):
            return False  # it went away, or changed: said by whoever reads it

    def read(self, member: Member, origin: FileOrigin, tick: Callable[[int], None]) -> Future[str]:
        """Begin to read a file; the future gives its kind, or raises as ``Worker.keep`` does."""
        assert self._pool is not None
        return self._pool.submit(self._worker.keep, self._home, member.file, origin, tick)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.end()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
