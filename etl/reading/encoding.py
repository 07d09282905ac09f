"""Text encodings: the first candidate that decodes the whole file, read as a stream."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.sniff import utf16_without_bom

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """``errors`` is "replace" for a file damaged in a few lines: those rows carry U+FFFD and are rejected."""

    name: str
    errors: str = "strict"
    skip: int = 0  # bytes of the byte order mark


def detect(path: Path) -> Encoding:
    """Return the encoding of a text file.

    UTF-8 is tried before GB18030: nearly every UTF-8 text also decodes as GB18030, into nonsense, while
    GB18030 text of more than a few characters never is valid UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            if _decodes(path, name, len(mark)):
                return Encoding(name, skip=len(mark))
            return _damaged(path, (name,), len(mark))
    guess = utf16_without_bom(head[:4096])
    candidates = [guess] if guess else ["utf-8", "gb18030"]
    for name in candidates:
        if _decodes(path, name, 0):
            return Encoding(name)
    return _damaged(path, tuple(candidates), 0)


def _decodes(path: Path, name: str, skip: int) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    with path.open("rb") as file:
        file.seek(skip)
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


def _damaged(path: Path, names: tuple[str, ...], skip: int) -> Encoding:
    """Bank hosts cut names in the middle of a character: accept a file with a few such lines."""
    best: tuple[int, int, str] | None = None
    for name in names:
        bad = lines = 0
        for text in _texts(path, Encoding(name, "replace", skip)):
            lines += text.count("\n")
            bad += sum("\ufffd" in line for line in text.split("\n")) if "\ufffd" in text else 0
        if best is None or bad < best[0]:
            best = (bad, lines, name)
    assert best is not None
    bad, lines, name = best
    if bad > max(3, lines // 20):
        raise Unreadable("encoding")
    return Encoding(name, "replace", skip)


def _texts(path: Path, encoding: Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
    with path.open("rb") as file:
        file.seek(encoding.skip)
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
        if tail := decoder.decode(b"", True):
            yield tail


def _utf8_chunks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    if encoding.name == "utf-8" and encoding.errors == "strict":
        with path.open("rb") as file:
            file.seek(encoding.skip)
            while chunk := file.read(_CHUNK):
                yield chunk
    else:
        for text in _texts(path, encoding):
            yield text.encode("utf-8", "surrogatepass")


def line_blocks(
    path: Path, encoding: Encoding, size: int = 4 << 20, limits: ReadLimits = LIMITS
) -> Iterator[bytes]:
    """Yield the file as UTF-8 blocks of whole lines of about ``size`` bytes, line ends as "\\n".

    A file that only uses carriage returns is split at them; a stray one inside a line becomes a space.
    """
    carry = b""
    returns: bytes | None = None
    held = b""
    seen = 0
    for chunk in _utf8_chunks(path, encoding):
        chunk = held + chunk
        held = b""
        if chunk.endswith(b"\r"):
            chunk, held = chunk[:-1], b"\r"
        if b"\r" in chunk:
            if returns is None:
                returns = b" " if b"\n" in chunk else b"\n"
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", returns)
        carry += chunk
        if len(carry) >= size:
            cut = carry.rfind(b"\n") + 1
            if cut:
                seen += carry.count(b"\n", 0, cut)
                yield carry[:cut]
                carry = carry[cut:]
            elif len(carry) > limits.line:
                raise Unreadable("long_line", line=seen + 1, limit=limits.line >> 20)
    if carry:
        yield carry
