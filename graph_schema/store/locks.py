"""Exclusive locks on files: held by one process and gone with it, however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from graph_schema.errors import Busy
from graph_schema.language import Text

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class FileLock:
    """An exclusive lock on one file, also between two holders of the same process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process holds it."""
        return self._fd is not None

    def try_acquire(self) -> bool:
        """Take the lock if nobody holds it."""
        if self._fd is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(fd)
        except OSError:
            os.close(fd)
            return False
        self._fd = fd
        return True

    def acquire(self, timeout: float, what: str = "") -> FileLock:
        """Wait for the lock at most ``timeout`` seconds; raise ``Busy`` naming ``what`` after that."""
        end = time.monotonic() + timeout
        while not self.try_acquire():
            if time.monotonic() >= end:
                raise Busy(
                    Text(
                        f"{what or self.path.name}：已被另一个 Upline 进程占用 {timeout:.0f} 秒，"
                        f"请等它结束（{self.path}）。",
                        f"{what or self.path.name}: another Upline process has held it for "
                        f"{timeout:.0f} s; wait for it to finish, or end it ({self.path})",
                    )
                )
            time.sleep(0.05)
        return self

    def release(self) -> None:
        """Give it up; does nothing where it is not held."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            _unlock(fd)
            os.close(fd)

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
