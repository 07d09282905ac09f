"""Readers beside the loader: child processes read large text files while it reads the next ones, one for each more core.

Reading is most of the work of a first load, and one process needs one core. What is read, and in which order it
counts, is the same with and without them.
"""

from __future__ import annotations

import os
import queue
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

MOST = 15
"""Children at most, however many cores there are: each holds some 150 MB."""


class Readers:
    """The children; used as a context, they are gone at the end, whatever happened."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._met = 0
        self._workers = [Worker() for _ in range(min((os.cpu_count() or 1) - 1, MOST))]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._pool = ThreadPoolExecutor(len(self._workers)) if self._workers else None

    def takes(self, member: Member, waiting: int) -> bool:
        """True where a file is worth handing over beside ``waiting`` others: so that no child is idle,
        and so much has come by that it is worth their start.
        """
        self._met += member.size
        if self._met < WORTH or waiting > len(self._workers):
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
        return self._pool.submit(self._keep, member, origin, tick)

    def _keep(self, member: Member, origin: FileOrigin, tick: Callable[[int], None]) -> str:
        worker = self._idle.get()
        try:
            return worker.keep(self._home, member.file, origin, tick)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
