"""Link lists: one row is two ends and what links them, as analysts exchange them in CSV.

The cells as received stay behind the worked-out ones. A direction that points back turns the link round; one
that nobody states, or in words that are not known, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from etl.layouts.heading import unique_headings
from etl.parsing.text import folded
from etl.reading.delimited import read_text
from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.sources.documents import FirstLook
from etl.sources.documents._derived import cells_of, derived_sheet
from etl.sources.documents._graph import HEADINGS, LAYOUT, UNSTATED, Link, link_row, way_of
from etl.storage.facts import FileOrigin

TITLE = ("关系清单（CSV）", "Link list (CSV)")
SAMPLE = (
    "End1 Type,End1 Id,End1 Label,Link Type,Link Label,Date,Time,Direction,End2 Type,End2 Id,End2 Label,Description,Source",
    "Phone,13900001234,,Call,47 s,2024-03-05,20:58:41,End1 to End2,Phone,13900005678,老水,,示例",
)
_NAMES = {
    "start_kind": ("end1type", "entity1type", "一方类型", "起点类型"),
    "start": ("end1id", "entity1id", "end1", "entity1", "一方编号", "起点编号"),
    "start_name": ("end1label", "entity1label", "一方名称", "起点名称"),
    "end_kind": ("end2type", "entity2type", "另一方类型", "终点类型"),
    "end": ("end2id", "entity2id", "end2", "entity2", "另一方编号", "终点编号"),
    "end_name": ("end2label", "entity2label", "另一方名称", "终点名称"),
    "kind": ("linktype", "关系类型", "关系"),
    "text": ("linklabel", "关系说明"),
    "note": ("description", "备注"),
    "date": ("date", "datetime", "日期", "时间"),
    "time": ("time", "时刻"),
    "way": ("direction", "方向"),
    "weight": ("weight", "权重"),
}
_SIDES = re.compile(r"(?:end|entity)(?=[12])")
_TOWARDS = re.compile(r"-+>|=>|→")
_AHEAD = {"1to2", "to", "forward", "directed", "正向", "arrowonhead"}
_BACK = {"2to1", "backward", "<-", "<--", "←", "反向", "arrowontail"}


def _fields(headings: list[str]) -> dict[str, int] | None:
    keys = [folded(heading).replace("_", "") for heading in headings]
    found = {
        field: keys.index(name) for field, names in _NAMES.items() for name in reversed(names) if name in keys
    }
    return found if {"start", "end", "kind"} <= found.keys() else None


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    line = next((line for line in seen.head.splitlines() if line.strip()), "")
    return seen.kind == "text" and any(
        _fields([cell.strip().strip('"') for cell in line.split(mark)]) is not None for mark in ",\t;|"
    )


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    view = next((v for v in read_text(path, limits).views if _fields(unique_headings(v.head[0]))), None)
    if view is None:
        raise Unreadable("unknown_table", seen="-")
    headings = unique_headings(view.head[0])
    fields = _fields(headings)
    assert fields is not None

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in cells_of(view.read(1, len(headings))):
            if any(cell.strip() for cell in cells):
                yield number, [*_row(cells, fields, headings), *cells]

    sheet = derived_sheet("", [*HEADINGS, *headings], LAYOUT, rows, limits)
    if sheet is None:
        raise Unreadable("no_rows")
    return [sheet]


def _row(cells: list[str], fields: dict[str, int], headings: list[str]) -> list[str]:
    said = {field: cells[at].strip() if at < len(cells) else "" for field, at in fields.items()}
    taken = set(fields.values())
    rest = {
        heading: cells[at]
        for at, heading in enumerate(headings)
        if at not in taken and heading and cells[at].strip()
    }
    if said.get("note"):
        rest["description"] = said["note"]
    ends = [(said["start"], said.get("start_kind", ""), said.get("start_name", ""))]
    ends.append((said["end"], said.get("end_kind", ""), said.get("end_name", "")))
    told = said.get("way", "")
    word = _TOWARDS.sub("to", _SIDES.sub("", folded(told)))
    if word in _BACK:
        ends.reverse()
    at = " ".join(filter(None, (said.get("date", ""), said.get("time", ""))))
    link = Link(
        ends[0][0],
        ends[1][0],
        said["kind"],
        "",
        said.get("text", ""),
        at,
        said.get("weight", ""),
        rest,
        way=way_of(told) or ("" if word in _AHEAD | _BACK else UNSTATED),
    )
    return link_row(link, (ends[0][1], ends[1][1]), (ends[0][2], ends[1][2]))
