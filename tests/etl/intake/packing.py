"""Makes invented archives and workbooks for tests that no library at hand writes: stored RAR 5, .ods, .xlsb."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from Cryptodome.Cipher import AES


def _vint(n: int) -> bytes:
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def _block(body: bytes) -> bytes:
    sized = _vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


_ROUNDS = 15


def _secret(password: str) -> tuple[bytes, bytes, bytes]:
    """Key, salt and the record of an encrypted entry that holds what checks the password."""
    salt, iv = b"0123456789abcdef", b"fedcba9876543210"
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1 << _ROUNDS, 32)
    check = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, (1 << _ROUNDS) + 32, 32)
    folded = bytes(
        a ^ b ^ c ^ d for a, b, c, d in zip(*(check[n * 8 : n * 8 + 8] for n in range(4)), strict=True)
    )
    told = folded + hashlib.sha256(folded).digest()[:4]
    record = _vint(1) + _vint(0) + _vint(1) + bytes([_ROUNDS]) + salt + iv + told
    return key, iv, _vint(len(record)) + record


def rar(entries: dict[str, bytes], password: str | None = None) -> bytes:
    """A RAR 5 archive whose entries are stored, encrypted with ``password`` where one is given."""
    out = b"Rar!\x1a\x07\x01\x00" + _block(_vint(1) + _vint(0) + _vint(0))
    for name, data in entries.items():
        extra, packed, raw = b"", data, name.encode()
        crc = struct.pack("<I", zlib.crc32(data))
        if password is not None:
            key, iv, extra = _secret(password)
            packed = AES.new(key, AES.MODE_CBC, iv).encrypt(data + bytes(-len(data) % 16))
        head = (
            _vint(2) + _vint(3 if extra else 2) + (_vint(len(extra)) if extra else b"") + _vint(len(packed))
        )
        head += (
            _vint(4)
            + _vint(len(data))
            + _vint(0o644)
            + crc
            + _vint(0)
            + _vint(1)
            + _vint(len(raw))
            + raw
            + extra
        )
        out += _block(head) + packed
    return out + _block(_vint(5) + _vint(0) + _vint(0))


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Sequence[Sequence[str]], kind: str = _ODS) -> bytes:
    """A workbook of LibreOffice with one sheet of texts."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="人员">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        f'<?xml version="1.0"?><m:manifest xmlns:m="{space}:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    return _zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + _vint(len(body)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: Sequence[Sequence[str]]) -> bytes:
    """A binary workbook of Excel with one sheet of texts."""
    book = (
        _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("人员"))
    )
    book += _record(144) + _record(132)
    sheet = (
        _record(129)
        + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
        + _record(145)
    )
    for n, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", n, 0, 300, 0, 0, 0, 0))
        for at, text in enumerate(row):
            sheet += _record(6, struct.pack("<II", at, 0) + _wide(text))
    sheet += _record(146) + _record(130)
    office = "http://schemas.openxmlformats.org"
    types = (
        f'<?xml version="1.0"?><Types xmlns="{office}/package/2006/content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )

    def rels(kind: str, target: str) -> bytes:
        return (
            f'<?xml version="1.0"?><Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
        ).encode()

    return _zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": rels("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
