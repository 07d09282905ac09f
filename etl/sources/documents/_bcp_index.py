"""The index of a BCP package: which file holds which data set, its separators, columns and declared rows."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from etl.reading.refusals import Unreadable
from etl.reading.xml import elements

_LARGEST = 32 << 20
_FILE, _WHERE, _FIELDS = "WA_COMMON_010013", "WA_COMMON_010014", "WA_COMMON_010015"


@dataclass(frozen=True)
class DataFile:
    """One data file as the index describes it; ``code`` is the data set's six digits."""

    table: str
    file: str
    columns: list[str]
    columns_zh: list[str]
    rows: int | None
    cell_end: str
    row_end: str
    encoding: str

    @property
    def code(self) -> str:
        return self.table[-6:]


def read_index(path: Path) -> list[DataFile]:
    """All files an index describes; raises ``Unreadable`` where it is broken or describes none."""
    if path.stat().st_size > _LARGEST:
        raise Unreadable("too_large", limit=_LARGEST >> 20)
    found: list[DataFile] = []
    for message in elements(path, {"MESSAGE"}):
        for part in message.iter("DATASET"):
            if part.get("name") == _FILE:
                for data in part.findall("DATA"):
                    found += _described(data)
    if not found:
        raise Unreadable("bcp_index")
    return found


def _described(data: ET.Element) -> list[DataFile]:
    about = _items(data)
    fields = [item for inner in _inner(data, _FIELDS) for item in inner.findall("ITEM")]
    files = [_items(inner) for inner in _inner(data, _WHERE)]
    return [
        DataFile(
            table=about.get("A010004", ""),
            file=where.get("H010020", ""),
            columns=[item.get("eng") or item.get("key") or "" for item in fields],
            columns_zh=[item.get("chn") or "" for item in fields],
            rows=int(count) if (count := where.get("I010034", "")).isdecimal() and len(count) < 12 else None,
            cell_end=_plain(about.get("I010032", "\\t")),
            row_end=_plain(about.get("I010033", "\\n")),
            encoding="gb18030" if "GB" in about.get("I010039", "").upper() else "utf-8",
        )
        for where in files
    ]


def _items(data: ET.Element) -> dict[str, str]:
    return {item.get("key", ""): item.get("val", "") for item in data.findall("ITEM")}


def _inner(data: ET.Element, name: str) -> list[ET.Element]:
    r"""The DATA elements of a nested data set."""
    return [
        part
        for inner in data.findall("DATASET")
        if inner.get("name") == name
        for part in inner.findall("DATA")
    ]


def _plain(text: str) -> str:
    r"""Separators are written as ``\t`` and ``\n``; a blank one means the usual."""
    return text.replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n") or "\t"
