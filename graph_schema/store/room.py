"""How much room the volume of a home has left: work stops with a clear message before the disk is full."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph_schema.errors import Busy, Conflict, EngineError, InputError, NotFound
from graph_schema.language import Text

MB = 1024 * 1024
NEEDED = 256 * MB
"""Free space below which nothing more is written: what the database itself writes behind a batch fits into it."""
AT_START = 128 * MB
"""Free space below which a server is not started: its recovery needs some."""


class DiskFull(EngineError):
    """The volume of the home has too little room; what is decided stays and is carried on with more."""

    code = "E-DISK"
    status = 507


def free(home: Path) -> int:
    """Bytes left for this user on the volume of ``home``, or of its nearest folder that exists."""
    place = home
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free


def need(home: Path, needed: int = NEEDED) -> None:
    """Raise ``DiskFull`` where the volume of ``home`` has less room than ``needed``."""
    left = free(home)
    if left < needed:
        raise DiskFull(
            Text(
                f"磁盘空间不足：{home} 所在磁盘只剩 {left // MB} MB，至少需要 {needed // MB} MB。"
                "已写入的数据完好；请腾出空间后再执行一次，将从中断处继续。",
                f"The disk is nearly full: {left // MB} MB left where {home} stands, {needed // MB} "
                "MB are needed. What was written is whole; free some space and run it again: it "
                "goes on where it stopped.",
            )
        )


_FULL = (errno.ENOSPC, errno.EDQUOT)
_SAID = (*(os.strerror(number) for number in _FULL), "max_temp_directory_size")
"""How libraries say it that do not hand the number on; the last is what one says that may spill no more."""


def is_full(error: BaseException) -> bool:
    """Whether an error says that a volume has no room, be it that of the home, of a part of it or of temporary files."""
    return getattr(error, "errno", None) in _FULL or any(said in str(error) for said in _SAID)


def full(why: object) -> DiskFull:
    """What to raise where a volume turned out to be full; ``why`` is what was said on writing to it."""
    brief = " ".join(str(why).split())[:300]
    return DiskFull(
        Text(
            f"磁盘已满（{brief}）。已写入的数据完好；请腾出空间后再执行一次，将从中断处继续。",
            f"A disk is full ({brief}). What was written is whole; free some space and run it again: it goes on where "
            "it stopped.",
        )
    )


def must_have(error: BaseException) -> None:
    """Raise ``DiskFull`` where that is what an error says; so a full disk is not taken for a fault of what was read."""
    if is_full(error):
        raise full(error) from error


@contextlib.contextmanager
def told(home: Path) -> Iterator[None]:
    """Say that a disk is full where that is why something inside failed, whatever it failed with."""
    try:
        yield
    except (DiskFull, InputError, NotFound, Conflict, Busy):
        raise
    except Exception as error:
        must_have(error)
        need(home)
        raise


@contextlib.contextmanager
def watched(home: Path) -> Iterator[None]:
    """As ``told``, begun only with room enough."""
    need(home)
    with told(home):
        yield
