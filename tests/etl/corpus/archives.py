"""Hostile and broken archives and workbooks."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from functools import cache

from openpyxl import Workbook

from tests.etl.corpus.texts import PERSON, PERSONS, File

CSV = f"{PERSONS}\n{PERSON}\n".encode()
ZEROS = bytes(1 << 20)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def archives() -> Iterator[File]:
    yield from _zips()
    yield from _others()
    yield from _workbooks()


def _zip(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def _entry(name: str, data: bytes = CSV, **attributes: int) -> bytes:
    out = io.BytesIO()
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, data)
    return out.getvalue()


def _big(name: str, megabytes: int, head: bytes = b"", tail: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as entry:
        entry.write(head)
        for _ in range(megabytes):
            entry.write(ZEROS)
        entry.write(tail)
    return out.getvalue()


def _zips() -> Iterator[File]:
    fine = _zip(("a.csv", CSV))
    yield "zip-bomb.zip", _big("a.csv", 160)
    nested = fine
    for level in range(2, 5):
        nested = _zip(("inner.zip", nested))
        yield f"zip-nested-{level}.zip", nested
    for n, name in enumerate(
        (
            "../x.csv",
            "/etc/x.csv",
            "C:\\x.csv",
            "..\\..\\x.csv",
            "a/../../x.csv",
            "con.csv",
            "n" * 250 + ".csv",
            "a\nb.csv",
        )
    ):
        yield f"zip-name-{n}.zip", _entry(name)
    yield "zip-symlink.zip", _entry("a.csv", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)
    yield "zip-device.zip", _entry("a.csv", external_attr=(stat.S_IFCHR | 0o777) << 16)
    yield "zip-encrypted.zip", _flag(fine)
    yield "zip-method.zip", fine.replace(b"\x08\x00", b"\x63\x00")
    yield "zip-nul-name.zip", fine.replace(b"a.csv", b"a\x00csv")
    yield "zip-empty.zip", _zip()
    yield "zip-folder.zip", _zip(("a/", b""))
    yield "zip-empty-file.zip", _zip(("a.csv", b""))
    yield "zip-same-names.zip", _zip(("a.csv", CSV), ("a.csv", CSV + PERSON.encode()))
    yield "zip-gbk-name.zip", _zip(("aa.csv", CSV)).replace(b"aa.csv", "章.".encode("gbk") + b"csv")
    yield "zip-lies.zip", fine.replace(len(CSV).to_bytes(4, "little"), (3).to_bytes(4, "little"))
    yield "zip-many.zip", _zip(*((f"{n}.csv", b"x") for n in range(20_001)))
    yield "zip-crc.zip", fine.replace(zipfile.crc32(CSV).to_bytes(4, "little"), b"abcd")
    for part in (1, 10, 30, 60, 95):
        yield f"zip-cut-{part}.zip", fine[: len(fine) * part // 100]
    yield "zip-behind-text.zip", b"text before\n" * 20 + fine


def _flag(data: bytes) -> bytes:
    """Mark the entries encrypted, in both headers."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(mark)
        out[found + at] |= 1
    return bytes(out)


def _others() -> Iterator[File]:
    magic = {
        "rar": b"Rar!\x1a\x07\x01\x00",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "gz": b"\x1f\x8b\x08",
        "bz2": b"BZh91AY",
        "xz": b"\xfd7zXZ\x00",
        "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff\xe0",
        "exe": b"MZ\x90\x00",
        "elf": b"\x7fELF\x02",
        "mdb": b"\x00\x01\x00\x00Standard Jet DB",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "tar": bytes(257) + b"ustar\x0000" + bytes(300),
        "html": b"<html><table><tr><td>x</td></tr></table>",
        "mhtml": b"<?xml version='1.0'?><html xmlns:x='urn:schemas-microsoft-com:office:excel'>",
    }
    for kind, data in magic.items():
        yield f"wrong-{kind}.csv", data + b"\x00\x01\x02" * 50
    encrypted = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    yield "workbook-encrypted.xlsx", encrypted
    yield (
        "workbook-biff-cut.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(700) + "Workbook".encode("utf-16-le"),
    )
    for name in ("xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml", "report.xml"):
        yield f"package-{name.split('/')[0]}.xlsx", _zip((name, b"<a/>"))
    yield "csv-named.xlsx", CSV


@cache
def _book() -> bytes:
    book = Workbook()
    for line in (PERSONS, PERSON):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _changed(part: str, old: bytes, new: bytes) -> bytes:
    """The usual workbook with something else in one part."""
    with zipfile.ZipFile(io.BytesIO(_book())) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    return _zip(*((name, data.replace(old, new) if name == part else data) for name, data in parts))


def _without(part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_book())) as source:
        return _zip(*((name, source.read(name)) for name in source.namelist() if name != part))


def _workbooks() -> Iterator[File]:
    book, sheet = _book(), "xl/worksheets/sheet1.xml"
    for part in (5, 25, 50, 75, 99):
        yield f"workbook-cut-{part}.xlsx", book[: len(book) * part // 100]
    yield "workbook-named.csv", book
    yield "workbook-bomb.xlsx", _big("xl/workbook.xml", 160)
    yield (
        "workbook-stray.xlsx",
        _changed(
            sheet, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    yield "workbook-laughs.xlsx", _changed(sheet, b"<worksheet", LAUGHS.encode() + b"<worksheet")
    yield (
        "workbook-xxe.xlsx",
        _changed(
            "xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst'
        ),
    )
    for part in (
        "xl/_rels/workbook.xml.rels",
        sheet,
        "xl/sharedStrings.xml",
        "[Content_Types].xml",
        "xl/styles.xml",
    ):
        yield f"workbook-without-{part.rpartition('/')[2][:8].strip('[')}.xlsx", _without(part)
    cells = {
        "formula": b'<c r="E2"><f>1+1</f><v>2</v></c>',
        "error": b'<c r="E2" t="e"><v>#REF!</v></c>',
        "huge": b'<c r="E2"><v>1E+308</v></c>',
        "nan": b'<c r="E2"><v>NaN</v></c>',
        "string": b'<c r="E2" t="s"><v>999999</v></c>',
        "negative": b'<c r="E2" t="s"><v>-1</v></c>',
        "far": b'<c r="ZZZ2"><v>1</v></c>',
        "nonsense": b'<c r="12E"><v>1</v></c>',
        "style": b'<c r="E2" s="9999"><v>45000</v></c>',
        "date": b'<c r="E2" t="d"><v>9999-99-99</v></c>',
        "inline": b'<c r="E2" t="inlineStr"><is><t>=1+1</t></is></c>',
        "unclosed": b'<c r="E2"><v>1',
        "backwards": b'<row r="1"><c r="A1"><v>1</v></c></row>',
    }
    for name, cell in cells.items():
        yield (
            f"workbook-cell-{name}.xlsx",
            _changed(sheet, b"</row></sheetData>", cell + b"</row></sheetData>"),
        )
    many = Workbook()
    for n in range(40):
        many.create_sheet(f"=cmd|{n}").append(PERSONS.split(","))
    out = io.BytesIO()
    many.save(out)
    yield "workbook-sheets.xlsx", out.getvalue()
