"""Looking at an unknown file: its table, the kinds it may be, the fields of each column, and a preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.layouts import saved
from etl.layouts.heading import unique_headings
from etl.mapping.decide import StatedMapping, layout_of
from etl.mapping.preview import preview
from etl.mapping.propose import Assignment, assign
from etl.mapping.shapes import Profile, profile
from etl.mapping.targets import PROPOSED, base, bases
from etl.parsing.text import clean
from etl.reading.delimited import read_text
from etl.reading.grid import RawSheet
from etl.reading.html import read_html
from etl.reading.limits import LIMITS
from etl.reading.refusals import Unreadable
from etl.reading.sniff import kind_of
from etl.reading.workbook import read_workbook
from etl.storage.facts import FileOrigin
from graph_schema.errors import InputError
from graph_schema.language import Text

SAMPLE = 500
"""Rows whose values are looked at."""
_OTHERS = 4


@dataclass(frozen=True)
class MappingChoices:
    """What the user already decided: sheet, kind, heading row (from 1), heading to field ("" for none), words."""

    sheet: str | None = None
    kind: str | None = None
    header: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    inflow: tuple[str, ...] = ()
    outflow: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Table:
    sheet: RawSheet
    view: int
    header: int  # index of the heading row

    @property
    def headings(self) -> list[str]:
        return unique_headings(self.sheet.views[self.view].head[self.header])


def look(
    path: Path, origin: FileOrigin, asked: MappingChoices, tick: Callable[[int], None]
) -> dict[str, Any]:
    """Propose a mapping of a file, with a preview where nothing is missing; nothing is kept.

    Raises ``Unreadable`` where the file holds no table, ``InputError`` for a decision it cannot follow.
    """
    sheets = _sheets(path)
    table = _table(sheets, asked)
    headings = table.headings
    unknown = [heading for heading in asked.columns if heading not in headings]
    if unknown:
        raise InputError(
            Text(
                f"文件没有列 {'、'.join(unknown)}；有：{'、'.join(h for h in headings if h)}",
                f"The file has no column {', '.join(unknown)}.",
            )
        )
    samples = _samples(table)
    profiles = [profile(cells) for cells in samples]
    best, ranking = _kinds(headings, profiles, asked)
    decision = _decision(best, headings, asked)
    return {
        "sheet": table.sheet.name,
        "sheets": [sheet.name for sheet in sheets],
        "header_row": table.header + 1,
        "kind": best.layout.name,
        "kinds": [_kind(each) for each in ranking],
        "columns": [
            _column(heading, cells, best) for heading, cells in zip(headings, samples, strict=True) if heading
        ],
        "missing": best.lacking,
        "mapping": decision.model_dump(mode="json") if decision else None,
        "preview": _preview(decision, table, path, origin, tick) if decision and not best.lacking else None,
    }


def _sheets(path: Path) -> list[RawSheet]:
    kind = kind_of(path)
    if kind == "text":
        return [read_text(path, LIMITS)]
    if kind == "html":
        return read_html(path, LIMITS)
    if kind == "workbook":
        found = [sheet for sheet in read_workbook(path, LIMITS) if sheet.views and sheet.views[0].head]
        if found:
            return found
        raise Unreadable("empty")
    raise Unreadable("no_table")


def _table(sheets: list[RawSheet], asked: MappingChoices) -> _Table:
    """The sheet asked for, else the one with the widest heading; and where its heading stands."""
    chosen = [sheet for sheet in sheets if asked.sheet is None or sheet.name == asked.sheet]
    if not chosen:
        names = "、".join(sheet.name for sheet in sheets)
        raise InputError(
            Text(
                f"没有工作表“{asked.sheet}”；有：{names}",
                f"No sheet {asked.sheet!r}; there are {names}.",
            )
        )
    tables = []
    for sheet in chosen:
        for view, seen in enumerate(sheet.views):
            if asked.header is not None and not 1 <= asked.header <= len(seen.head):
                continue
            at = asked.header - 1 if asked.header is not None else _heading_row(seen.head)
            if at < len(seen.head):
                tables.append(_Table(sheet, view, at))
    tables = [table for table in tables if sum(bool(h) for h in table.headings) >= 2]
    if not tables:
        raise Unreadable("no_table")
    return max(tables, key=lambda table: sum(bool(h) for h in table.headings))


def _heading_row(head: list[list[str]]) -> int:
    """The first row whose cells are words, as many as the rows below it have cells."""
    best, at = -1.0, 0
    for index, row in enumerate(head[: LIMITS.head_rows]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2 or len(set(cells)) < len(cells) - 1:
            continue
        words = sum(not any(sign.isdigit() for sign in cell) and len(cell) <= 30 for cell in cells)
        below = [sum(bool(c.strip()) for c in other) for other in head[index + 1 : index + 6]]
        score = words - 2 * (len(cells) - words) + (sum(below) / len(below) if below else 0) * 0.5
        if score > best:
            best, at = score, index
    return at


def _samples(table: _Table) -> list[list[str]]:
    width = len(table.headings)
    for batch in table.sheet.views[table.view].read(table.header + 1, width):
        columns = [column.slice(0, SAMPLE).to_pylist() for column in batch.columns[:width]]
        return columns + [[] for _ in range(width - len(columns))]
    return [[] for _ in range(width)]


def _kinds(
    headings: list[str], profiles: list[Profile], asked: MappingChoices
) -> tuple[Assignment, list[Assignment]]:
    """The kind asked for, else the best fitting one, and all proposed kinds from best to worst."""
    known = bases()
    ranking = sorted(
        (assign(known[name], headings, profiles, _kept(known[name].columns, asked)) for name in PROPOSED),
        key=lambda each: -each.score,
    )
    if asked.kind is None:
        return ranking[0], ranking
    on = base(asked.kind)
    wrong = [name for name in asked.columns.values() if name and name not in on.columns]
    if wrong:
        raise InputError(
            Text(
                f"“{on.zh}”没有字段 {'、'.join(wrong)}；可用：{'、'.join(on.columns)}",
                f"{on.en} has no field {', '.join(wrong)}; there are {', '.join(on.columns)}.",
            )
        )
    return assign(on, headings, profiles, asked.columns), ranking


def _kept(columns: Any, asked: MappingChoices) -> dict[str, str]:
    """What was decided, as far as a kind has such fields."""
    return {heading: name for heading, name in asked.columns.items() if not name or name in columns}


def _decision(best: Assignment, headings: list[str], asked: MappingChoices) -> StatedMapping | None:
    if not best.fields:
        return None
    return StatedMapping(
        of=best.layout.name,
        headings=tuple(heading for heading in headings if heading),
        fields={name: candidate.heading for name, candidate in best.fields.items()},
        inflow=asked.inflow,
        outflow=asked.outflow,
    )


def _preview(
    decision: StatedMapping, table: _Table, path: Path, origin: FileOrigin, tick: Callable[[int], None]
) -> dict[str, Any]:
    layout = layout_of("-", decision)
    found = saved.under(layout, table.sheet, table.view, table.header)
    return preview(found, table.sheet, path, origin, tick)


def _kind(each: Assignment) -> dict[str, Any]:
    layout = each.layout
    return {
        "name": layout.name,
        "zh": layout.zh,
        "en": layout.en,
        "score": round(each.score, 2),
        "missing": each.lacking,
        "fields": {name: column.aliases[0] for name, column in layout.columns.items()},
    }


def _column(heading: str, cells: list[str], best: Assignment) -> dict[str, Any]:
    """A column with the fields it is mapped to, and further candidates, each with its reason."""
    mine = [c for c in best.fields.values() if c.heading == heading]
    others = [c for c in best.candidates if c.heading == heading and c.field not in {m.field for m in mine}]
    samples = list(dict.fromkeys(t for t in clean(pa.array(cells, pa.string())).to_pylist() if t))[:3]
    return {
        "heading": heading,
        "samples": [text[:100] for text in samples],
        "fields": [_candidate(c) for c in mine],
        "others": [_candidate(c) for c in others[:_OTHERS]],
    }


def _candidate(candidate: Any) -> dict[str, Any]:
    return {
        "field": candidate.field,
        "score": candidate.score,
        "zh": candidate.zh,
        "en": candidate.en,
    }
