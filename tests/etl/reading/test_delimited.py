"""Delimited text: every record comes back with its own row number, whatever the bytes around it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.reading import Unreadable
from etl.reading.delimited import read_text
from etl.reading.grid import RawBatch
from etl.reading.limits import ReadLimits

HEADING = "列一,列二,列三"


def cells_of(path: Path, skip: int = 1, width: int = 3, view: int = 0) -> list[tuple[int, list[str]]]:
    """Rows after the first ``skip``, with their numbers, cells beyond the width included."""
    out: list[tuple[int, list[str]]] = []
    for batch in read_text(path).views[view].read(skip, width):
        out += rows_of(batch)
    return out


def rows_of(batch: RawBatch) -> list[tuple[int, list[str]]]:
    columns = [column.to_pylist() for column in batch.columns]
    rows = []
    for i, number in enumerate(batch.rows.tolist()):
        cells = [column[i] for column in columns][: batch.short.get(i)] + batch.extra.get(i, [])
        rows.append((number, cells))
    return rows


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_cells(tmp_path: Path, encoding: str) -> None:
    """Trap: UTF-8 text also decodes as GB18030, into nonsense, so the order of trying matters."""
    path = write(tmp_path / "a.csv", f"{HEADING}\n章一凡,𠮷野,3\n中文,é,4\n", encoding)
    assert cells_of(path) == [(2, ["章一凡", "𠮷野", "3"]), (3, ["中文", "é", "4"])]


def test_a_name_cut_in_the_middle_of_a_character_costs_one_row(tmp_path: Path) -> None:
    """Trap: bank hosts cut fixed-width GBK fields inside a character; the whole file would be refused."""
    lines = [f"{HEADING}".encode("gb18030"), *(f"章一凡,{i},x".encode("gb18030") for i in range(50))]
    lines[7] = "章一".encode("gb18030") + b"\xb7,6,x"
    path = tmp_path / "cut.csv"
    path.write_bytes(b"\n".join(lines))
    sheet = read_text(path)
    assert sheet.damaged
    rows = [row for batch in sheet.views[0].read(1, 3) for row in rows_of(batch)]
    assert len(rows) == 50
    assert [number for number, cells in rows if "\ufffd" in "".join(cells)] == [8]


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    """Trap: latin-1 always decodes; taking it would load mojibake as names."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b,c\n" + b"\xff\xfe\xfd,\x81\x20,\x80\xff\n" * 40)
    with pytest.raises(Unreadable) as error:
        read_text(path)
    assert error.value.reason == "encoding"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, ending: str) -> None:
    """Trap: old exports end lines with a bare carriage return."""
    path = write(tmp_path / "a.csv", ending.join([HEADING, "a,b,c", "", "d,e,f"]))
    assert cells_of(path) == [(2, ["a", "b", "c"]), (3, ["", "", ""]), (4, ["d", "e", "f"])]


def test_a_cell_over_several_lines_is_one_row(tmp_path: Path) -> None:
    """Trap: row numbers count as a spreadsheet shows them, not as lines."""
    path = write(tmp_path / "a.csv", f'{HEADING}\na,"x\ny\nz",c\nd,e,f\n')
    assert cells_of(path) == [(2, ["a", "x\ny\nz", "c"]), (3, ["d", "e", "f"])]


def test_a_stray_quote_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    """Trap: a memo such as 5" pipe opens a quoted cell that never closes."""
    path = write(tmp_path / "a.csv", f'{HEADING}\na,"5 inch,c\nd,e,f\ng,"6 inch,i\nj,k,l\n')
    rows = cells_of(path)
    assert [number for number, _ in rows] == [2, 3, 4, 5]
    assert rows[1] == (3, ["d", "e", "f"])
    assert rows[3] == (5, ["j", "k", "l"])


def test_ragged_rows_keep_their_cells(tmp_path: Path) -> None:
    """Trap: a surplus cell shifts the row; short rows are only lacking their tail."""
    path = write(tmp_path / "a.csv", f"{HEADING}\na,b,c\nd,e\nf,g,h,i,j\nk,l,m\n")
    assert cells_of(path) == [
        (2, ["a", "b", "c"]),
        (3, ["d", "e"]),
        (4, ["f", "g", "h", "i", "j"]),
        (5, ["k", "l", "m"]),
    ]


def test_blocks_meet_inside_a_quoted_cell(tmp_path: Path) -> None:
    """Trap: a cell over two lines that lies across the border of two blocks."""
    body = "".join(f'{i},"first\nsecond {i}",{"x" * 50}\n' for i in range(9000))
    path = write(tmp_path / "a.csv", f"{HEADING}\n{body}")
    limits = ReadLimits(batch_rows=700)
    rows = [r for batch in read_text(path, limits).views[0].read(1, 3) for r in rows_of(batch)]
    assert [number for number, _ in rows] == list(range(2, 9002))
    assert all(cells[1] == f"first\nsecond {cells[0]}" for _, cells in rows)


def test_every_line_in_one_quoted_cell_is_unfolded(tmp_path: Path) -> None:
    """Trap: some tools export each CSV line as one quoted cell."""
    text = '"一,二,三,四"\n"a,b,c,d"\n"e,""f,f"",g,h"\n'
    path = write(tmp_path / "a.csv", text)
    sheet = read_text(path)
    heads = [view.head for view in sheet.views]
    place = next(i for i, head in enumerate(heads) if head[0] == ["一", "二", "三", "四"])
    rows = [r for batch in sheet.views[place].read(1, 4) for r in rows_of(batch)]
    assert rows == [(2, ["a", "b", "c", "d"]), (3, ["e", "f,f", "g", "h"])]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    """Trap: a file of one endless line must not be read into memory whole."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b,c\n" + b"x" * (5 << 20))
    with pytest.raises(Unreadable) as error:
        list(read_text(path, ReadLimits(line=1 << 20)).views[0].read(1, 3))
    assert error.value.reason == "long_line"


CELL = st.text(st.sampled_from("ab, \t\"'中𠮷é;|\u3000\u200b=+@-0"), max_size=8)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=30), newline=st.booleans())
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], newline: bool
) -> None:
    """Property: any well-formed CSV comes back cell by cell, numbered from row 2."""
    if newline:
        rows = [[cell.replace("0", "\n") for cell in row] for row in rows]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["h1", "h2", "h3"])
    writer.writerows(rows)
    path = write(tmp_path_factory.mktemp("csv") / "a.csv", buffer.getvalue())
    comma = next(i for i, view in enumerate(read_text(path).views) if view.head[0] == ["h1", "h2", "h3"])
    assert cells_of(path, view=comma) == [(i + 2, row) for i, row in enumerate(rows)]


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
@example(data=b"\xef\xbb\xbf")
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Property: no byte string makes the reader fail in any other way than by refusing."""
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(b"a,b,c\n" + data)
    try:
        sheet = read_text(path)
        for view in sheet.views:
            numbers = [n for batch in view.read(1, 3) for n in batch.rows.tolist()]
            assert numbers == sorted(set(numbers))
    except Unreadable as error:
        assert str(error)
