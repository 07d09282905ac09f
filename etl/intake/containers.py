"""Walking what the user named: files, folders and archives, safely and in a fixed order."""

from __future__ import annotations

import contextlib
import hashlib
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO

import pyzipper

from etl.intake.packed import unpacked
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.members import DESCRIBING, Member, digest, is_litter, refused, shown, unsafe
from etl.reading.refusals import Unreadable
from etl.reading.sniff import ARCHIVES, ZIP_ERRORS, kind_of
from graph_schema.store import room

_AES = 99
"""What an entry with AES encryption gives as its method."""
_CHUNK = 1 << 20


def walk(
    paths: Iterable[Path | str], password: str | None = None, limits: ReadLimits = LIMITS
) -> Iterator[Member]:
    """Yield every file under ``paths``: folders in order of name, archives unpacked one level deep.

    Nothing that an operating system leaves behind (``.DS_Store``, ``Thumbs.db``, lock files) is yielded.
    """
    for given in paths:
        root = Path(given)
        if root.is_symlink() or not root.is_dir():
            yield from _file(root, shown(root.name), password, limits)
            continue
        packages: dict[Path, dict[str, Path]] = {}
        for path in _sorted_tree(root):
            if path.parent not in packages:
                packages[path.parent] = _describing(path.parent)
            beside = packages[path.parent]
            yield from _file(path, shown(path.relative_to(root).as_posix()), password, limits, beside)


def _sorted_tree(root: Path) -> Iterator[Path]:
    """All files under a folder, and folders that cannot be listed; however deep they are nested."""
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if path is root or (path.is_dir() and not path.is_symlink()):
                inside = sorted((p for p in path.iterdir() if not is_litter(p.name)), key=lambda p: p.name)
                waiting += reversed(inside)
                continue
        except OSError:
            pass  # said when it is looked at as a file
        yield path


def _describing(folder: Path) -> dict[str, Path]:
    try:
        return {
            path.name.lower(): path
            for path in folder.iterdir()
            if DESCRIBING.fullmatch(path.name.lower()) and path.is_file() and not path.is_symlink()
        }
    except OSError:
        return {}


def _file(
    file: Path, path: str, password: str | None, limits: ReadLimits, beside: Mapping[str, Path] | None = None
) -> Iterator[Member]:
    """The file, or what is in it; one that cannot be read or vanishes meanwhile is refused, never more."""
    try:
        yield from _seen(file, path, password, limits, beside or {})
    except Unreadable as error:
        member = refused(path, file, error)
        with contextlib.suppress(OSError):
            member.size = file.stat().st_size
            if member.size and file.is_file():
                member.sha256 = digest(file)
        yield member
    except FileNotFoundError:
        yield refused(path, file, Unreadable("missing"))
    except OSError as error:
        room.must_have(error)
        yield refused(path, file, Unreadable("unreadable", detail=error.strerror or error))


def _seen(
    file: Path, path: str, password: str | None, limits: ReadLimits, beside: Mapping[str, Path]
) -> Iterator[Member]:
    mode = file.lstat().st_mode
    if stat.S_ISDIR(mode):
        list(file.iterdir())  # says why it cannot be listed
        raise Unreadable("special")
    if stat.S_ISLNK(mode):
        yield refused(path, file, Unreadable("symlink"))
    elif not stat.S_ISREG(mode):
        yield refused(path, file, Unreadable("special"))
    elif (kind := kind_of(file)) in ARCHIVES:
        yield from _opened(file, path, kind, password, limits, 1)
    else:
        yield Member(path, file, digest(file), file.stat().st_size, beside=beside)


def _opened(
    file: Path, path: str, kind: str, password: str | None, limits: ReadLimits, depth: int
) -> Iterator[Member]:
    """What is in an archive; those within it are opened one level deep."""
    if depth > 2:
        yield refused(path, file, Unreadable("zip_nested"))
    elif kind == "zip":
        yield from _archive(file, path, password, limits, depth)
    else:
        yield from unpacked(file, path, kind, password, limits, partial(_opened, depth=depth + 1))


def entry_name(info: zipfile.ZipInfo) -> str:
    """The entry's name; archives made on Chinese Windows carry it in GBK, which Python reads as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _zip(file: Path) -> zipfile.ZipFile:
    """The archive; one with AES encryption is opened by a library that knows it, with the same interface."""
    plain = zipfile.ZipFile(file)
    if all(info.compress_type != _AES for info in plain.infolist()):
        return plain
    plain.close()
    found: zipfile.ZipFile = pyzipper.AESZipFile(file)
    return found


def _archive(file: Path, path: str, password: str | None, limits: ReadLimits, depth: int) -> Iterator[Member]:
    try:
        with _zip(file) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            total = sum(info.file_size for info in infos)
            if len(infos) > limits.archive_entries:
                raise Unreadable("zip_entries", limit=limits.archive_entries)
            bomb = total > limits.ratio_from and total > max(1, file.stat().st_size) * limits.ratio
            if bomb or total > limits.archive_unpacked:
                raise Unreadable("too_large", limit=min(total, limits.archive_unpacked) >> 20)
            if not infos:
                raise Unreadable("empty")
            budget = [limits.archive_unpacked]
            packages = _Packages(archive, infos, password, limits, budget)
            for name, info in sorted(((entry_name(info), info) for info in infos), key=itemgetter(0)):
                if any(is_litter(part) for part in PurePosixPath(name).parts):
                    continue
                yield from _entry(
                    archive, info, name, f"{path}/{name}", password, limits, depth, budget, packages
                )
    except Unreadable as error:
        yield refused(path, file, error)
    except ZIP_ERRORS as error:
        _not_full(error)
        yield refused(path, file, Unreadable("broken_zip", detail=error))


def _entry(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    path: str,
    password: str | None,
    limits: ReadLimits,
    depth: int,
    budget: list[int],
    packages: _Packages,
) -> Iterator[Member]:
    nowhere = Path(name)
    if unsafe(info.orig_filename) or unsafe(name):
        yield refused(path, nowhere, Unreadable("unsafe_path"))
        return
    if stat.S_ISLNK(info.external_attr >> 16):
        yield refused(path, nowhere, Unreadable("symlink"))
        return
    if info.flag_bits & 1 and password is None:
        yield refused(path, nowhere, Unreadable("zip_password"))
        return
    keep = tempfile.TemporaryDirectory(prefix="upline-")
    # Only the suffix of the name is kept on disk: it never decides where a file lands.
    target = Path(keep.name) / "member"
    try:
        with archive.open(info, pwd=_password(info, password)) as source:
            size, sha256 = _copy(source, target, info.file_size, budget, limits)
        kind = kind_of(target)
    except Unreadable as error:
        yield refused(path, nowhere, error)
        return
    except NotImplementedError:
        yield refused(path, nowhere, Unreadable("zip_method", detail=info.compress_type))
        return
    except (
        RuntimeError,
        AttributeError,
        TypeError,
        KeyError,
    ) as error:  # of damaged headers of encryption too
        reason = "zip_wrong_password" if "password" in str(error).lower() else "broken_zip"
        yield refused(path, nowhere, Unreadable(reason, detail=error))
        return
    except ZIP_ERRORS as error:
        _not_full(error)
        wrong = bool(info.flag_bits & 1)
        yield refused(
            path, nowhere, Unreadable("zip_wrong_password" if wrong else "broken_zip", detail=error)
        )
        return
    if kind in ARCHIVES:
        yield from _opened(target, path, kind, password, limits, depth + 1)
    else:
        beside, kept = packages.of(name)
        yield Member(path, target, sha256, size, beside=beside, _keep=(keep, *kept))


def _password(info: zipfile.ZipInfo, password: str | None) -> bytes | None:
    return password.encode() if password and info.flag_bits & 1 else None


class _Packages:
    """Describing files of an archive, unpacked once for each folder that has one."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        infos: list[zipfile.ZipInfo],
        password: str | None,
        limits: ReadLimits,
        budget: list[int],
    ) -> None:
        self._found: dict[PurePosixPath, tuple[dict[str, Path], tempfile.TemporaryDirectory[str]]] = {}
        for info in infos:
            pure = PurePosixPath(entry_name(info))
            if not DESCRIBING.fullmatch(pure.name.lower()) or unsafe(info.orig_filename):
                continue
            beside, keep = self._found.setdefault(
                pure.parent, ({}, tempfile.TemporaryDirectory(prefix="upline-"))
            )
            target = Path(keep.name) / pure.name.lower()
            try:
                with archive.open(info, pwd=_password(info, password)) as source:
                    _copy(source, target, info.file_size, budget, limits)
            except (Unreadable, RuntimeError, AttributeError, TypeError, KeyError, *ZIP_ERRORS):
                continue  # the entry itself is refused with its reason when its turn comes
            beside[pure.name.lower()] = target

    def of(self, name: str) -> tuple[dict[str, Path], tuple[tempfile.TemporaryDirectory[str], ...]]:
        """What describes an entry, and the folder that has to live as long as it is needed."""
        found = self._found.get(PurePosixPath(name).parent)
        return ({}, ()) if found is None else (found[0], (found[1],))


def _copy(
    source: IO[bytes], target: Path, declared: int, budget: list[int], limits: ReadLimits
) -> tuple[int, str]:
    """Unpack one entry, counting real bytes: an archive's own sizes are claims."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            budget[0] -= len(chunk)
            if budget[0] < 0 or size > declared:
                raise Unreadable("too_large", limit=limits.archive_unpacked >> 20)
            digest.update(chunk)
            _put(out, chunk)
    return size, digest.hexdigest()


def _not_full(error: Exception) -> None:
    """Raise where it was the disk that failed and not the archive, which may say anything in its own errors."""
    if isinstance(error, OSError):
        room.must_have(error)


def _put(out: IO[bytes], chunk: bytes) -> None:
    """Write at once, so that a full disk is not taken for a fault of the archive."""
    try:
        out.write(chunk)
        out.flush()
    except OSError as error:
        room.must_have(error)
        raise
