"""Broken and hostile files: each ends in a clear refusal or in accounted rows, never in another error."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.intake.containers import walk
from etl.reading import Unreadable
from etl.sources import open_file
from etl.storage.facts import FileOrigin

HEAD = "案件编号,姓名,身份证号,涉案身份"
ROW = "A9901,章一凡,990101199001010019,贩卖"


def load(folder: Path, data: bytes, name: str = "a.csv") -> tuple[int, list[str]]:
    """Rows read, and reasons of refusals, of one file through the whole way."""
    path = folder / name
    path.write_bytes(data)
    rows, refused = 0, []
    for member in walk([path]):
        if member.reason:
            refused.append(member.reason)
            continue
        try:
            for sheet in open_file(member.file, FileOrigin(member.path, member.sha256)):
                rows += sum(batch.rows.num_rows for batch in sheet.batches)
        except Unreadable as error:
            refused.append(error.reason)
    return rows, refused


def text(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines, ""]).encode()


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (text(ROW, ROW.replace("章", "章\x00")), 2),
        (text(ROW, "A1," + "长" * 3_000_000 + ",,x"), 2),
        (text(ROW, '=cmd|"/c calc"!A1,@x,+1,-2'), 2),
        (text(ROW, "<script>alert(1)</script>,`x`,'; MATCH (n) DETACH DELETE n //,贩卖"), 2),
        (text(ROW, ",,,"), 1),
        (text(ROW, ROW + ",多"), 2),
        (text(ROW, "A1"), 2),
        (text(*[ROW] * 3, HEAD, ROW), 4),
        (text(ROW, '"'), 2),
        (text(ROW, '"A1,"章"凡",x,y'), 2),
        (text(ROW, "\u202eA1,\u200d\u200d章,\U0010ffff,𠮷"), 2),
        (b"\xef\xbb\xbf" + text(ROW).replace(b"\n", b"\r\r\n"), 1),
        (HEAD.encode(), 0),
        (("\n" * 30 + HEAD + "\n" + ROW).encode(), 1),
        ((HEAD + "\n" + ROW).encode("utf-16"), 1),
        ((HEAD + "\n" + ROW).encode("utf-16-be"), 1),
        (text(ROW).replace(b",", b"|"), 1),
        (text(ROW).replace(b",", b";"), 1),
    ],
)
def test_dirty_text_is_accounted_for(tmp_path: Path, data: bytes, rows: int) -> None:
    """Trap: NUL, three-megabyte cells, formulas, script, half quotes, marks of writing direction."""
    assert load(tmp_path, data) == (rows, [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\n\n\n", "empty"),
        (b"   ", "empty"),
        (b"hello world", "unknown_table"),
        (("\n" * 45 + HEAD + "\n" + ROW).encode(), "unknown_table"),
        (b"\x00" * 5000, "binary"),
        (HEAD.encode("gb18030") + b"\n" + b"\xff\xff\xff\n" * 60, "encoding"),
        (b"PK\x03\x04" + b"\x00" * 40, "broken_zip"),
        (b"PK\x05\x06" + b"\x00" * 18, "empty"),
    ],
)
def test_rubbish_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """Trap: rubbish that passes as an empty load."""
    assert load(tmp_path, data) == (0, [reason])


@cache
def workbook() -> bytes:
    book = Workbook()
    for line in (HEAD, ROW):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6), st.booleans()
)
def test_damaged_workbooks(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], inside: bool
) -> None:
    """Property: a workbook with some bytes changed, packed or unpacked, is read or refused."""
    data = bytearray(workbook())
    if inside:
        with zipfile.ZipFile(io.BytesIO(workbook())) as source:
            parts = {name: bytearray(source.read(name)) for name in source.namelist()}
        for at, value in changes:
            part = parts[sorted(parts)[at % len(parts)]]
            part[at % len(part)] = value
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name, part in parts.items():
                target.writestr(name, bytes(part))
        data = bytearray(out.getvalue())
    else:
        for at, value in changes:
            data[at % len(data)] = value
    rows, refused = load(tmp_path_factory.mktemp("broken"), bytes(data), "a.xlsx")
    assert rows <= 2 or refused
