"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as raw sheets, read by calamine; every cell becomes text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from etl.reading.delimited import embedded, unfold, unfold_batch
from etl.reading.grid import Merge, RawBatch, RawSheet, View, from_lists
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.sniff import ZIP_ERRORS

_CHUNK = 4 << 20
_LONGEST_NAME = 100
_NO_SHEETS = ("sharedStrings.xml", "styles.xml", "content.xml")  # the last is that of an ods
_CELLS = (b"<c ", b"<c>", b":c ", b":c>")
_ROW = re.compile(rb'[ \t\n]r=["\'][A-Z]{0,3}(\d{1,7})["\']')
_COLUMN = re.compile(rb'[ \t\n]r=["\']([A-Z]{1,3})\d')

EXACT = 1 << 53
"""Integers below it survive the binary numbers a workbook stores."""


def read_workbook(path: Path, limits: ReadLimits = LIMITS) -> list[RawSheet]:
    """Open a workbook whose unpacked size is within bounds; empty sheets are left out."""
    check_packed(path, limits)
    try:
        book = _book(path)
        names = list(book.sheet_names)
        sheets = [book.get_sheet_by_name(name) for name in names]
        hidden = {about.name for about in book.sheets_metadata if about.visible != SheetVisibleEnum.Visible}
    except PasswordError as error:
        raise Unreadable("encrypted_workbook") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("broken_workbook", detail=error) from error
    found = []
    for name, sheet in zip(names, sheets, strict=True):
        if sheet.height:
            found.append(_raw_sheet(_short(name), sheet, limits))
            found[-1].hidden = name in hidden
    if not found:
        raise Unreadable("empty")
    return found


def _book(path: Path) -> CalamineWorkbook:
    """The library takes a path only as UTF-8; a file of another name is given to it open."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    return CalamineWorkbook.from_path(str(path))


def _short(name: str) -> str:
    """The name of a sheet as it stands in every piece of evidence; Excel allows 31 characters."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:60]}…{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def check_packed(path: Path, limits: ReadLimits) -> None:
    """Refuse a zip-based workbook that would unpack beyond the bounds, before anything is unpacked.

    One stray cell in the last row makes calamine lay out billions of empty ones, so the extent of every
    sheet is looked at first, wherever in the file it lies, and held against the cells it really has.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise Unreadable("encrypted_workbook")
            unpacked = sum(info.file_size for info in infos)
            packed = max(1, path.stat().st_size)
            bomb = unpacked > limits.ratio_from and unpacked > packed * limits.ratio
            if bomb or unpacked > limits.workbook_unpacked:
                raise Unreadable("too_large", limit=limits.workbook_unpacked >> 20)
            left = limits.sheet_cells
            for info in infos:
                if info.filename.endswith(".xml") and not info.filename.endswith(_NO_SHEETS):
                    with archive.open(info) as sheet:
                        left -= _extent(sheet, limits, left)
    except ZIP_ERRORS as error:
        raise Unreadable("broken_workbook", detail=error) from error


def _extent(sheet: IO[bytes], limits: ReadLimits, left: int) -> int:
    """Cells a sheet is laid out in; raises ``Unreadable`` where that is more than ``left``, or nearly all are empty."""
    cells = 0
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    tail = b""
    while chunk := sheet.read(_CHUNK):
        text = tail + chunk
        tail = text[-32:]
        cells += sum(text.count(opening) for opening in _CELLS)
        rows = {max(rows | set(_ROW.findall(text)), key=_rank, default=b"0")}
        columns = {max(columns | set(_COLUMN.findall(text)), key=_rank, default=b"A")}
    height = int(next(iter(rows), b"0"))
    width = 0
    for letter in next(iter(columns), b"A"):
        width = width * 26 + letter - 64
    area = height * width
    if area > left or area > max(limits.sparse_cells, limits.sparse * cells):
        raise Unreadable("huge_sheet", rows=height, columns=width)
    return area


def _rank(text: bytes) -> tuple[int, bytes]:
    return len(text), text


def _raw_sheet(name: str, sheet: CalamineSheet, limits: ReadLimits) -> RawSheet:
    head = [[cell_text(cell) for cell in row] for row in islice(sheet.iter_rows(), limits.head_rows + 20)]
    views = [View(head, partial(_read, sheet, limits))]
    if embedded(head):
        views.append(View([unfold(cells) for cells in head], partial(_read_embedded, sheet, limits)))
    # calamine leaves out the blank columns before a table, but counts merged cells with them
    left = sheet.start[1] if sheet.start else 0
    merges = [
        Merge(first[0], first[1] - left, last[0], last[1] - left)
        for first, last in sheet.merged_cell_ranges or ()
    ]
    return RawSheet(name, views, merges=tuple(merges))


def _read(sheet: CalamineSheet, limits: ReadLimits, skip: int, width: int) -> Iterator[RawBatch]:
    rows = sheet.iter_rows()
    for _ in islice(rows, skip):
        pass
    at = skip + 1
    while part := list(islice(rows, limits.batch_rows)):
        cells = [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in part]
        yield from_lists(at, cells, max(width, len(cells[0])))
        at += len(part)


def _read_embedded(sheet: CalamineSheet, limits: ReadLimits, skip: int, width: int) -> Iterator[RawBatch]:
    for batch in _read(sheet, limits, skip, 1):
        yield unfold_batch(batch, width)


def cell_text(value: object) -> str:
    """Write a typed cell as the text its author saw, without inventing digits.

    An integer that a binary number holds exactly keeps all its digits; a longer one (a card number typed
    as a number) has lost its last digits for good and stays in exponent form, which no identifier accepts.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value) if abs(value) < EXACT else f"{value:.14E}"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < EXACT else f"{value:.14E}"
        text = repr(value)
        return text if len(text) < 17 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)
