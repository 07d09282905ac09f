"""Workbooks: cells as the author saw them, without invented digits."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.reading import Unreadable
from etl.reading.limits import ReadLimits
from etl.reading.workbook import cell_text, read_workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("990101199001010019", "990101199001010019"),
        (13900001234.0, "13900001234"),
        (9007199254740991.0, "9007199254740991"),
        (6.222020200112233e18, "6.22202020011223E+18"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (True, "1"),
        (None, ""),
        (dt.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.time(3, 4, 5), "03:04:05"),
        (dt.timedelta(hours=30, seconds=5), "30:00:05"),
    ],
)
def test_cell_text(value: object, text: str) -> None:
    """Trap: 622202020011223xxxx typed as a number has lost its last digits and must not look whole."""
    assert cell_text(value) == text


def test_sheets_rows_and_numbers(tmp_path: Path) -> None:
    """Trap: leading empty rows and an empty sheet must not shift row numbers."""
    book = Workbook()
    book.active.title = "空表"
    sheet = book.create_sheet("明细")
    sheet["A3"], sheet["B3"], sheet["C3"] = "甲", "乙", "丙"
    sheet["A5"], sheet["B5"] = "990101199001010019", 13900001234
    path = tmp_path / "a.xlsx"
    book.save(path)
    [found] = read_workbook(path)
    assert (found.name, found.views[0].head[2]) == ("明细", ["甲", "乙", "丙"])
    [batch] = list(found.views[0].read(3, 3))
    assert batch.rows.tolist() == [4, 5]
    assert [column[1].as_py() for column in batch.columns] == ["990101199001010019", "13900001234", ""]


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """Trap: half a download."""
    path = tmp_path / "a.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as out:
        for name in archive.namelist():
            out.writestr(name, b"<broken" if name == "xl/workbook.xml" else archive.read(name))
    with pytest.raises(Unreadable) as error:
        read_workbook(tmp_path / "b.xlsx")
    assert error.value.reason in {"broken_workbook", "empty"}


def test_a_workbook_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """Trap: 0.7 MB of xlsx that unpack to 200 MB of XML."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/workbook.xml", b" " * (70 << 20))
    with pytest.raises(Unreadable) as error:
        read_workbook(path)
    assert error.value.reason == "too_large"


def test_a_stray_cell_far_away_is_refused(tmp_path: Path) -> None:
    """Trap: 5 KB of xlsx with one cell in ZZ1048576 took 23 GB and ended the process."""
    book = Workbook()
    book.active["A1"], book.active["ZZ1048576"] = "x", "y"
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(Unreadable) as error:
        read_workbook(path)
    assert error.value.reason == "huge_sheet" and "1048576" in str(error.value)


@pytest.mark.parametrize("sheets", [1, 3])
@pytest.mark.parametrize("folder", ["worksheets", "elsewhere"])
def test_a_sheet_of_nothing_is_refused(tmp_path: Path, sheets: int, folder: str) -> None:
    """Trap: 5 KB of xlsx, two cells a sheet and just within the bound of one sheet, reached 3.8 GB; the sheets lie in a
    folder nobody looked into, or are only together too large.
    """
    book = Workbook()
    for _ in range(sheets):
        sheet = book.create_sheet()
        sheet["A1"], sheet.cell(1_000_000 if sheets == 1 else 1_000, 60).value = "x", "y"
    path, moved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(moved, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            said = archive.read(name).replace(b"worksheets/", f"{folder}/".encode())
            out.writestr(name.replace("worksheets", folder), said)
    with pytest.raises(Unreadable) as error:
        read_workbook(moved, ReadLimits(sheet_cells=100_000) if sheets > 1 else ReadLimits())
    assert error.value.reason == "huge_sheet"


def test_a_workbook_is_read_in_batches(tmp_path: Path) -> None:
    """Trap: row numbers of later batches."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    for i in range(50):
        sheet.append([f"{i}", "x", "y"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    batches = list(read_workbook(path, ReadLimits(batch_rows=20))[0].views[0].read(0, 3))
    assert [len(batch) for batch in batches] == [20, 20, 10]
    assert [int(batch.rows[0]) for batch in batches] == [1, 21, 41]
