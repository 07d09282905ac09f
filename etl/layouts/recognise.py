"""Recognition: finds the heading of a table and its layout, by score over the first rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.layouts.heading import Heading, double, names_party, others_above, single
from etl.layouts.layout import Layout
from etl.layouts.registry import alias_index, guessable, heading_key, parted
from etl.layouts.said import CURRENCY, elsewhere, owner_fields, pairs
from etl.parsing.text import folded
from etl.reading.grid import RawSheet, View
from etl.reading.limits import LIMITS
from etl.reading.refusals import Unreadable

_DECLARED_STRICT = re.compile(
    r"(?:共|总计)\s*(\d{1,10})\s*(?:笔|条|行)|(?:总条数|总记录数|记录总数|记录条数|明细条数)\s*[:：]?\s*(\d{1,10})"
)
MINIMUM = 3


@dataclass
class Named:
    """Headings as read (duplicates renamed .1, .2), and which column is which field, in which unit."""

    headings: list[str]
    fields: dict[str, int]
    units: dict[str, str]

    @property
    def spare(self) -> list[int]:
        """Columns no field of the layout took (those of a reject list are nobody's)."""
        taken = set(self.fields.values())
        return [
            i
            for i, heading in enumerate(self.headings)
            if i not in taken and heading.strip() and not heading.startswith("__")
        ]


@dataclass(kw_only=True)
class Recognised(Named):
    """A table found in a sheet: which layout, which view, which row is its heading."""

    layout: Layout
    view: View
    header: int  # index of the (last) heading row
    hints: dict[str, str] = field(default_factory=dict)  # folded preamble key → value
    declared: int | None = None
    above: list[str] = field(default_factory=list)  # the lines above the heading
    score: int = 0
    lines: tuple[tuple[str, ...], ...] = ()  # the rows of the heading as they stand in the file


@dataclass
class _Candidate:
    layout: Layout
    fields: dict[str, int]
    units: dict[str, str]
    currency: str | None


def recognise(sheet: RawSheet, known: Mapping[str, Layout] | None = None) -> Recognised:
    """Return the best fitting table of a sheet, or raise ``Unreadable`` saying what is missing.

    A heading in two lines counts only where it names more than either of its lines alone, or where the upper line
    says whose the columns are: 户名 below 对方信息 is not the owner's. An account book that
    lacks nothing but its owner is taken where no other table fits: who it is may stand around the rows.
    """
    chosen = guessable() if known is None else known
    best: Recognised | None = None
    ownerless: Recognised | None = None
    lacking: tuple[int, Layout, list[str]] | None = None
    for view, heading in _headings(sheet):
        above = _under_parties(view, heading, sheet, chosen)
        for each in _candidates(heading.names, chosen):
            missing = _missing(each.layout, each.fields, heading.names)
            score = _score(each)
            if above.get(each.layout.name, -1) >= score or _of_others(view, heading, sheet, each):
                continue
            found = _found(view, heading, each, score)
            if not missing:
                best = found if _better(found, best) else best
            elif missing == [_owner_group(each.layout)]:
                ownerless = found if _better(found, ownerless) else ownerless
            if missing and (lacking is None or score > lacking[0]):
                lacking = (score, each.layout, missing)
    best = best or ownerless
    if best is None:
        raise _refusal(sheet, lacking)
    read_preamble(best)
    return best


def _better(found: Recognised, before: Recognised | None) -> bool:
    """Whether a heading names more than the best one so far.

    Below a heading of the same table, the next one begins a part of it: else the rows in between were lost.
    """
    if before is None:
        return True
    same = found.layout is before.layout and found.view is before.view
    return found.score > before.score and not (same and found.header > before.header + 1)


def named_anew(layout: Layout, names: list[str]) -> Named | None:
    """What a row of names says of the columns of this table; None where something it has to have is missing."""
    for each in _candidates(names, {layout.name: layout}):
        if set(_missing(layout, each.fields, names)) <= {_owner_group(layout)}:
            return Named(names, each.fields, each.units)
    return None


def table_named(names: list[str]) -> Layout | None:
    """The best fitting table a row of names is the whole heading of; its owner may stand outside the rows."""
    whole = [
        each
        for each in _candidates(names, guessable())
        if set(_missing(each.layout, each.fields, names)) <= {_owner_group(each.layout)}
    ]
    return max(whole, key=_score).layout if whole else None


def _headings(sheet: RawSheet) -> Iterator[tuple[View, Heading]]:
    """Every row that may be a heading: first each by itself, then each with the row below it."""
    for view in sheet.views:
        for at in range(min(len(view.head), LIMITS.head_rows)):
            yield view, single(view.head, at)
    for view in sheet.views:
        for at in range(min(len(view.head), LIMITS.head_rows)):
            two = double(view.head, at, sheet.merges)
            if two is not None:
                yield view, two


def _under_parties(
    view: View, heading: Heading, sheet: RawSheet, chosen: Mapping[str, Layout]
) -> dict[str, int]:
    """Scores by layout of a line together with the one above it, where that says whose its columns are."""
    at = heading.last - 1
    if len(heading.rows) > 1 or at < 0 or not names_party(view.head[at]):
        return {}
    two = double(view.head, at, sheet.merges)
    return {} if two is None else {each.layout.name: _score(each) for each in _candidates(two.names, chosen)}


def _of_others(view: View, heading: Heading, sheet: RawSheet, each: _Candidate) -> bool:
    """Whether a line by itself takes for the owner what the line above says is somebody else's."""
    if len(heading.rows) > 1:
        return False
    theirs = others_above(view.head, heading.last, sheet.merges)
    return bool(theirs) and any(each.fields.get(name) in theirs for name in owner_fields(each.layout))


def _score(each: _Candidate) -> int:
    return sum(2 if each.layout.columns[name].must else 1 for name in each.fields)


def _found(view: View, heading: Heading, each: _Candidate, score: int) -> Recognised:
    found = Recognised(
        *(heading.names, each.fields, each.units),
        layout=each.layout,
        view=view,
        header=heading.last,
        score=score,
        lines=heading.rows,
    )
    if each.currency is not None:
        found.hints[CURRENCY] = each.currency
    return found


def _candidates(names: list[str], known: Mapping[str, Layout]) -> list[_Candidate]:
    """Layouts with at least three fields in this row, with the column and unit of each field."""
    index = alias_index()
    found: dict[str, dict[str, tuple[int, int, str | None]]] = {}
    currencies: set[str] = set()
    for at, heading in enumerate(names):
        if not heading or len(heading) > 60:
            continue
        key = heading_key(heading)
        beside = parted(key)
        for rank_extra, text in ((0, key), (200 if beside.remark else 100, beside.bare)):
            for hit in index.get(text, ()):
                fields = found.setdefault(hit.layout, {})
                old = fields.get(hit.field)
                if old is None or hit.rank + rank_extra < old[1]:
                    fields[hit.field] = (at, hit.rank + rank_extra, beside.unit)
                    currencies |= {beside.currency} if beside.currency else set()
            if text in index:
                break
    currency = next(iter(currencies)) if len(currencies) == 1 else None
    out = []
    for name, fields in found.items():
        columns = len({at for at, _, _ in fields.values()})
        if name in known and known[name].module is None and columns >= MINIMUM:
            units = {field: unit for field, (_, _, unit) in fields.items() if unit}
            out.append(
                _Candidate(known[name], {field: at for field, (at, _, _) in fields.items()}, units, currency)
            )
    return out


def _owner_group(layout: Layout) -> str | None:
    """How ``_missing`` names the columns of the owner of an account book."""
    if layout.payment is None or layout.payment.directed or layout.payment.both_ends:
        return None
    group = next((group for group in layout.needs if set(group) == set(layout.payment.owner)), None)
    return None if group is None else _either(layout, group)


def _either(layout: Layout, group: tuple[str, ...]) -> str:
    return "/".join(layout.columns[name].aliases[0] for name in group)


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
        _either(layout, group) for group in layout.needs if not any(name in fields for name in group)
    ]


def _refusal(sheet: RawSheet, lacking: tuple[int, Layout, list[str]] | None) -> Unreadable:
    if lacking is not None and lacking[2] != ["-"] and lacking[0] >= MINIMUM:
        _, layout, missing = lacking
        if any(elsewhere(cell) for view in sheet.views for row in view.head for cell in row):
            return Unreadable("other_zone")
        return Unreadable("missing_columns", zh=layout.zh, en=layout.en, columns="、".join(missing))
    rows = [row for view in sheet.views for row in view.head[: LIMITS.head_rows]]
    if any(map(_names_edges, rows)):
        return Unreadable("graph_list")
    widest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=[])
    seen = "、".join(cell.strip()[:20] for cell in widest if cell.strip())[:160]
    return Unreadable("unknown_table", seen=seen or "-")


def _names_edges(row: list[str]) -> bool:
    """Whether a line begins a list of edges as Gephi, Pajek or GML write it."""
    cells = {folded(cell) for cell in row}
    first = folded(row[0]) if row else ""
    return {"source", "target"} <= cells or first.startswith("*vertices") or first.startswith("graph[")


def read_preamble(found: Recognised) -> None:
    """Keep what stands above the heading: ``卡号：…`` in one cell or two, and a declared number of rows."""
    for row in found.view.head[: found.header + 1 - max(1, len(found.lines))]:
        cells = [cell.strip(" \t\u3000\ufeff") for cell in row]
        for key, text in pairs(cells).items():
            found.hints.setdefault(key, text)
        line = " ".join(cell for cell in cells if cell)
        found.above.append(line)
        count = declared_count(line)
        if count is not None:
            found.declared = count


def declared_count(text: str) -> int | None:
    """The number of rows a line such as ``共43笔记录`` or ``总条数：120`` declares."""
    found = _DECLARED_STRICT.search(text)
    return int(found[1] or found[2]) if found else None
