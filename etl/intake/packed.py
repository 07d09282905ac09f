"""What is in a 7z or RAR archive, unpacked by the reading child."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from etl.intake.worker import WORKER
from etl.reading.limits import ReadLimits
from etl.reading.members import DESCRIBING, Member, is_litter, refused, unsafe
from etl.reading.refusals import Unreadable
from etl.reading.sniff import ARCHIVES, kind_of
from etl.reading.unpacking import Unpacked

Nested = Callable[[Path, str, str, str | None, ReadLimits], Iterator[Member]]


def unpacked(
    file: Path, path: str, kind: str, password: str | None, limits: ReadLimits, nested: Nested
) -> Iterator[Member]:
    """Every file of the archive, in order of name; ``nested`` opens the archives among them."""
    keep = tempfile.TemporaryDirectory(prefix="upline-")
    try:
        entries = WORKER.unpack(file, kind, Path(keep.name), password, limits)
        if not entries:
            raise Unreadable("empty")
    except Unreadable as error:
        yield refused(path, file, error)
        return
    entries = sorted(entries, key=lambda entry: entry.name)
    for entry in entries:
        if any(is_litter(part) for part in PurePosixPath(entry.name).parts):
            continue
        yield from _member(entry, entries, path, password, limits, nested, keep)


def _member(
    entry: Unpacked,
    entries: list[Unpacked],
    path: str,
    password: str | None,
    limits: ReadLimits,
    nested: Nested,
    keep: tempfile.TemporaryDirectory[str],
) -> Iterator[Member]:
    inner, nowhere = f"{path}/{entry.name}", Path(entry.name)
    try:
        if unsafe(entry.name):
            raise Unreadable("unsafe_path")
        if entry.reason or entry.file is None:
            raise Unreadable(entry.reason or "broken_zip", detail=entry.detail)
        target = Path(entry.file)
        kind = kind_of(target)
    except Unreadable as error:
        yield refused(inner, nowhere, error)
        return
    if kind in ARCHIVES:
        yield from nested(target, inner, kind, password, limits)
    else:
        beside = _beside(entry, entries)
        yield Member(inner, target, entry.sha256, entry.size, beside=beside, _keep=(keep,))


def _beside(entry: Unpacked, entries: list[Unpacked]) -> dict[str, Path]:
    """Files of the same folder that describe this one."""
    folder = PurePosixPath(entry.name).parent
    return {
        pure.name.lower(): Path(other.file)
        for other in entries
        if (pure := PurePosixPath(other.name)).parent == folder
        and other.file is not None
        and DESCRIBING.fullmatch(pure.name.lower())
    }
