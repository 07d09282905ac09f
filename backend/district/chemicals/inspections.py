"""Inspections of firms: what was found and closed, who is due next, whose level a rule proposes to raise.

Risk = class × tonnes × findings × days since (district reference C3); the plan is an order to look at, no finding. No
public table of levels exists: the rule is an example, a person confirms it by 提级后 of an inspection.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.contract.district.chemicals import FirmInspections
from backend.contract.district.common import Reason
from backend.district.chemicals.law import KG, Law
from backend.district.chemicals.model import Fault, PrecursorBook, bought_on, reason
from backend.district.days import day_of
from graph_schema.store import Props

LEVEL = "level-raise@1"
TONNE = 1000 * KG
YEAR = dt.timedelta(days=365)
GRAVE = frozenset({"balance", "permit", "split", "path"})
NEVER = 730
"""Days since the last inspection of a firm nobody inspected."""
_BAD = ("整改", "不合格", "违", "警告", "处罚", "立案")
_GOOD = ("无需整改", "无违")


@dataclass
class Trouble:
    """A problem an inspection found: by when first, put right, checked again, closed."""

    number: str
    due: dt.date | None
    done: dt.date | None
    checked: dt.date | None
    closed: dt.date | None
    evidence: list[str]


@dataclass
class Visit:
    """One inspection of a firm."""

    uscc: str
    day: dt.date
    bad: bool
    raised_to: str | None
    evidence: list[str]
    troubles: list[Trouble] = field(default_factory=list)


def visits_of(rows: Iterable[Props], on: dt.date) -> dict[str, list[Visit]]:
    """Inspections by firm up to a day, in time order."""
    found: dict[str, list[Visit]] = defaultdict(list)
    for each in rows:
        day = day_of(each["row"].get("at"))
        if each["uscc"] is not None and day is not None and day <= on:
            found[each["uscc"]].append(_visit(each, day, on))
    return {uscc: sorted(each, key=lambda visit: visit.day) for uscc, each in found.items()}


def _visit(each: Props, day: dt.date, on: dt.date) -> Visit:
    row = each["row"]
    said = row.get("result") or ""
    bad = any(word in said for word in _BAD) and not any(word in said for word in _GOOD)
    before, after = row.get("level_before"), row.get("level_after")
    visit = Visit(each["uscc"], day, bool(row.get("problem")) or bad, None, each["evidence"])
    visit.raised_to = after if after and after != before else None
    visit.troubles = [_trouble(problem, on) for problem in each["problems"]]
    if row.get("problem") and not visit.troubles:
        done = _past(row.get("done_at"), on)
        visit.troubles = [Trouble("", day_of(row.get("deadline")), done, done, done, each["evidence"])]
    visit.bad = visit.bad or bool(visit.troubles)
    return visit


def _trouble(row: Props, on: dt.date) -> Trouble:
    due = day_of(row.get("first_due_at")) or day_of(row.get("due_at"))
    done, checked, closed = (_past(row.get(name), on) for name in ("done_at", "checked_at", "closed_at"))
    return Trouble(row["problem_id"], due, done, checked, closed, list(row.get("evidence") or ()))


def _past(at: int | None, on: dt.date) -> dt.date | None:
    day = day_of(at)
    return day if day is not None and day <= on else None


def overdue(trouble: Trouble, on: dt.date) -> bool:
    """Whether a problem is open beyond its first deadline."""
    return trouble.closed is None and trouble.due is not None and trouble.due < on


def plan(
    book: PrecursorBook, law: Law, visits: Mapping[str, Sequence[Visit]], found: Sequence[Fault]
) -> dict[str, FirmInspections]:
    """Every firm that deals with scheduled chemicals, with its place in the order to look at."""
    dealt, worst_class = _dealt(book, law)
    against: dict[str, list[Fault]] = defaultdict(list)
    for fault in found:
        against[fault.company].append(fault)
    told = {
        uscc: _firm(book, uscc, visits.get(uscc, ()), against[uscc], worst_class[uscc], dealt[uscc])
        for uscc in dealt
    }
    order = sorted(told, key=lambda uscc: (-told[uscc]["risk"], uscc))
    for rank, uscc in enumerate(order, 1):
        told[uscc]["rank"], told[uscc]["of"] = rank, len(order)
    return {uscc: told[uscc] for uscc in order}


def _dealt(book: PrecursorBook, law: Law) -> tuple[dict[str, int], dict[str, int]]:
    """Milligrams of scheduled chemicals each firm bought and sold in the last year, and the gravest class of all."""
    dealt: dict[str, int] = defaultdict(int)
    classes: dict[str, int] = {}
    for each in book.deliveries:
        row, day = each.rows[0], bought_on(each)
        cls = law.class_on(row.chemical, day)
        if cls is None:
            continue
        for uscc in (row.buyer, row.seller):
            if uscc is not None and uscc in book.firms:
                dealt[uscc] += each.milligrams if book.on - day <= YEAR else 0
                classes[uscc] = min(cls, classes.get(uscc, cls))
    return dealt, classes


def _firm(
    book: PrecursorBook, uscc: str, visits: Sequence[Visit], found: Sequence[Fault], cls: int, dealt: int
) -> FirmInspections:
    troubles = [trouble for visit in visits for trouble in visit.troubles]
    closed = [trouble for trouble in troubles if trouble.closed is not None]
    in_time = [each for each in closed if each.due is None or each.closed is None or each.closed <= each.due]
    last = visits[-1].day if visits else None
    since = (book.on - last).days if last else NEVER
    recent = sum(visit.bad and book.on - visit.day <= YEAR for visit in visits)
    findings = 1 + recent + len(found)
    now = next((visit.raised_to for visit in reversed(visits) if visit.raised_to), book.firms[uscc].level)
    late = [trouble for trouble in troubles if overdue(trouble, book.on)]
    why = _why(visits, found, late, book.on)
    return {
        "visits": len(visits),
        "with_finding": sum(visit.bad for visit in visits),
        "problems": len(troubles),
        "closed": len(closed),
        "closed_on_time": len(in_time),
        "overdue": len(late),
        "last": last.isoformat() if last else None,
        "days_since": since,
        "risk": round((4 - cls) * max(dealt / TONNE, 0.001) * findings * max(since, 1), 3),
        "rank": 0,
        "of": 0,
        "level": {"now": now, "proposed": bool(why), "why": why},
    }


def _why(
    visits: Sequence[Visit], found: Sequence[Fault], late: Sequence[Trouble], on: dt.date
) -> list[Reason]:
    """Why the level should be raised; nothing where it was raised after the last of these things."""
    raised = max((visit.day for visit in visits if visit.raised_to), default=dt.date.min)
    grave = [each for each in found if each.kind in GRAVE and (each.last or on) > raised]
    bad = [visit for visit in visits if visit.bad and raised < visit.day and on - visit.day <= YEAR]
    open_late = [each for each in late if each.due is not None and each.due > raised]
    why = []
    if grave:
        rows = [row for each in grave for row in each.evidence[:3]]
        words = (f"有 {len(grave)} 项核查发现待查", f"{len(grave)} findings of the checks are open")
        why.append(reason(LEVEL, words, rows, float(len(grave)), 1.0, "findings"))
    if len(bad) > 1:
        rows = [row for visit in bad for row in visit.evidence]
        words = (f"一年内 {len(bad)} 次检查发现问题", f"{len(bad)} inspections of the year found problems")
        why.append(reason(LEVEL, words, rows, float(len(bad)), 2.0, "visits"))
    if open_late:
        rows = [row for each in open_late for row in each.evidence]
        words = (f"{len(open_late)} 个问题逾期未销号", f"{len(open_late)} problems are overdue")
        why.append(reason(LEVEL, words, rows, float(len(open_late)), 1.0, "problems"))
    return why
