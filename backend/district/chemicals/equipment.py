"""Equipment let or handed on and not reported within five working days.

The rule is Shandong's (山东省禁毒条例第 25 条); no such duty was found for Zhejiang, so it is marked as voluntary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from backend.district.chemicals.law import Law
from backend.district.chemicals.model import Fault, Machine, PrecursorBook, Wording, reason
from backend.district.holidays import Holidays

RULE = "equipment-report@1"
HANDED_ON = ("出租", "转让", "出借")
SATURDAY = 5
_RULE_OF: Wording = (
    "此为山东省规定，浙江未见规定，按自愿报告对待",
    "A rule of Shandong, none found for Zhejiang: treated as voluntary",
)
_UNKNOWN: Wording = ("；未计节假日", "; public holidays are not counted")


def handed_on(book: PrecursorBook, law: Law) -> Iterator[Fault]:
    """Findings of equipment whose report is missing or late on the day asked for."""
    days, holidays = int(law.value("report_days")), Holidays(law.holidays)
    for each in book.machines:
        if each.uscc in book.firms and each.since and any(word in each.status for word in HANDED_ON):
            due = working_days_on(each.since, days, holidays)
            late = each.reported > due if each.reported else book.on > due
            if late:
                known = all(map(holidays.knows, (each.since, due)))
                yield _fault(each, due, days, known)


def working_days_on(day: dt.date, days: int, holidays: Holidays) -> dt.date:
    """The day so many working days later; in a year whose holidays are not loaded they count as working days."""
    while days:
        day += dt.timedelta(days=1)
        days -= day.weekday() < SATURDAY and holidays.on(day) is None
    return day


def _fault(each: Machine, due: dt.date, days: int, known: bool) -> Fault:
    said = (
        (f"{each.status}后于 {each.reported} 报告，晚于 {due}", f"reported on {each.reported}, after {due}")
        if each.reported
        else (f"{each.status}后未报告，应于 {due} 前报告", f"not reported, due by {due}")
    )
    words = (
        f"{each.kind}（{each.number}）{said[0]}",
        f"{each.kind} ({each.number}) let or handed on: {said[1]}",
    )
    voluntary = _RULE_OF if known else (_RULE_OF[0] + _UNKNOWN[0], _RULE_OF[1] + _UNKNOWN[1])
    against = [reason(RULE, voluntary, each.evidence)]
    missing = []
    if not each.partners:
        missing.append(reason(RULE, ("未写对方单位", "who received it is not stated"), each.evidence))
    told = reason(RULE, words, each.evidence, None, float(days), "working days")
    return Fault(
        "equipment",
        each.uscc,
        None,
        each.since,
        each.reported,
        0,
        0,
        [told],
        path=each.partners,
        mark=each.number,
        against=against,
        missing=missing,
    )
