"""What is wrong with the data of care: impossible dates, contradictions, rows that belong to nobody known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from backend.contract.district.common import Finding
from backend.district.care.conventions import Conventions
from backend.district.care.person import InCare
from backend.district.care.results import cut_off, reported, treated, verdict
from backend.district.care.told import FOLLOWED, ISOLATION, CareRecord, DrugTest, RegimeRow
from graph_schema.language import Text

EXTENDED = 366
"""Days an isolation may be extended at most (禁毒法 47)."""
_TOLD: dict[str, Text] = {
    "reported_before_decided": Text("报到早于决定", "Reported before the decision"),
    "ended_before_decided": Text("解除早于决定", "Lifted before the decision"),
    "suspension_ends": Text(
        "中止起止不成对或者颠倒", "Suspensions without their ends, or the wrong way round"
    ),
    "not_reported": Text("逾期未报到", "Not reported in time"),
    "control_after_end": Text("期满之后才解除", "Lifted after the end of the regime"),
    "regimes_overlap": Text("强制隔离戒毒期间另一措施未解除", "A regime was not lifted when isolation began"),
    "kind_unknown": Text("措施种类不在约定中", "A kind of regime the conventions do not know"),
    "result_unknown": Text("检测结果无法识别", "A result nobody can read"),
    "result_against_cut_off": Text("检测结果与阈值不符", "The result contradicts the cut-off of its day"),
    "no_cut_off": Text(
        "没有该目标物的阈值，只按检测结论",
        "No cut-off is known for this target; the result as reported counts",
    ),
    "left_out_as_treated": Text(
        "检测阳性，按处方或维持治疗不计，应核对凭证",
        "A positive test left out for a verified medicine; see its paper",
    ),
    "test_in_future": Text("检测日期晚于查询日", "A test later than the day of this answer"),
    "names_differ": Text("同一身份证号，姓名不同", "One resident id with several names"),
    "status_says_clean": Text(
        "登记为戒断三年，按记录未满三年", "The register says three clean years; the rows say less"
    ),
    "not_registered": Text("有检测或走访，不在册", "Tested or visited for care, not registered"),
}


def findings(
    people: Iterable[InCare], others: Iterable[CareRecord], conventions: Conventions, on: dt.date
) -> list[Finding]:
    """Findings about registered persons, and about ``others`` who have visits and stand in no register."""
    found: list[Finding] = []
    for person in people:
        found += _person(person, conventions, on)
    for told in others:
        found += _left_out(told, conventions, on)
        if told.visits:
            found.append(_finding("not_registered", told.resident_id, told.visits[0].evidence))
    return found


def _person(person: InCare, conventions: Conventions, on: dt.date) -> list[Finding]:
    told, who = person.told, person.told.resident_id
    found = [
        _finding(code, who, row.evidence)
        for row in told.regimes
        for code in _regime(row, person, conventions, on)
    ]
    found += [
        _finding(code, who, test.evidence)
        for test in told.tests
        if (code := _test(test, conventions, on)) is not None
    ]
    found += _left_out(told, conventions, on)
    if len(told.names) > 1:
        found.append(_finding("names_differ", who, told.evidence))
    for entry in told.entries:
        if "三年" in entry.status and person.counted:
            found.append(_finding("status_says_clean", who, entry.evidence))
    return found


def _regime(row: RegimeRow, person: InCare, conventions: Conventions, on: dt.date) -> Iterable[str]:
    if row.reported is not None and row.reported < row.decided:
        yield "reported_before_decided"
    if row.ended is not None and row.ended < row.decided:
        yield "ended_before_decided"
    pairs = list(zip(row.suspended_from, row.suspended_to, strict=False))
    short = len(row.suspended_from) < len(row.suspended_to)
    if short or any(last < first for first, last in pairs):
        yield "suspension_ends"
    if not conventions.text("起算日", row.kind, row.decided) and row.kind != "自愿戒毒":
        yield "kind_unknown"
    spell = next((each for each in person.spells if each.row is row), None)
    if spell is None:
        return
    limit = conventions.number("报到期限天数", row.kind, row.decided)
    if spell.starts is None and spell.ends is None and limit is not None and (on - row.decided).days > limit:
        yield "not_reported"
    if row.ended is not None and spell.lawful_end is not None:
        over = (row.ended - spell.lawful_end).days
        if over > (EXTENDED if row.kind == ISOLATION else 0):
            yield "control_after_end"
    isolated = [each.row.decided for each in person.spells if each.row.kind == ISOLATION]
    if row.kind in FOLLOWED and any(row.decided < day and spell.runs(day) for day in isolated):
        yield "regimes_overlap"


def _test(test: DrugTest, conventions: Conventions, on: dt.date) -> str | None:
    if test.campaign:
        return None
    if test.at is not None and test.at > on:
        return "test_in_future"
    if test.at is not None and test.value is not None:
        if cut_off(test, conventions.cut_offs) is None:
            return "no_cut_off"
        if reported(test) in ("positive", "negative") and verdict(test, conventions.cut_offs) != reported(
            test
        ):
            return "result_against_cut_off"
    return "result_unknown" if test.at is not None and test.result and reported(test) == "invalid" else None


def _left_out(told: CareRecord, conventions: Conventions, on: dt.date) -> list[Finding]:
    """Positive tests that count as no use, in lists of campaigns too: a person sees whether the paper bears it."""
    return [
        _finding("left_out_as_treated", told.resident_id, test.evidence)
        for test in told.tests
        if test.at is not None and test.at <= on and treated(test)
        if verdict(test, conventions.cut_offs) == "positive"
    ]


def _finding(code: str, who: str, rows: Iterable[str]) -> Finding:
    text = _TOLD[code]
    return {"code": code, "zh": text.zh, "en": text.en, "id": who, "evidence": list(dict.fromkeys(rows))}
