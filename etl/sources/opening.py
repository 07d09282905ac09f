"""Opening one file: its container, its sheets, and for each the layout that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.converting.context import Context, MeantHeading
from etl.converting.engine import convert, look_ahead
from etl.converting.frame import Frame
from etl.layouts import declared, hints, said, saved, several
from etl.layouts.heading import double, single, unique_headings
from etl.layouts.layout import Layout
from etl.layouts.outside import Outside
from etl.layouts.recognise import Named, Recognised, declared_count, named_anew, recognise
from etl.layouts.registry import is_heading, layouts
from etl.parsing.text import PAD
from etl.reading.delimited import read_text
from etl.reading.grid import Merge, RawBatch, RawSheet
from etl.reading.html import read_html
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.pdf import read_pdf
from etl.reading.refusals import Unreadable
from etl.reading.sniff import ARCHIVES, kind_of
from etl.reading.workbook import read_workbook
from etl.reading.xml import root_of
from etl.sources import documents, exchange, matrix, neo4j_csv
from etl.storage.facts import FactBatch, FileOrigin, SheetFacts

UNKNOWN = "unknown"


def open_file(
    path: Path, origin: FileOrigin, limits: ReadLimits = LIMITS, tick: Callable[[int], None] = lambda _: None
) -> list[SheetFacts]:
    """Recognise every table of a file and return its facts as streams of batches.

    ``tick`` is called with rows read so far while a file is read that has to be read whole first.

    Raises ``Unreadable`` when nothing in the file can be loaded, saying why and what to do. An unknown table
    beside a known one is not lost: its rows are excluded with the reason ``unknown_table``.
    """
    sheets = _sheets(path, origin, limits, tick)
    found: list[SheetFacts] = []
    problems: list[tuple[RawSheet, Unreadable]] = []
    for sheet in [table for each in sheets for table in several.below_each_other(each)]:
        try:
            found.append(_open_sheet(sheet, path, origin))
            found[-1].hidden = sheet.hidden
        except Unreadable as error:
            problems.append((sheet, error))
    if not found:
        raise next((error for _, error in problems if error.reason != "unknown_table"), problems[0][1])
    for sheet, problem in problems:
        if problem.reason == "no_owner":
            found.append(_open_sheet(sheet, path, origin, alone=False))
        elif _is_table(sheet):
            found.append(_unknown(sheet))
        else:
            continue
        found[-1].hidden = sheet.hidden
    return found


def _sheets(
    path: Path, origin: FileOrigin, limits: ReadLimits, tick: Callable[[int], None]
) -> Sequence[RawSheet]:
    """The tables of a file as they stand in it. Raises ``Unreadable`` where there are none."""
    kind = kind_of(path)
    if kind in ARCHIVES:
        raise Unreadable("zip_nested")
    document = documents.find(path, kind, origin)
    sheets: Sequence[RawSheet]
    if document is not None:
        sheets = document.tables(path, origin, limits)
    elif kind == "text":
        sheets = [read_text(path, limits)]
    elif kind == "workbook":
        sheets = read_workbook(path, limits)
    elif kind == "html":
        sheets = read_html(path, limits)
    elif kind == "pdf":
        sheets = read_pdf(path, is_heading, origin.password, limits, tick)
    else:
        raise Unreadable(kind, root=root_of(path).name if kind == "xml" else "")
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _open_sheet(sheet: RawSheet, path: Path, origin: FileOrigin, alone: bool = True) -> SheetFacts:
    known = saved.find(sheet) if sheet.layout is None else None
    if known is None and sheet.layout is None:
        for open_special in (neo4j_csv.open_sheet, matrix.open_sheet):
            facts = open_special(sheet, path, origin)
            if facts is not None:
                return facts
    named = layouts()[sheet.layout] if sheet.layout else None
    if named is not None and named.module == "aside":
        reason = "describes_others" if named.name == "package_index" else "unknown_table"
        return _unknown(sheet, named.name, reason)
    if named is not None and named.module == "exchange":
        return exchange.open_sheet(sheet, path, origin)
    found = known or recognise(sheet, {sheet.layout: layouts()[sheet.layout]} if sheet.layout else None)
    if found.layout.refusal:
        raise Unreadable(found.layout.refusal)
    if known is None and sheet.layout is None and several.side_by_side(found):
        raise Unreadable("side_by_side")
    if found.layout.not_yet:
        raise Unreadable("not_yet", zh=found.layout.zh, en=found.layout.en)
    return facts_of(found, sheet, path, origin, alone)


def facts_of(
    found: Recognised, sheet: RawSheet, path: Path, origin: FileOrigin, alone: bool = True
) -> SheetFacts:
    """The facts of a sheet under the layout that was found for it.

    A sheet ``alone`` is refused where nothing says whose books it is; beside others its rows are rejected.
    """
    layout = found.layout
    if _of_another_zone(found):
        raise Unreadable("other_zone")
    names = hints.places(found, sheet.name, path, origin)
    ctx = Context(
        *(layout, sheet.name, origin, _heading(found, found.lines)),
        Outside(layout, found.hints, names, found.above),
        partial(_again, layout),
        [merge for merge in sheet.merges if merge.top > found.header],
        sheet.damaged,
    )
    ctx.folder = path.parent
    if alone:
        _need_owner(ctx, found)
    width = len(found.view.head[found.header])
    read = partial(found.view.read, found.header + 1, width)
    look_ahead(read, ctx)
    raw = read()
    count = sheet.declared if found.declared is None else found.declared
    facts = SheetFacts(sheet.name, layout.kind, found.headings, found.header + 1, iter(()), count)
    facts.declared, facts.period = declared.sums(found.above), declared.period(found.above)
    ctx.said.append((0, ctx.outside.restated))
    facts.sections, facts.said, facts.no_counter = ctx.sections, ctx.said, _no_counter(found)
    facts.batches = _counted(convert(raw, ctx), facts, ctx)
    return facts


def _of_another_zone(found: Recognised) -> bool:
    """Whether the heading of a time, or a line above the heading, says that times are not those of Beijing."""
    spec = found.layout.time
    if spec is None or found.layout.document:
        return False
    times = [found.headings[found.fields[name]] for name in (spec.at, spec.date) if name in found.fields]
    return any(map(said.elsewhere, [*found.above, *times]))


def _no_counter(found: Recognised) -> list[str] | None:
    """Columns nobody knows, of an account book in which no column says who the other party is."""
    spec = found.layout.payment
    if spec is None or {*spec.counter, spec.counter_name, spec.counter_id} & found.fields.keys():
        return None
    return [found.headings[at] for at in found.spare]


def _heading(found: Recognised | Named, lines: Sequence[Sequence[str]]) -> MeantHeading:
    plain = [[cell.strip(PAD) for cell in line] for line in lines]
    return MeantHeading(found.headings, found.fields, found.units, found.spare, plain)


def _again(layout: Layout, lines: Sequence[list[str]], merges: Sequence[Merge]) -> MeantHeading | None:
    """What one or two lines between the rows mean, where they name the columns of the table anew."""
    heading = single(lines, 0) if len(lines) == 1 else double(lines, 0, merges)
    named = None if heading is None else named_anew(layout, heading.names)
    return None if named is None else _heading(named, lines)


def _counted(batches: Iterator[FactBatch], facts: SheetFacts, ctx: Context) -> Iterator[FactBatch]:
    """The batches; a number of rows that the file declares at its end is known once it is read."""
    yield from batches
    for line in ctx.closing:
        count = declared_count(line)
        if count is not None:
            facts.declared_rows = count


def _need_owner(ctx: Context, found: Recognised) -> None:
    """Books whose owner, or call records whose subscriber, stands nowhere cannot be loaded row by row either."""
    payment, call = ctx.layout.payment, ctx.layout.call
    given = ctx.fields.keys() | ctx.constants.keys()
    if payment is not None and not given & set(payment.owner) and not _named_below(found):
        raise Unreadable("no_owner", zh=ctx.layout.zh, en=ctx.layout.en)
    if call is not None and call.own.number not in ctx.fields and call.own.number not in ctx.constants:
        raise Unreadable("no_subscriber")


def _named_below(found: Recognised) -> bool:
    """Whether a line among the first rows names the owner of those that follow it."""
    keys = said.owner_keys(found.layout)
    below = found.view.head[found.header + 1 :]
    return any(said.is_note(row) and keys & said.pairs(row).keys() for row in below)


def _is_table(sheet: RawSheet) -> bool:
    """Notes beside the tables have one or two columns; a table has more."""
    rows = sheet.views[0].head
    return sum(sum(bool(cell.strip()) for cell in row) >= 3 for row in rows) >= 2


def _unknown(sheet: RawSheet, kind: str = UNKNOWN, reason: str = "unknown_table") -> SheetFacts:
    """A table whose rows are kept and excluded; its heading is its fullest row, the first where it is known."""
    view = sheet.views[0]
    guess = max(range(len(view.head)), key=lambda i: sum(bool(cell.strip()) for cell in view.head[i]))
    header = guess if kind == UNKNOWN else 0
    headings = unique_headings(view.head[header])
    raw = view.read(header + 1, len(headings))
    rows = _set_aside(raw, sheet.name, headings, reason)
    return SheetFacts(sheet.name, kind, headings, header + 1, rows, sheet.declared)


def _set_aside(raw: Iterator[RawBatch], sheet: str, headings: list[str], reason: str) -> Iterator[FactBatch]:
    for batch in raw:
        frame = Frame(sheet, batch, headings, {}, {}, {}, {})
        if frame.n:
            none = np.ones(frame.n, bool)
            frame.verdicts.exclude(none, reason, None, pa.nulls(frame.n, pa.string()))
            yield FactBatch(frame.row_table())
