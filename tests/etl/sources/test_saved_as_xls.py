"""Tables under other containers and names: web pages and XML saved as .xls, .ods, .xlsb, names that are no UTF-8."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from etl.reading import Unreadable
from tests.etl.intake.packing import ods, xlsb
from tests.etl.opened import facts_of

HEAD = ["案件编号", "姓名", "身份证号", "涉案身份"]
ROWS = [["A9901", "章一凡", "990101199001010019", "贩卖"], ["A9902", "季二水", "", "运输"]]


def page(rows: list[list[str]], cell: str = "<td>{}</td>", head: str = "", encoding: str = "utf-8") -> bytes:
    lines = "".join("<tr>" + "".join(cell.format(text) for text in row) + "</tr>\n" for row in rows)
    return f"<html><head>{head}</head><body><table border=1>{lines}</table></body></html>".encode(encoding)


def sheet(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="人员">'
        f"<Table>{cells}</Table></Worksheet></Workbook>"
    ).encode()


GB = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
FORMS = {
    "page": page([HEAD, *ROWS]),
    "page in GB": page([HEAD, *ROWS], head=GB, encoding="gb18030"),
    "page with spaces": page([HEAD, *ROWS], cell="<td>&nbsp;<font color=red>{}</font>\n </td>"),
    "table alone": page([HEAD, *ROWS]).split(b"<body>")[1].split(b"</body>")[0],
    "xml": sheet([HEAD, *ROWS]),
    "ods": ods([HEAD, *ROWS]),
    "xlsb": xlsb([HEAD, *ROWS]),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [b"\xd5\xc2\xd2\xbb.xls", b"a.csv"])
def test_each_form_is_read(form: str, name: bytes, tmp_path: Path) -> None:
    """Traps: a web page named .xls is refused; a workbook whose name is GBK is called damaged."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(FORMS[form])
    [facts] = facts_of(path, origin="a.xls")
    assert (facts.kind, facts.states()) == ("case_persons", {"loaded": 2})
    assert [row["cells"][:4] for row in facts.rows] == ROWS
    assert [row["row"] for row in facts.rows] == [2, 3]


def test_merged_cells_of_a_page(tmp_path: Path) -> None:
    """Trap: a cell that spans rows leaves them without their case, and shifts every cell behind it."""
    text = (
        "<table><tr><td colspan=4>涉案人员一览</td></tr><tr>"
        + "".join(f"<th>{h}</th>" for h in HEAD)
        + "</tr>"
        "<tr><td rowspan=2>A9901</td><td>章一凡</td><td>990101199001010019</td><td>贩卖</td></tr>"
        "<tr><td>季二水</td><td></td><td>运输</td></tr></table>"
    )
    path = tmp_path / "a.xls"
    path.write_text(text, encoding="utf-8")
    [facts] = facts_of(path)
    assert facts.states() == {"loaded": 2}
    assert [row["cells"][:2] for row in facts.rows] == [["A9901", "章一凡"], ["A9901", "季二水"]]


def test_skipped_cells_of_xml(tmp_path: Path) -> None:
    """Trap: blank cells are left out of the file and only the index of the next one tells; merged ones reach down."""
    data = sheet([HEAD, *ROWS]).decode()
    data = data.replace('<Cell><Data ss:Type="String"></Data></Cell><Cell>', '<Cell ss:Index="4">')
    data = data.replace(
        '<Row><Cell><Data ss:Type="String">A9901',
        '<Row ss:Index="5"><Cell ss:MergeDown="1"><Data ss:Type="String">A9901',
    )
    data = data.replace('<Row><Cell><Data ss:Type="String">A9902</Data></Cell>', "<Row>")
    path = tmp_path / "a.xls"
    path.write_text(data, encoding="utf-8")
    [facts] = facts_of(path)
    assert [(row["row"], row["cells"][0], row["cells"][3]) for row in facts.rows] == [
        (5, "A9901", "贩卖"),
        (6, "A9901", "运输"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body>no table</body></html>", "html"),
        (
            b"<table>" + b"<tr><td colspan=999999999 rowspan=999999999>1</td></tr>" * 3 + b"</table>",
            "unknown_table",
        ),
        (sheet([HEAD]).replace(b"<Row>", b'<Row ss:Index="99999999">'), "huge_sheet"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + sheet([HEAD]).split(b"?>")[1], "xml_dtd"),
        (ods([HEAD], "application/vnd.oasis.opendocument.text"), "word"),
        (ods([HEAD, *ROWS])[:400], "broken_zip"),
        (xlsb([HEAD, *ROWS])[:-30], "broken_zip"),
    ],
)
def test_hostile_forms_are_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    """Traps: a page of one cell that spans a million; a row that claims to be the last; a text named .ods."""
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        facts_of(path)
    assert refused.value.reason == reason


def test_a_database_of_a_strange_name(tmp_path: Path) -> None:
    """Trap: a phone's database from a stick of Chinese Windows is refused as damaged for its name."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd5\xc2.db"))
    plain = tmp_path / "a.db"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE t (a, b)")
    path.write_bytes(plain.read_bytes())
    with pytest.raises(Unreadable) as refused:
        facts_of(path, origin="a.db")
    assert refused.value.reason == "database"
