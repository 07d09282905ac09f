"""Uploaded files on their way to the loader: kept under safe names in a folder of their own."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from graph_schema.errors import Conflict, InputError
from graph_schema.language import Text

_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


def keep(home: Path, files: Sequence[UploadFile]) -> Path:
    """Write the files below a new folder of ``home/uploads``, as named, and return it.

    A name may hold folders (the owner of a return may stand in them). Raises ``InputError`` for a name
    that leads elsewhere or cannot be a file's, ``Conflict`` for one given twice.
    """
    names = [_safe(file.filename or "") for file in files]
    if len({name.as_posix().lower() for name in names}) < len(names):
        raise Conflict(Text("上传中有重名文件，改名后再传。", "Two files have the same name; rename one."))
    folder = home / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    try:
        for name, file in zip(names, files, strict=True):
            target = folder.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as out:
                shutil.copyfileobj(file.file, out, 1 << 20)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        why = os.strerror(error.errno or 0)
        raise InputError(Text(f"文件无法保存：{why}", f"A file could not be saved: {why}")) from error
    return folder


def workplace(home: Path) -> Path:
    """A new empty folder of ``home/uploads``; whoever asked removes it."""
    folder = home / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def clear(home: Path) -> None:
    """Remove what an earlier service left behind."""
    shutil.rmtree(home / "uploads", ignore_errors=True)


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    wrong = (
        not parts
        or path.is_absolute()
        or len(parts) > 20
        or any(part in ("..", ".") or _BAD.search(part) or _RESERVED.match(part) for part in parts)
        or any(part.endswith((" ", ".")) or len(part.encode("utf-8", "replace")) > 240 for part in parts)
    )
    if wrong:
        shown = name[:100].encode("utf-8", "replace").decode()
        raise InputError(
            Text(
                f"文件名“{shown}”不能使用，改名后再传。",
                f"The file name “{shown}” cannot be used; rename it.",
            )
        )
    return path
