"""Finding the heading of a table and the layout it belongs to, by score over the first rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.convert.text import folded
from etl.readers.grid import RawSheet, View
from etl.readers.limits import LIMITS
from etl.readers.refusals import Unreadable
from etl.sources.layout import Layout
from etl.sources.registry import alias_index, guessable, heading_key, without_unit

_KEY_VALUE = re.compile(r"^\s*([^:：]{1,20}?)\s*[:：]\s*(.*?)\s*$")
_DECLARED_STRICT = re.compile(
    r"(?:共|总计)\s*(\d{1,10})\s*(?:笔|条|行)|(?:总条数|总记录数|记录总数|记录条数|明细条数)\s*[:：]?\s*(\d{1,10})"
)
MINIMUM = 3


@dataclass
class Recognised:
    """A table found in a sheet: which view, which row is its heading, which column is which field."""

    layout: Layout
    view: View
    header: int  # index of the heading row
    headings: list[str]  # as read, duplicates renamed .1, .2
    fields: dict[str, int]
    units: dict[str, str]
    hints: dict[str, str] = field(default_factory=dict)  # folded preamble key → value
    declared: int | None = None
    above: list[str] = field(default_factory=list)  # the lines above the heading
    score: int = 0

    @property
    def spare(self) -> list[int]:
        """Columns no field of the layout took (those of a reject list are nobody's)."""
        taken = set(self.fields.values())
        return [
            i
            for i, heading in enumerate(self.headings)
            if i not in taken and heading.strip() and not heading.startswith("__")
        ]


def recognise(sheet: RawSheet, known: Mapping[str, Layout] | None = None) -> Recognised:
    """Return the best fitting table of a sheet, or raise ``Unreadable`` saying what is missing."""
    chosen = guessable() if known is None else known
    best: Recognised | None = None
    lacking: tuple[int, Layout, list[str]] | None = None
    for view in sheet.views:
        for at, row in enumerate(view.head[: LIMITS.head_rows]):
            for layout, fields, units in _candidates(row, chosen):
                missing = _missing(layout, fields, row)
                score = sum(2 if layout.columns[name].must else 1 for name in fields)
                if missing:
                    if lacking is None or score > lacking[0]:
                        lacking = (score, layout, missing)
                elif best is None or score > best.score:
                    best = Recognised(layout, view, at, unique_headings(row), fields, units, score=score)
    if best is None:
        raise _refusal(sheet, lacking)
    read_preamble(best)
    return best


def unique_headings(row: list[str]) -> list[str]:
    """Headings of a row without padding; the second of a name becomes ``name.1``; trailing blanks go."""
    names: list[str] = []
    seen: dict[str, int] = {}
    cells = [cell.strip(" \t\r\n\u3000\ufeff") for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    for cell in cells:
        count = seen.get(cell, 0)
        seen[cell] = count + 1
        names.append(f"{cell}.{count}" if count and cell else cell)
    return names


def _candidates(
    row: list[str], known: Mapping[str, Layout]
) -> list[tuple[Layout, dict[str, int], dict[str, str]]]:
    """Layouts with at least three fields in this row, with the column and unit of each field."""
    index = alias_index()
    found: dict[str, dict[str, tuple[int, int, str | None]]] = {}
    for at, heading in enumerate(unique_headings(row)):
        if not heading or len(heading) > 60:
            continue
        key = heading_key(heading)
        unit = without_unit(key)[1]
        for rank_extra, text in ((0, key), (100, without_unit(key)[0])):
            for hit in index.get(text, ()):
                fields = found.setdefault(hit.layout, {})
                old = fields.get(hit.field)
                if old is None or hit.rank + rank_extra < old[1]:
                    fields[hit.field] = (at, hit.rank + rank_extra, unit)
            if text in index:
                break
    out = []
    for name, fields in found.items():
        columns = len({at for at, _, _ in fields.values()})
        if name in known and known[name].module is None and columns >= MINIMUM:
            units = {field: unit for field, (_, _, unit) in fields.items() if unit}
            out.append((known[name], {field: at for field, (at, _, _) in fields.items()}, units))
    return out


def _missing(layout: Layout, fields: dict[str, int], row: list[str]) -> list[str]:
    """Headings (first alias) the layout cannot do without and this row lacks."""
    keys = {heading_key(cell) for cell in row}
    if any(heading_key(text) in keys for text in layout.without):
        return ["-"]
    missing = [
        column.aliases[0]
        for name, column in layout.columns.items()
        if column.must and name not in fields and column.fallback is None
    ]
    return missing + [
        "/".join(layout.columns[name].aliases[0] for name in group)
        for group in layout.needs
        if not any(name in fields for name in group)
    ]


def _refusal(sheet: RawSheet, lacking: tuple[int, Layout, list[str]] | None) -> Unreadable:
    if lacking is not None and lacking[2] != ["-"] and lacking[0] >= MINIMUM:
        _, layout, missing = lacking
        return Unreadable("missing_columns", zh=layout.zh, en=layout.en, columns="、".join(missing))
    rows = [row for view in sheet.views for row in view.head[: LIMITS.head_rows]]
    widest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=[])
    seen = "、".join(cell.strip()[:20] for cell in widest if cell.strip())[:160]
    return Unreadable("unknown_table", seen=seen or "-")


def read_preamble(found: Recognised) -> None:
    """Keep what stands above the heading: ``卡号：…`` in one cell or two, and a declared number of rows."""
    for row in found.view.head[: found.header]:
        cells = [cell.strip(" \t\u3000\ufeff") for cell in row]
        for at, cell in enumerate(cells):
            pair = _KEY_VALUE.match(cell)
            if pair and pair[2]:
                found.hints.setdefault(folded(pair[1]), pair[2].strip("[]【】［］"))
            elif cell:
                following = next((text for text in cells[at + 1 :] if text), "")
                found.hints.setdefault(folded(cell.rstrip(":").rstrip("：")), following)
        line = " ".join(cell for cell in cells if cell)
        found.above.append(line)
        count = declared_count(line)
        if count is not None:
            found.declared = count


def declared_count(text: str) -> int | None:
    """The number of rows a line such as ``共43笔记录`` or ``总条数：120`` declares."""
    found = _DECLARED_STRICT.search(text)
    return int(found[1] or found[2]) if found else None
