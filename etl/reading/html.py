"""Tables of a web page as raw sheets: what many systems export under the name of ``.xls``."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from etl.reading.encoding import detect
from etl.reading.grid import RawSheet, listed
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.refusals import Unreadable

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHUNK = 1 << 20
_WIDEST, _TALLEST = 1_000, 100_000
"""A cell may span so many columns and rows; more is a bomb."""
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_SILENT = {"script", "style", "title"}


class _Tables(HTMLParser):
    """Collects the outermost tables; a table inside a cell is text of that cell."""

    def __init__(self, limits: ReadLimits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._limits, self._cells, self._depth, self._silent = limits, 0, 0, 0
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._exact: str | None = None
        self._below: dict[int, tuple[int, str]] = {}  # by column: rows a cell above still fills, and its text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._below = {}
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
            self._fill()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._text, self._exact = [], given.get("x:num") or None
            self._span = (_number(given.get("colspan"), _WIDEST), _number(given.get("rowspan"), _TALLEST))
        elif tag in {"br", "p", "div", "tr"} and self._text:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(self._text)).strip()
        if self._exact and _EXPONENT.fullmatch(text):
            text = self._exact  # the number the page shows rounded
        across, down = self._span
        row = self.tables[-1][-1]
        for n in range(across):
            said = text if n == 0 else ""
            if down > 1:
                self._below[len(row)] = (down - 1, said)
            row.append(said)
        self._text = None
        self._cells += across
        if self._cells > self._limits.sheet_cells:
            raise Unreadable("huge_sheet", rows=len(self.tables[-1]), columns=len(row))
        self._fill()

    def _fill(self) -> None:
        """Cells that a merged cell above reaches into say what it says."""
        row = self.tables[-1][-1]
        while (found := self._below.get(len(row))) is not None:
            left, text = found
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            else:
                del self._below[len(row)]
            row.append(text)
            self._cells += 1


def _number(text: str | None, most: int) -> int:
    return min(most, max(1, int(text))) if text and text.isascii() and text.isdigit() else 1


def read_html(path: Path, limits: ReadLimits = LIMITS) -> list[RawSheet]:
    """The tables of a page that have more than one row; raises ``Unreadable`` where it has none."""
    parser = _Tables(limits)
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        while text := file.read(_CHUNK):
            parser.feed(text)
    parser.close()
    tables = [[row for row in table if row] for table in parser.tables]
    tables = [table for table in tables if len(table) > 1]
    if not tables:
        raise Unreadable("html")
    alone = len(tables) == 1
    found = []
    for number, rows in enumerate(tables, start=1):
        sheet = listed("" if alone else f"表{number}", rows, limits.batch_rows, limits.head_rows + 20)
        sheet.damaged = any("\ufffd" in cell for row in rows for cell in row)
        found.append(sheet)
    return found


def _encoding(path: Path) -> str:
    """What the page says of itself, where that can be; else what its bytes say."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    said = _CHARSET.search(head)
    name = said[1].decode("ascii").lower() if said else ""
    if name in {"gb2312", "gbk", "gb18030", "gb_2312-80"}:
        return "gb18030"
    return detect(path).name
