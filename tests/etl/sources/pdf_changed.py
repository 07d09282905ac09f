"""PDFs as they are sent: locked with a password, or with pages drawn sideways."""

from __future__ import annotations

import hashlib
import io
import re
import struct
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_OBJECT = re.compile(rb"(?<=[\r\n])(\d+) (\d+) obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TEXT = re.compile(rb"\((?:\\.|[^\\()])*\)|(?<!<)<[0-9A-Fa-f\s]*>(?!>)", re.DOTALL)


def turned(path: Path, quarters: int, noted: bool) -> Path:
    """Draw every page turned by quarter turns; ``noted`` where the file says that pages have to be turned back."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        width, height = page.get_size()
        matrix = {1: (0, 1, -1, 0, height, 0), 2: (-1, 0, 0, -1, width, height), 3: (0, -1, 1, 0, 0, width)}
        pdfium.FPDFPage_TransFormWithClip(page.raw, pdfium.FS_MATRIX(*matrix[quarters]), None)
        page.set_mediabox(0, 0, *((height, width) if quarters % 2 else (width, height)))
        page.set_rotation(quarters * 90 % 360 if noted else 0)
    document.save(str(path))
    return path


def locked(path: Path, password: str) -> Path:
    """Encrypt a file in place with 128 bits (RC4), as most statements sent by mail are."""
    plain = io.BytesIO()
    pypdfium2.PdfDocument(path.read_bytes()).save(plain)
    data = plain.getvalue()
    ident = hashlib.md5(data, usedforsecurity=False).digest()
    padded = (password.encode() + _PAD)[:32]
    owner_key = padded
    for _ in range(51):
        owner_key = hashlib.md5(owner_key, usedforsecurity=False).digest()
    owner = _often(padded, owner_key)
    rights = struct.pack("<i", -4)
    key = hashlib.md5(padded + owner + rights + ident, usedforsecurity=False).digest()
    for _ in range(50):
        key = hashlib.md5(key, usedforsecurity=False).digest()
    user = _often(hashlib.md5(_PAD + ident, usedforsecurity=False).digest(), key) + bytes(16)
    objects = {int(n): _encrypted(int(n), int(g), body, key) for n, g, body in _OBJECT.findall(data)}
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1]
    number = max(objects) + 1
    objects[number] = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (
        owner.hex().encode(),
        user.hex().encode(),
    )
    path.write_bytes(_written(objects, root, number, ident))
    return path


def _often(data: bytes, key: bytes) -> bytes:
    for turn in range(20):
        data = _rc4(bytes(part ^ turn for part in key), data)
    return data


def _encrypted(number: int, generation: int, body: bytes, key: bytes) -> bytes:
    mixed = key + struct.pack("<I", number)[:3] + struct.pack("<I", generation)[:2]
    own = hashlib.md5(mixed, usedforsecurity=False).digest()
    stream = _STREAM.search(body)
    words = body[: stream.start()] if stream else body
    told = _TEXT.sub(lambda text: b"<%s>" % _rc4(own, _text(text[0])).hex().encode(), words)
    if stream is None:
        return told
    hidden = _rc4(own, stream[1])
    return (
        re.sub(rb"/Length \d+( \d+ R)?", b"/Length %d" % len(hidden), told)
        + b"stream\n%s\nendstream" % hidden
    )


def _text(written: bytes) -> bytes:
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode())
    return re.sub(rb"\\(.)", rb"\1", written[1:-1], flags=re.DOTALL)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _written(objects: dict[int, bytes], root: bytes, encrypt: int, ident: bytes) -> bytes:
    out = b"%PDF-1.5\n"
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj %s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    name = ident.hex().encode()
    return (
        out
        + b"trailer << /Size %d /Root %s /Encrypt %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            *(max(objects) + 1, root, encrypt, name, name),
            start,
        )
    )
