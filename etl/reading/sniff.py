"""Detects the kind of a file by its content, never by its name."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from etl.reading.refusals import Unreadable

ARCHIVES = ("zip", "7z", "rar")
"""Kinds of files that are opened for the files in them."""
_READ = {b"Rar!\x1a\x07": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"%PDF-": "pdf"}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "gzip"),
    (b"\xfd7zXZ\x00", "gzip"),
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

    ``text``, ``workbook``, ``zip``, ``7z``, ``rar``, ``ufdr`` (a phone report: a zip with a ``report.xml``), ``xml``,
    ``html``, ``pdf``, ``json`` or ``database`` (SQLite).
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
    for magic, kind in _READ.items():
        if head.startswith(magic):
            return kind
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
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "workbook"
    if "report.xml" in names:
        return "ufdr"
    if "content.xml" in names:
        return _open_document(path)
    if "word/document.xml" in names:
        raise Unreadable("word")
    if "ppt/presentation.xml" in names:
        raise Unreadable("slides")
    return "zip"


def _open_document(path: Path) -> str:
    """Tell a spreadsheet from the texts and slides of the same family by what it says it is."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = archive.read("mimetype")[:100] if "mimetype" in archive.namelist() else b""
    except (*ZIP_ERRORS, RuntimeError) as error:
        raise Unreadable("broken_zip", detail=error) from error
    if b"opendocument.spreadsheet" in said:
        return "workbook"
    raise Unreadable("slides" if b"presentation" in said else "word")


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
    if bare.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<tr")):
        return "html"
    if bare.startswith(b"<?xml"):
        return "html" if b"<html" in bare else "xml"
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
