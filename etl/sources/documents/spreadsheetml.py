"""Workbooks of Excel 2003 as XML, often named ``.xls``: their sheets as they stand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from etl.reading.grid import RawSheet, listed
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.xml import events, local
from etl.sources.documents import FirstLook
from etl.storage.facts import FileOrigin

TITLE = ("XML 电子表格 2003（常命名为 .xls）", "XML Spreadsheet 2003 (often named .xls)")
SAMPLE = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
    '<Worksheet ss:Name="人员"><Table><Row><Cell><Data ss:Type="String">案件编号</Data></Cell>',
    '<Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">涉案身份</Data></Cell></Row>',
    '<Row><Cell><Data ss:Type="String">A9901</Data></Cell><Cell><Data ss:Type="String">章一凡</Data></Cell>',
    '<Cell ss:Index="3"><Data ss:Type="String">贩卖</Data></Cell></Row></Table></Worksheet></Workbook>',
)
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?")
_WIDEST = 16_384


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.root is not None and seen.root.name == "Workbook" and _SPACE in seen.head


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    found: list[RawSheet] = []
    name, rows, below = "", [], {}  # type: str, list[list[str]], dict[int, tuple[int, str]]
    cells = 0
    for event, element in events(path, "start", "end"):
        tag = local(element.tag)
        if event == "start":
            if tag == "Worksheet":
                name, rows, below = _said(element, "Name"), [], {}
            continue
        if tag == "Row":
            _skip(rows, _said(element, "Index"), limits)
            rows.append(_cells(element, below))
            cells += len(rows[-1])
            if cells > limits.sheet_cells:
                raise Unreadable("huge_sheet", rows=len(rows), columns=len(rows[-1]))
            element.clear()
        elif tag == "Worksheet" and any(rows):
            found.append(listed(name, rows, limits.batch_rows, limits.head_rows + 20))
    if not found:
        raise Unreadable("empty")
    return found


def _said(element: ET.Element, name: str) -> str:
    """An attribute of this format, however its prefix is written."""
    return element.get(f"{{{_SPACE}}}{name}") or element.get(name) or ""


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _skip(rows: list[list[str]], index: str, limits: ReadLimits) -> None:
    """Rows that were left out stand in the numbering of the sheet."""
    wanted = _number(index, 0)
    if wanted > limits.sheet_cells:
        raise Unreadable("huge_sheet", rows=wanted, columns=1)
    while len(rows) + 1 < wanted:
        rows.append([])


def _cells(row: ET.Element, below: dict[int, tuple[int, str]]) -> list[str]:
    out: list[str] = []
    _fill(out, below)
    for cell in row:
        if local(cell.tag) != "Cell":
            continue
        at = _number(_said(cell, "Index"), 0)
        if at > _WIDEST:
            raise Unreadable("huge_sheet", rows=1, columns=at)
        while len(out) + 1 < at:
            out.append("")
        text = next((_text(part) for part in cell if local(part.tag) == "Data"), "")
        across = min(_WIDEST, _number(_said(cell, "MergeAcross"), 0))
        down = _number(_said(cell, "MergeDown"), 0)
        for n in range(across + 1):
            said = text if n == 0 else ""
            if down:
                below[len(out)] = (down, said)
            out.append(said)
        _fill(out, below)
    return out


def _fill(out: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Cells a merged cell above reaches into say what it says."""
    while (found := below.get(len(out))) is not None:
        left, text = found
        if left > 1:
            below[len(out)] = (left - 1, text)
        else:
            del below[len(out)]
        out.append(text)


def _text(data: ET.Element) -> str:
    text = "".join(data.itertext())
    date = _DATE.fullmatch(text)
    return f"{date[1]} {date[2]}" if date else text
