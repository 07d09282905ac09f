"""Bank interface dumps as XML: records whose fields are named by pinyin initials (``kh``, ``jyje``, ``jdbz`` …).

No bank agrees with another on the elements around them, so a record is whatever element holds several such fields,
as children or as attributes. It becomes a row of bank transactions; what else it holds stands in 其他字段.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.spool import Spool
from etl.reading.xml import events, local
from etl.sources.documents import FirstLook
from etl.storage.facts import FileOrigin

TITLE = ("银行接口数据（XML，拼音首字母字段）", "bank interface dump (XML, fields in pinyin initials)")
SAMPLE = (
    "<data><record><kh>6200990000000000119</kh><zhmc>章一凡</zhmc><czsj>20240305211407</czsj><jyje>300.00</jyje>",
    "<jdbz>借</jdbz><dfzh>6200990000000000127</dfzh><dfzhmc>季二水</dfzhmc><jylsh>202403050001</jylsh></record></data>",
)
FIELDS = (
    *("rwlsh", "zh", "kh", "zhmc", "zhbz", "zhdykh", "jycz", "czsj", "jysj", "jydd", "ajlx", "jyje", "jyye", "zhye"),
    *("jdbz", "jybz", "zhxyed", "khzjlx", "khzjhm", "dfzh", "dfzhlx", "dfzhmc", "dfzhbz", "dfzhdykh", "pzzl", "pzh"),
    *("xjbz", "fwjm", "zdh", "shh", "shmc", "wdms", "wdmc", "wddm", "wddz", "qqdh", "ckztlb", "jylsh", "zysm"),
)  # fmt: skip
_REST = "其他字段"
_ENOUGH = 4
"""So many known fields make an element a record; so many in the first bytes make the file ours."""
_NAMED = re.compile(r"<(?:\w+:)?(\w+)[\s>/]|\s(\w+)\s*=")


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    if seen.kind != "xml":
        return False
    named = {name.lower() for pair in _NAMED.findall(seen.head) for name in pair if name}
    return "jyje" in named and len(named & set(FIELDS)) >= _ENOUGH


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    spool = Spool(limits)
    spool.table("", (*FIELDS, _REST))
    above: list[ET.Element] = []
    for event, element in events(path, "start", "end"):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        said = _said(element)
        if len(said.keys() & set(FIELDS)) >= _ENOUGH:
            rest = {name: text for name, text in said.items() if name not in FIELDS}
            cells = [said.get(name, "") for name in FIELDS]
            spool.add("", [*cells, json.dumps(rest, ensure_ascii=False) if rest else ""])
            element.clear()
            if above:
                above[-1].remove(element)
    sheets = spool.sheets()
    if not sheets:
        raise Unreadable("xml", root="")
    return sheets


def _said(element: ET.Element) -> dict[str, str]:
    """Attributes and plain children by lower local name; one that comes again is kept beside the first."""
    found: dict[str, str] = {}
    pairs = [*element.attrib.items(), *((child.tag, child.text or "") for child in element if not len(child))]
    for name, text in pairs:
        key = local(name).lower()
        found[key] = f"{found[key]}；{text.strip()}" if key in found else text.strip()
    return found
