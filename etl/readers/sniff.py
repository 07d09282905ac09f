"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from etl.readers.refusals import Unreadable

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "gzip"),
    (b"\xfd7zXZ\x00", "gzip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"MZ\x90", "program"),
    (b"\x7fELF", "program"),
)
ZIP_ERRORS = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What the library raises on damaged or unusual archives."""

_SQLITE = b"SQLite format 3\x00"
HEAD = 4096
"""Bytes by which a file is told."""

_XML = re.compile(rb"<(?:!doctype|!--|[a-z_][\w.:-]*[\s>/])")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> str:
    """Return what a file is; raise ``Unreadable`` for what is never read.

    ``text``, ``workbook``, ``zip``, ``ufdr`` (a phone report: a zip with a ``report.xml``), ``xml``, ``json`` or
    ``database`` (SQLite).
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Unreadable("empty")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(_SQLITE):
        return "database"
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise Unreadable(reason)
    if head[257:262] == b"ustar":
        raise Unreadable("gzip")
    return _text_kind(head)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except ZIP_ERRORS as error:
        raise Unreadable("broken_zip", detail=error) from error
    if "xl/workbook.xml" in names:
        return "workbook"
    if "report.xml" in names:
        return "ufdr"
    if names & {"xl/workbook.bin", "content.xml"}:
        raise Unreadable("other_workbook")
    if "word/document.xml" in names:
        raise Unreadable("word")
    if "ppt/presentation.xml" in names:
        raise Unreadable("slides")
    return "zip"


def _ole_kind(path: Path) -> str:
    """Tell old workbooks from Word files by the stream names of the compound file's directory."""
    data = path.read_bytes()[: 64 << 20]
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted_workbook")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "workbook"
    raise Unreadable("word")


def _text_kind(head: bytes) -> str:
    plain = head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    bare = plain.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if bare.startswith((b"<html", b"<!doctype html", b"<table", b"<head")):
        raise Unreadable("html")
    if bare.startswith(b"<?xml"):
        if b"urn:schemas-microsoft-com:office" in bare or b"<html" in bare:
            raise Unreadable("html")
        return "xml"
    if _XML.match(bare):
        return "xml"
    if _JSON.match(bare):
        return "json"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    zeros = head.count(0)
    if zeros and not _looks_utf16(head) and zeros * 10 > len(head):
        raise Unreadable("binary")
    controls = sum(head.count(byte) for byte in (1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21))
    # A short table may hold a stray control character; a page of them is no text.
    if controls * (20 if len(head) >= 512 else 4) > len(head):
        raise Unreadable("binary")
    return "text"


def _looks_utf16(head: bytes) -> bool:
    return utf16_without_bom(head) is not None


def utf16_without_bom(head: bytes) -> str | None:
    """Guess the byte order of UTF-16 text that has no mark, from where its zero bytes and line ends stand."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    low, high = head[0::2].count(0), head[1::2].count(0)
    if b"\n\x00" in head and high > low * 4 and high * 8 > pairs:
        return "utf-16-le"
    if b"\x00\n" in head and low > high * 4 and low * 8 > pairs:
        return "utf-16-be"
    return None
