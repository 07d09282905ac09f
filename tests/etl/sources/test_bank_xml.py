"""Bank interface dumps as XML: one payment a record, wherever it stands, fields as children or attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.opened import Facts, facts_of

CHILDREN = """<?xml version="1.0" encoding="{encoding}"?>
<ns:envelope xmlns:ns="urn:x"><head><qqdh>Q1</qqdh><jyje>0</jyje></head><body><list>
 <tx><kh>6200990000000000119</kh><zhmc>章一凡</zhmc><czsj>20240305211407</czsj><jyje>300.00</jyje><jdbz>借</jdbz>
  <dfzh>6200990000000000127</dfzh><dfzhmc>季二水</dfzhmc><jylsh>9901</jylsh><mystery>留</mystery></tx>
 <tx><KH>6200990000000000119</KH><zhmc>章一凡</zhmc><czsj>20240306211407</czsj><jyje>abc</jyje><jdbz>贷</jdbz>
  <dfzh>6200990000000000127</dfzh><jylsh>9902</jylsh></tx>
</list></body></ns:envelope>"""
ATTRIBUTES = (
    '<rows><row kh="6200990000000000119" zhmc="章一凡" czsj="20240305211407" jyje="300.00" jdbz="C" '
    'dfzh="6200990000000000127" jylsh="9901"/></rows>'
)


def read(path: Path, text: str, encoding: str) -> Facts:
    path.write_bytes(text.encode(encoding))
    (facts,) = facts_of(path)
    return facts


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_records_of_an_envelope(tmp_path: Path, encoding: str) -> None:
    """Traps: the head taken for a payment; a field nobody knows dropped; a bad amount that vanishes; upper case."""
    found = read(tmp_path / "a.xml", CHILDREN.format(encoding=encoding), encoding)
    assert (found.kind, found.states()) == ("bank_transactions", {"loaded": 1, "rejected": 1})
    (paid,) = found.legs_of("PAID")
    assert (paid["start"], paid["end"]) == (
        "Account:card:6200990000000000119",
        "Account:card:6200990000000000127",
    )
    assert (paid["amount"], paid["at"]) == (30000, 1709644447000)
    assert '"mystery": "留"' in found.rows[0]["cells"][-1]
    assert found.rows[1]["cells"][2] == "6200990000000000119"


def test_fields_as_attributes(tmp_path: Path) -> None:
    """Traps: attributes not looked at; C told as money going out."""
    found = read(tmp_path / "a.xml", ATTRIBUTES, "utf-8")
    (paid,) = found.legs_of("PAID")
    assert found.states() == {"loaded": 1} and paid["end"] == "Account:card:6200990000000000119"
