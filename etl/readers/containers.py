"""Walking what the user named: files, folders and zip archives, safely and in a fixed order."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO

from etl.readers.limits import LIMITS, Limits
from etl.readers.refusals import Unreadable
from etl.readers.sniff import ZIP_ERRORS, kind_of

_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
_CHUNK = 1 << 20
_DESCRIBING = re.compile(
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


def walk(
    paths: Iterable[Path | str], password: str | None = None, limits: Limits = LIMITS
) -> Iterator[Member]:
    """Yield every file under ``paths``: folders in order of name, archives unpacked one level deep.

    Nothing that an operating system leaves behind (``.DS_Store``, ``Thumbs.db``, lock files) is yielded.
    """
    for given in paths:
        root = Path(given)
        if root.is_symlink() or not root.is_dir():
            yield from _file(root, _shown(root.name), password, limits)
            continue
        packages: dict[Path, dict[str, Path]] = {}
        for path in _sorted_tree(root):
            if path.parent not in packages:
                packages[path.parent] = _describing(path.parent)
            beside = packages[path.parent]
            yield from _file(path, _shown(path.relative_to(root).as_posix()), password, limits, beside)


def _shown(path: str) -> str:
    """A path as text; names that are no UTF-8 were most likely written on Chinese Windows."""
    raw = os.fsencode(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _sorted_tree(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if _litter(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _sorted_tree(path)
        else:
            yield path


def _describing(folder: Path) -> dict[str, Path]:
    return {
        path.name.lower(): path
        for path in folder.iterdir()
        if _DESCRIBING.fullmatch(path.name.lower()) and path.is_file() and not path.is_symlink()
    }


def _litter(name: str) -> bool:
    return name.lower() in _LITTER or name.startswith(("~$", "._")) or name == "__MACOSX"


def _refused(path: str, file: Path, error: Unreadable) -> Member:
    return Member(path, file, refused=str(error), reason=error.reason)


def _file(
    file: Path, path: str, password: str | None, limits: Limits, beside: Mapping[str, Path] | None = None
) -> Iterator[Member]:
    try:
        mode = file.lstat().st_mode
    except OSError:
        yield _refused(path, file, Unreadable("missing"))
        return
    if stat.S_ISLNK(mode):
        yield _refused(path, file, Unreadable("symlink"))
        return
    if not stat.S_ISREG(mode):
        yield _refused(path, file, Unreadable("special"))
        return
    try:
        kind = kind_of(file)
    except Unreadable as error:
        member = _refused(path, file, error)
        member.size = file.stat().st_size
        if member.size:
            member.sha256 = _digest(file)
        yield member
        return
    except OSError as error:
        yield _refused(path, file, Unreadable("unreadable", detail=error.strerror))
        return
    if kind == "zip":
        yield from _archive(file, path, password, limits, depth=1)
    else:
        yield Member(path, file, _digest(file), file.stat().st_size, beside=beside or {})


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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


def _unsafe(name: str) -> bool:
    pure = PurePosixPath(name.replace("\\", "/"))
    return (
        pure.is_absolute()
        or ".." in pure.parts
        or "\x00" in name
        or (len(name) > 1 and name[1] == ":" and name[0].isalpha())
    )


def _archive(file: Path, path: str, password: str | None, limits: Limits, depth: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            total = sum(info.file_size for info in infos)
            if len(infos) > limits.archive_entries:
                raise Unreadable("zip_entries", limit=limits.archive_entries)
            packed = max(1, file.stat().st_size)
            if total > limits.archive_unpacked or (
                total > limits.ratio_from and total > packed * limits.ratio
            ):
                raise Unreadable("too_large", limit=min(total, limits.archive_unpacked) >> 20)
            if not infos:
                raise Unreadable("empty")
            budget = [limits.archive_unpacked]
            packages = _Packages(archive, infos, password, limits, budget)
            for name, info in sorted(((entry_name(info), info) for info in infos), key=itemgetter(0)):
                if any(_litter(part) for part in PurePosixPath(name).parts):
                    continue
                yield from _entry(
                    archive, info, name, f"{path}/{name}", password, limits, depth, budget, packages
                )
    except Unreadable as error:
        yield _refused(path, file, error)
    except ZIP_ERRORS as error:
        yield _refused(path, file, Unreadable("broken_zip", detail=error))


def _entry(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    path: str,
    password: str | None,
    limits: Limits,
    depth: int,
    budget: list[int],
    packages: _Packages,
) -> Iterator[Member]:
    nowhere = Path(name)
    if _unsafe(info.orig_filename) or _unsafe(name):
        yield _refused(path, nowhere, Unreadable("unsafe_path"))
        return
    if stat.S_ISLNK(info.external_attr >> 16):
        yield _refused(path, nowhere, Unreadable("symlink"))
        return
    if info.flag_bits & 1 and password is None:
        yield _refused(path, nowhere, Unreadable("zip_password"))
        return
    keep = tempfile.TemporaryDirectory(prefix="upline-")
    # Only the suffix of the name is kept on disk: it never decides where a file lands.
    target = Path(keep.name) / "member"
    try:
        with archive.open(info, pwd=_password(info, password)) as source:
            size, sha256 = _copy(source, target, info.file_size, budget, limits)
        kind = kind_of(target)
    except Unreadable as error:
        yield _refused(path, nowhere, error)
        return
    except NotImplementedError:
        yield _refused(path, nowhere, Unreadable("zip_method", detail=info.compress_type))
        return
    except RuntimeError as error:
        reason = "zip_wrong_password" if "password" in str(error).lower() else "broken_zip"
        yield _refused(path, nowhere, Unreadable(reason, detail=error))
        return
    except ZIP_ERRORS as error:
        wrong = bool(info.flag_bits & 1)
        yield _refused(
            path, nowhere, Unreadable("zip_wrong_password" if wrong else "broken_zip", detail=error)
        )
        return
    if kind != "zip":
        beside, kept = packages.of(name)
        yield Member(path, target, sha256, size, beside=beside, _keep=(keep, *kept))
    elif depth < 2:
        yield from _archive(target, path, password, limits, depth + 1)
    else:
        yield _refused(path, nowhere, Unreadable("zip_nested"))


def _password(info: zipfile.ZipInfo, password: str | None) -> bytes | None:
    return password.encode() if password and info.flag_bits & 1 else None


class _Packages:
    """Describing files of an archive, unpacked once for each folder that has one."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        infos: list[zipfile.ZipInfo],
        password: str | None,
        limits: Limits,
        budget: list[int],
    ) -> None:
        self._found: dict[PurePosixPath, tuple[dict[str, Path], tempfile.TemporaryDirectory[str]]] = {}
        for info in infos:
            pure = PurePosixPath(entry_name(info))
            if not _DESCRIBING.fullmatch(pure.name.lower()) or _unsafe(info.orig_filename):
                continue
            beside, keep = self._found.setdefault(
                pure.parent, ({}, tempfile.TemporaryDirectory(prefix="upline-"))
            )
            target = Path(keep.name) / pure.name.lower()
            try:
                with archive.open(info, pwd=_password(info, password)) as source:
                    _copy(source, target, info.file_size, budget, limits)
            except (Unreadable, RuntimeError, *ZIP_ERRORS):
                continue  # the entry itself is refused with its reason when its turn comes
            beside[pure.name.lower()] = target

    def of(self, name: str) -> tuple[dict[str, Path], tuple[tempfile.TemporaryDirectory[str], ...]]:
        """What describes an entry, and the folder that has to live as long as it is needed."""
        found = self._found.get(PurePosixPath(name).parent)
        return ({}, ()) if found is None else (found[0], (found[1],))


def _copy(
    source: IO[bytes], target: Path, declared: int, budget: list[int], limits: Limits
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
            out.write(chunk)
    return size, digest.hexdigest()
