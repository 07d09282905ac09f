"""Statements as text PDFs: rows by the geometry of their table, with page and row of each.

A table is known by its heading, which comes again on every page. Where ruling lines part the headings, they are the
columns; else the columns are parted in the widest gap between two headings that nearly no line crosses. What crosses
it makes its row doubtful: it gets one cell too many and is rejected. A row begins where its column of dates does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from etl.reading.grid import RawSheet, listed
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.pdf_glyphs import Line, Page, page_of
from etl.reading.pdf_rows import PdfHeading, PdfRow, find_heading, rows_of
from etl.reading.refusals import Unreadable

PLACE = ("页码", "页内行号")
"""Columns put behind the statement's own: where on paper a row stands."""
_SCANNED = 20
"""A page with fewer characters shows a picture."""
_OWNER = (
    ("微信号", re.compile(r"微信号[:：]?\s*([A-Za-z][A-Za-z0-9_-]{3,40})")),
    (
        "支付宝账户",
        re.compile(r"支付宝账[号户][:：]?\s*([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]|1\d{10}|2088\d{12})"),
    ),
    ("身份证号", re.compile(r"(?:身份证|证件号码?|证件号)[^\d]{0,6}(\d{17}[\dXx])")),
    ("姓名", re.compile(r"兹证明[:：]?\s*([\u3400-\u9fff·]{2,20}?)\s*(?:[(（,，]|的)")),
)
_PAGES = re.compile(r"本页|小计|承前|过次|第\s*\d+\s*页|共\s*\d+\s*页|页码|\d+\s*/\s*\d+\s*$")

IsKnown = Callable[[str], bool]


def read_pdf(
    path: Path,
    known: IsKnown,
    password: str | None = None,
    limits: ReadLimits = LIMITS,
    tick: Callable[[int], None] = lambda _: None,
) -> list[RawSheet]:
    """The one table of a statement; ``known`` tells a heading. Raises ``Unreadable``.

    One page is held at a time; ``tick`` is called after each with the number of rows so far.
    """
    first: PdfHeading | None = None
    last: PdfHeading | None = None
    rows: list[PdfRow] = []
    around: dict[str, list[str]] = {}  # what stands around the table on all pages, each line once
    seen, number, pictures = "", 0, 0
    for page in _pages(path, password):
        number = page.number
        pictures += sum(len(line.glyphs) for line in page.lines) < _SCANNED
        seen = seen or "、".join(line.text[:20] for line in page.lines[:8])
        heading = find_heading(page, known)
        first, last = first or heading, heading or last  # a page may go on without its heading
        found, beside = rows_of(page, last, heading is not None) if last is not None else ([], page.lines)
        rows += found
        _note(around, beside)
        tick(len(rows))
    if not number:
        raise Unreadable("empty")
    if pictures * 2 > number:
        raise Unreadable("pdf_scanned", pages=number)
    if first is None:
        raise Unreadable("pdf_no_table", seen=seen[:160] or "-")
    if not rows:
        raise Unreadable("no_rows")
    return [_sheet(first, rows, around, limits)]


def _pages(path: Path, password: str | None) -> Iterator[Page]:
    with path.open("rb") as file:
        document = _opened(file, password)
        try:
            for n in range(len(document)):
                page = document[n]
                try:
                    yield page_of(page, n + 1)
                finally:
                    page.close()
        except pypdfium2.PdfiumError as error:
            raise Unreadable("broken_pdf", detail=str(error)[:100]) from error
        finally:
            document.close()


def _opened(file: BinaryIO, password: str | None) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file, password=password)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Unreadable("pdf_wrong_password" if password else "pdf_password") from error
        raise Unreadable("broken_pdf", detail=str(error)[:100]) from error


def _sheet(
    heading: PdfHeading, rows: Sequence[PdfRow], around: Mapping[str, list[str]], limits: ReadLimits
) -> RawSheet:
    above = _above(around)
    names = [*heading.names, *PLACE]
    table = [*above, names]
    for row in rows:
        cells = [*row.cells, str(row.page), str(row.number)]
        table.append([*cells, row.doubt] if row.doubt else cells)
    return listed("", table, limits.batch_rows, limits.head_rows + 20)


def _note(around: dict[str, list[str]], lines: Sequence[Line]) -> None:
    """Keep what stands beside the table, but for what counts one page only."""
    for line in lines:
        text = line.text
        if not _PAGES.search(text):
            around.setdefault(text, [part.text for part in line.parts()])


def _above(around: Mapping[str, list[str]]) -> list[list[str]]:
    """The lines around the table as lines above it, the owner they name first."""
    whole = "".join(around)
    owner = [[f"{name}：{found[1]}"] for name, shape in _OWNER if (found := shape.search(whole))]
    # the heading has to be found within the first rows of the sheet: the longest lines say the least
    kept = sorted(around.items(), key=lambda item: len(item[0]))[: LIMITS.head_rows - 8]
    chosen = {text for text, _ in kept}
    return owner + [cells for text, cells in around.items() if text in chosen]
