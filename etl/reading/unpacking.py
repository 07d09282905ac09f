"""Unpacking of 7z and RAR archives into numbered files; called in the reading child, whose memory is bounded.

A name in an archive never decides where a file lands. What is unpacked is counted in real bytes: an archive's own
sizes are claims.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable

KINDS = ("7z", "rar")


@dataclass
class Unpacked:
    """One entry: its name, the file its bytes lie in (None where ``reason`` says why not), digest and size."""

    name: str
    file: str | None = None
    sha256: str = ""
    size: int = 0
    reason: str | None = None
    detail: str = ""


@dataclass
class _Room:
    """Where entries go, and how many bytes may still be unpacked."""

    folder: Path
    limits: ReadLimits
    tick: Callable[[int], None]
    left: int = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.left = self.limits.archive_unpacked

    def next(self) -> Path:
        self.count += 1
        return self.folder / f"{self.count}"


class _Sink:
    """Takes the bytes of one entry; both libraries hand them over in pieces."""

    def __init__(self, room: _Room) -> None:
        self._room, self._digest = room, hashlib.sha256()
        self.path, self.written = room.next(), 0
        self._out = self.path.open("wb")

    def write(self, data: bytes | bytearray | memoryview) -> int:
        self.written += len(data)
        self._room.left -= len(data)
        if self._room.left < 0:
            raise Unreadable("too_large", limit=self._room.limits.archive_unpacked >> 20)
        self._digest.update(data)
        self._out.write(data)
        self._room.tick(self._room.count)
        return len(data)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        self._out.flush()

    def size(self) -> int:
        return self.written

    def close(self) -> None:
        """The library closes what it has written; the digest then is whole."""
        self._out.close()

    def entry(self, name: str) -> Unpacked:
        self._out.close()
        return Unpacked(name, str(self.path), self._digest.hexdigest(), self.written)


def unpack(
    file: Path, kind: str, folder: Path, password: str | None, limits: ReadLimits, tick: Callable[[int], None]
) -> list[Unpacked]:
    """Unpack every file of an archive into ``folder``; raises ``Unreadable`` where the archive is refused."""
    read = {"7z": _seven_zip, "rar": _rar}[kind]
    return read(file, _Room(folder, limits, tick), password)


def _bounded(sizes: list[int], packed: int, limits: ReadLimits) -> None:
    """Refuse by what an archive says of itself, before anything is unpacked."""
    if len(sizes) > limits.archive_entries:
        raise Unreadable("zip_entries", limit=limits.archive_entries)
    total = sum(sizes)
    bomb = total > limits.ratio_from and total > max(1, packed) * limits.ratio
    if bomb or total > limits.archive_unpacked:
        raise Unreadable("too_large", limit=min(total, limits.archive_unpacked) >> 20)


def _seven_zip(file: Path, room: _Room, password: str | None) -> list[Unpacked]:
    import py7zr
    from py7zr import exceptions, io

    sinks: list[tuple[str, _Sink]] = []

    class Factory(io.WriterFactory):  # type: ignore[misc, unused-ignore]
        def create(self, filename: str) -> Any:
            sink = _Sink(room)
            sinks.append((filename, sink))
            return sink

    try:
        with file.open("rb") as stream, py7zr.SevenZipFile(stream, password=password) as archive:
            if archive.needs_password() and password is None:
                raise Unreadable("zip_password")
            infos = archive.list()
            files = [info for info in infos if info.is_file or not info.is_directory]
            _bounded([int(info.uncompressed or 0) for info in files], file.stat().st_size, room.limits)
            links = {info.filename for info in infos if info.is_symlink}
            archive.extractall(factory=Factory())
    except Unreadable:
        raise
    except (exceptions.PasswordRequired, exceptions.UnsupportedCompressionMethodError) as error:
        required = isinstance(error, exceptions.PasswordRequired)
        raise Unreadable("zip_password" if required else "zip_method", detail="7z") from error
    except MemoryError:
        raise
    except Exception as error:  # a wrong password shows as damaged data: the format has no check of its own
        reason = "zip_wrong_password" if password and _encrypted(file, password) else "broken_zip"
        raise Unreadable(reason, detail=_said(error)) from error
    found = []
    for name, sink in sinks:
        entry = sink.entry(name)
        found.append(Unpacked(name, reason="symlink") if name in links else entry)
    return found


def _encrypted(file: Path, password: str) -> bool:
    import py7zr

    with (
        contextlib.suppress(Exception),
        file.open("rb") as stream,
        py7zr.SevenZipFile(stream, password=password) as archive,
    ):
        return bool(archive.password_protected)
    return True  # even the list of names cannot be read


def _rar(file: Path, room: _Room, password: str | None) -> list[Unpacked]:
    try:
        from unrar.cffi import unrarlib
    except ImportError as error:  # a machine for which the library has no wheel
        raise Unreadable("rar") from error
    try:
        # its own password setter takes ASCII only; the format itself takes any
        with unrarlib.RarArchive.open_for_processing(_plain(file, room.folder), pwd=password) as archive:
            return _rar_entries(archive, file, room, password)
    except Unreadable:
        raise
    except UnicodeEncodeError as error:
        raise Unreadable("rar_password_ascii") from error
    except unrarlib.BadRarFile as error:
        raise Unreadable(_rar_reason(error, password), detail=_said(error)) from error


def _plain(file: Path, folder: Path) -> str:
    """A path the C library takes whatever the locale: a link of a plain name where the file's own is none."""
    if str(file).isascii():
        return str(file)
    link = folder / "archive.rar"
    try:
        link.symlink_to(file)
    except OSError:
        shutil.copyfile(file, link)
    return str(link)


def _rar_reason(error: Any, password: str | None) -> str:
    from unrar.cffi import unrarlib

    code = getattr(error, "code", None)
    asked = isinstance(error, unrarlib.BadRarPassword) or code in (
        unrarlib.FLAGS_MISSING_PASSWORD,
        unrarlib.FLAGS_BAD_PASSWORD,
    )
    if not asked:
        return "broken_zip"
    return "zip_password" if password is None else "zip_wrong_password"


_ENCRYPTED, _SPLIT = 0x04, 0x01 | 0x02
_LINK = 1
_END = 10
"""Bits of a RAR header's flags, the least kind of a redirection (a link), and what says that an archive ends."""


def _rar_entries(archive: Any, file: Path, room: _Room, password: str | None) -> list[Unpacked]:
    from unrar.cffi import unrarlib

    found: list[Unpacked] = []
    sizes: list[int] = []
    packed = file.stat().st_size
    for header in _headers(archive):
        name = str(header.FileNameW).replace("\\", "/")
        if header.Flags & unrarlib.FLAGS_RHDF_DIRECTORY:
            header.skip()
            continue
        sizes.append(int(header.UnpSize) + (int(header.UnpSizeHigh) << 32))
        _bounded(sizes, packed, room.limits)
        if int(getattr(header.headerDataEx, "RedirType", 0)) >= _LINK:
            found.append(Unpacked(name, reason="symlink"))
            header.skip()
        elif header.Flags & _SPLIT:
            found.append(Unpacked(name, reason="rar_volumes"))
            header.skip()
        elif header.Flags & _ENCRYPTED and password is None:
            found.append(Unpacked(name, reason="zip_password"))
            header.skip()
        else:
            found.append(_rar_entry(header, name, room, password))
    if _is_cut(file):  # what was not cut off still loads, and that something was is said
        found.append(Unpacked("…", reason="broken_zip", detail="unexpected end of archive"))
    if not found:
        raise Unreadable("empty")
    return found


def _is_cut(file: Path) -> bool:
    """Whether a RAR 5 archive lacks the block that ends it, which the library does not tell from its end."""
    with file.open("rb") as stream:
        head = stream.read(14)
        stream.seek(max(8, file.stat().st_size - 64))
        tail = stream.read()
    hidden = len(head) == 14 and head[13] == 4  # headers are encrypted, the last one too
    return head.startswith(b"Rar!\x1a\x07\x01\x00") and not hidden and b"\x03\x05" not in tail


def _headers(archive: Any) -> Iterator[Any]:
    """All headers; the library's own iterator takes a damaged one for the end of the archive."""
    from unrar.cffi import unrarlib

    while True:
        data = unrarlib.RARHeaderDataEx()
        code = int(unrarlib.RARReadHeaderEx(archive.handle, data))
        if code == _END:
            return
        if code:
            raise unrarlib.BadRarFile(code, f"header: {code}")
        yield unrarlib.RarHeader(archive, data)


def _rar_entry(header: Any, name: str, room: _Room, password: str | None) -> Unpacked:
    from unrar.cffi import unrarlib

    sink = _Sink(room)
    fault: list[Unreadable] = []

    def take(chunk: bytes) -> None:
        if not fault:
            try:
                sink.write(chunk)
            except Unreadable as error:  # an exception does not pass through the C library
                fault.append(error)

    try:
        header.test(take)
    except unrarlib.BadRarFile as error:
        sink.close()
        reason = "zip_wrong_password" if header.Flags & _ENCRYPTED else _rar_reason(error, password)
        return Unpacked(name, reason=reason, detail=_said(error))
    if fault:
        raise fault[0]
    return sink.entry(name)


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:120]
