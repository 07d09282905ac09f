"""Coverage of a person: per identifier, what was requested, answered, and never requested.

An empty stretch never means "no dealings": a month is answered, silent within an answer, asked and not yet
answered, or not asked; events that only other people's books show are counted beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from backend.analysis.correlation.identifiers import is_askable
from backend.answers.endpoints import person_meant
from backend.answers.persons import described
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract import coverage as contract
from backend.security.audited import audited
from etl.checks import kept_checks
from etl.storage.archive import Archive
from graph_schema.store import Parameters, Props, Row, Store, Viewer

ASKABLE = ("Phone", "Account")
"""Labels whose holder of data can be asked for a return."""
SILENT_DAYS = 30
"""A longer silence within an answered period is a gap, as in the checks of a load."""
DAY = 86_400_000
_EPOCH = date(1970, 1, 1)


@dataclass
class _Line:
    """What is known of one identifier: days of its own books by file, days seen elsewhere, requests."""

    ref: str
    reason: str | None
    own: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    elsewhere: Counter[int] = field(default_factory=Counter)
    requests: list[Row] = field(default_factory=list)


@audited("coverage", "person")
@on_run
def coverage(store: Store, viewer: Viewer, run: Run, person: str) -> contract.Coverage:
    """Per identifier of a person: sources that answered, requests, months, and what is missing.

    Raises ``NotFound`` or ``InputError`` where ``person`` means nobody or several.
    """
    page = described(store, viewer, run, person_meant(store, viewer, run, person))
    lines = {held["identifier"]: _Line(held["identifier"], held["reason"]) for held in page["holds"]}
    _read(store, viewer, lines)
    files = _files(store, viewer, {file for line in lines.values() for file in line.own})
    shown = [
        line for line in lines.values() if line.own or line.elsewhere or line.requests or _askable(line.ref)
    ]
    sources = {line.ref: _sources(line, files) for line in shown}
    months = _months(shown, [source.period for some in sources.values() for source in some])
    answers = [_described(line, sources[line.ref], months) for line in shown]
    return {
        "person": page["person"],
        "months": months,
        "lines": answers,
        "asked": sum(bool(each["sources"] or each["requests"]) for each in answers),
        "answered": sum(bool(each["sources"]) for each in answers),
        "run": run.run_id,
    }


def _askable(ref: str) -> bool:
    return ref.partition(":")[0] in ASKABLE and is_askable(ref)


def _read(store: Store, viewer: Viewer, lines: dict[str, _Line]) -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for ref in lines:
        label, _, key = ref.partition(":")
        keys[label].append(key)
    for label, some in keys.items():
        asked: Parameters = {"labels": {"label": label}, "keys": some, "timeout": 60.0}
        for row in store.read(viewer, "coverage.requests", **asked):
            lines[f"{label}:{row.pop('key')}"].requests.append(row)
        by_file: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in store.read(viewer, "coverage.days", **asked):
            by_file[row["key"], row["file"]].append(row)
        own = _own(by_file)
        for (key, file), rows in by_file.items():
            line = lines[f"{label}:{key}"]
            into = line.own[file] if (key, file) in own else line.elsewhere
            for row in rows:
                into[row["day"]] += row["n"]


def _own(by_file: dict[tuple[str, str], list[Row]]) -> set[tuple[str, str]]:
    """Files that are an identifier's own books.

    An event both sides reported stands in the books of both, and a wallet's payment by card in those of the card.
    A file that alone proves any event from this side is this side's; where none does, every file with two-sided
    events may be.
    """
    alone = {pair for pair, rows in by_file.items() if any(row["alone"] for row in rows)}
    known = {key for key, _ in alone}
    return alone | {
        pair for pair, rows in by_file.items() if pair[0] not in known and any(row["both"] for row in rows)
    }


def _files(store: Store, viewer: Viewer, prefixes: Iterable[str]) -> dict[str, Row]:
    """Files by the start of their checksum, with the period they were asked for where anything says it."""
    archive = Archive(store.home)
    found: dict[str, Row] = {}
    for row in store.read(viewer, "coverage.files", prefixes=sorted(prefixes)):
        said = [each["facts"] for each in kept_checks(archive, row["sha256"]) if each["kind"] == "time_range"]
        first = row["asked_from"] or min((s["asked_from"] for s in said if s.get("asked_from")), default=None)
        last = row["asked_until"] or max(
            (s["asked_until"] for s in said if s.get("asked_until")), default=None
        )
        found[row["prefix"]] = {**row, "asked_from": first, "asked_until": last}
    return found


def _sources(line: _Line, files: dict[str, Row]) -> list[_Source]:
    return [_source(files[file], days) for file, days in sorted(line.own.items()) if file in files]


def _described(line: _Line, sources: Sequence[_Source], months: Sequence[str]) -> contract.CoverageLine:
    periods = [source.period for source in sources]
    asked = [_period(request) for request in line.requests]
    days = sum((Counter(each) for each in line.own.values()), Counter())
    cells = [_cell(month, days, line.elsewhere, periods, asked) for month in months]
    return {
        "identifier": line.ref,
        "label": line.ref.partition(":")[0],
        "reason": line.reason,
        "sources": [source.shown for source in sources],
        "requests": [_request(request) for request in line.requests],
        "cells": cells,
        "missing": list(_missing(line, cells, periods, days)),
    }


def _request(row: Props) -> contract.CoverageRequest:
    return {
        "request": row["request"],
        "organisation": row["organisation"],
        "sent_at": time_text(row["sent_at"]),
        "answered_at": time_text(row["answered_at"]),
        "result": row["result"],
        "first": time_text(row["first"]),
        "last": time_text(row["last"]),
        "evidence": row["evidence"],
    }


class _Source(NamedTuple):
    """A file that is an identifier's own books, and the days it covers."""

    shown: contract.CoverageSource
    period: tuple[int, int]


def _source(file: Props, days: Counter[int]) -> _Source:
    first, last = min(days), max(days)
    asked = file["asked_from"], file["asked_until"]
    period = (
        min(first, _day(asked[0])) if asked[0] else first,
        max(last, _day(asked[1])) if asked[1] else last,
    )
    shown: contract.CoverageSource = {
        "sha256": file["sha256"],
        "path": file["path"],
        "kind": file["kind"],
        "load": file["load"],
        "basis": file["basis"],
        "purpose": file["purpose"],
        "first": _date(first),
        "last": _date(last),
        "asked_from": time_text(asked[0]),
        "asked_until": time_text(asked[1]),
        "events": sum(days.values()),
    }
    return _Source(shown, period)


def _period(request: Props) -> tuple[int, int] | None:
    """The days a request was about; None where it names no period and so asks for everything."""
    if request["first"] is None and request["last"] is None:
        return None
    first, last = request["first"], request["last"] or request["sent_at"]
    return (_day(first) if first else 0, _day(last) if last else _day(first))


def _cell(
    month: str,
    days: Counter[int],
    elsewhere: Counter[int],
    periods: Sequence[tuple[int, int]],
    asked: Sequence[tuple[int, int] | None],
) -> contract.CoverageCell:
    first, last = _bounds(month)
    n = sum(count for day, count in days.items() if first <= day <= last)
    state: contract.CoverageState
    if n:
        state = "answered"
    elif any(start <= last and first <= stop for start, stop in periods):
        state = "silent"
    elif any(each is None or (each[0] <= last and first <= each[1]) for each in asked):
        state = "asked"
    else:
        state = "not_asked"
    others = sum(count for day, count in elsewhere.items() if first <= day <= last)
    return {"month": month, "state": state, "events": n, "elsewhere": others}


def _missing(
    line: _Line,
    cells: Sequence[contract.CoverageCell],
    periods: Sequence[tuple[int, int]],
    days: Counter[int],
) -> Iterable[contract.CoverageGap]:
    """What is missing of one identifier, each with its period and a sentence in both languages."""
    if not _askable(line.ref):
        return
    if not periods and line.requests:
        yield _finding(
            "unanswered", None, None, "已发调取，未见返回记录", "requested, but no records were returned"
        )
    elif not periods:
        yield _finding("never_asked", None, None, "从未调取", "never requested")
    else:
        for first, last in _runs(cells, "not_asked"):
            yield _finding("not_asked", first, last, "该时段未调取", "this period was not requested")
        seen = sorted({*days, *(edge for period in periods for edge in period)})
        for before, after in pairwise(seen):
            inside = any(start <= before and after <= stop for start, stop in periods)
            if inside and after - before > SILENT_DAYS:
                yield _finding(
                    "gap",
                    _date(before),
                    _date(after),
                    f"已调取但连续 {after - before} 天无记录",
                    f"answered, but no record for {after - before} days",
                )


def _finding(
    kind: contract.Gap, first: str | None, last: str | None, zh: str, en: str
) -> contract.CoverageGap:
    span = (f"{first} 至 {last}：", f"{first} to {last}: ") if first and last else ("", "")
    return {"kind": kind, "first": first, "last": last, "zh": f"{span[0]}{zh}。", "en": f"{span[1]}{en}."}


def _runs(cells: Sequence[contract.CoverageCell], state: contract.CoverageState) -> Iterable[tuple[str, str]]:
    """Stretches of months of one state, from the first day to the last."""
    for alike, some in groupby(cells, key=lambda cell: cell["state"]):
        if alike == state:
            months = [cell["month"] for cell in some]
            yield _date(_bounds(months[0])[0]), _date(_bounds(months[-1])[1])


def _months(lines: Iterable[_Line], periods: Iterable[tuple[int, int]]) -> list[str]:
    """All months between the first and the last day anything is known of or was asked for."""
    days = [edge for period in periods for edge in period] + [
        day for line in lines for each in (*line.own.values(), line.elsewhere) for day in each
    ]
    if not days:
        return []
    month, last = _date(min(days))[:7], _date(max(days))[:7]
    found = [month]
    while month < last:
        month = _date(_bounds(month)[1] + 1)[:7]
        found.append(month)
    return found


def _bounds(month: str) -> tuple[int, int]:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return (date(year, number, 1) - _EPOCH).days, (following - _EPOCH).days - 1


def _day(at: int) -> int:
    return (at + DAY // 3) // DAY


def _date(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()
