"""Persons in care as items of an answer: reasons, what speaks against, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from backend.contract.district.care import CareItem, DueShown, RegimeShown
from backend.contract.district.common import ItemReview, Reason
from backend.district.care.classes import factor_named, late_to_report, unknown
from backend.district.care.conventions import Conventions
from backend.district.care.person import InCare
from backend.district.care.regimes import Spell
from backend.district.care.told import FOLLOWED
from backend.district.reasons import reason
from graph_schema.language import Text

HOW = {
    "register": Text("登记簿", "the register"),
    "test": Text("阳性检测", "a positive test"),
    "decision": Text("戒毒决定", "the decision of a regime"),
}
_GONE = {"dead": Text("已死亡", "Dead"), "abroad": Text("已出境", "Abroad")}
_NO_USE = Text("查获日期不详，无法计算三年期满日", "No day of use is known: the day of exit cannot be told")
_NO_BIRTH = Text(
    "身份证号未核实，是否未成年不详", "The resident id is not verified: whether he is a minor is not known"
)
_SUSPENDED = Text("中止尚未结束，期满日逐日顺延", "A suspension is still open: the end moves day by day")
_CUSTODY = ("羁押", "服刑", "收监", "拘留", "逮捕", "看守所", "监狱")

Question = tuple[Text, Sequence[str], str | None]
"""What is not known, the rows it is about, and the rule that asks (that of care where it is None)."""


def item(
    person: InCare,
    conventions: Conventions,
    on: dt.date,
    within: Callable[[str], bool],
    review: ItemReview | None,
) -> CareItem:
    """One person as of a day; ``within`` says which due days the period asked for has."""
    told = person.told
    reasons = _reasons(person, conventions, on)
    against, missing = _against(person, conventions), _missing(person, conventions, on)
    name = told.names[0] if told.names else None
    rows = [row for each in (*reasons, *against, *missing) for row in each["evidence"]]
    return {
        "id": told.resident_id,
        "rank": 0,
        "score": person.points,
        "subjects": [{"label": "Person", "id": told.resident_id, "name": name}],
        "reasons": reasons,
        "against": against,
        "missing": missing,
        "review": review,
        "evidence": list(dict.fromkeys([*told.evidence, *rows])),
        "person": {
            "id": told.resident_id,
            "name": name,
            "resident_id": told.resident_id,
            "phones": list(told.phones),
            "accounts": [],
        },
        "regimes": [_regime(each) for each in person.spells],
        "class": {
            "proposed": person.proposed,
            "confirmed": person.confirmed,
            "factors": list(person.factors),
        },
        "due": [_due(each.what, each.on, each.done) for each in person.dues if within(each.on.isoformat())],
        "missed": len(person.missed),
        "exit_on": _text(person.exit_on),
        "counted": person.counted,
        "sealed": person.sealed,
    }


def ranked(items: Sequence[CareItem]) -> list[CareItem]:
    """Those who count first, by most missed, then by points; ranks from 1."""
    ordered = sorted(
        items, key=lambda each: (not each["counted"], -each["missed"], -each["score"], each["id"])
    )
    return [{**each, "rank": n} for n, each in enumerate(ordered, start=1)]


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _regime(spell: Spell) -> RegimeShown:
    return {
        "kind": spell.row.kind,
        "starts_on": _text(spell.starts),
        "ends_on": _text(spell.ends),
        "days_suspended": spell.days_suspended,
    }


def _due(what: str, on: dt.date, done: dt.date | None) -> DueShown:
    return {"what": "test" if what == "test" else "visit", "on": on.isoformat(), "done_on": _text(done)}


def _reasons(person: InCare, conventions: Conventions, on: dt.date) -> list[Reason]:
    care, told = conventions.care.id, []
    for what, zh, en in (("test", "漏检", "Tests missed"), ("visit", "漏访", "Visits missed")):
        dues = [due for due in person.missed if due.what == what]
        if dues:
            days = [due.on.isoformat() for due in dues[-3:]]
            text = Text(
                f"{zh} {len(dues)} 次，最近：{'、'.join(days)}",
                f"{en}: {len(dues)}, latest {', '.join(days)}",
            )
            rule = conventions.schedule.id if what == "test" else care
            told.append(_reason(rule, text, len(dues), 0, "", (row for due in dues for row in due.evidence)))
    told += _refusals(person, conventions, on)
    for spell in person.spells:
        if late_to_report(spell, conventions, on):
            day = spell.row.decided.isoformat()
            text = Text(
                f"{spell.row.kind}：{day} 决定，逾期未报到",
                f"{spell.row.kind} decided on {day}, not reported in time",
            )
            told.append(
                _reason(
                    care,
                    text,
                    (on - spell.row.decided).days,
                    _limit(conventions, spell),
                    "d",
                    spell.row.evidence,
                )
            )
    if person.counted and person.uses:
        last = person.uses[-1]
        text = Text(
            f"最近一次查获吸毒：{last.day.isoformat()}（{HOW[last.how].zh}）",
            f"Use last found on {last.day.isoformat()} ({HOW[last.how].en})",
        )
        told.append(_reason(care, text, None, None, "", last.evidence))
    if person.factors:
        listed = "；".join(f"{each['zh']} {each['points']:g} 分" for each in person.factors)
        english = "; ".join(f"{each['en']} {each['points']:g}" for each in person.factors)
        text = Text(f"建议 {person.proposed} 级：{listed}", f"Class {person.proposed} is proposed: {english}")
        told.append(_reason(conventions.scores.id, text, person.points, None, "", ()))
    return told


def _refusals(person: InCare, conventions: Conventions, on: dt.date) -> list[Reason]:
    n = len(person.refused)
    rows = [row for test in person.refused for row in test.evidence]
    for name, zh, en in (
        ("严重违反协议", "属严重违反协议", "a serious breach of the agreement"),
        ("警告", "应予警告", "a warning is due"),
    ):
        least = conventions.number("拒检次数", name, on)
        if least is not None and n >= least:
            text = Text(f"拒绝或者逃避检测 {n} 次，{zh}", f"Refused or evaded {n} tests: {en}")
            return [_reason(conventions.care.id, text, n, least, "", rows)]
    return []


def _limit(conventions: Conventions, spell: Spell) -> int | None:
    return conventions.number("报到期限天数", spell.row.kind, spell.row.decided)


def _against(person: InCare, conventions: Conventions) -> list[Reason]:
    """What speaks against keeping him under control, or against his class."""
    care, told = conventions.care.id, []
    if person.gone:
        told.append(_reason(care, _GONE[person.gone], None, None, "", ()))
    elif not person.counted and person.exit_on is not None:
        day = person.exit_on.isoformat()
        text = Text(
            f"{day} 起不再计入现有吸毒人员，不再动态管控",
            f"From {day} on he no longer counts; control has ended",
        )
        told.append(_reason(care, text, None, None, "", ()))
    for each in person.factors:
        when = f"（{each['falls_on']} 起）" if each["falls_on"] else ""
        since = f" (from {each['falls_on']})" if each["falls_on"] else ""
        text = Text(
            f"{each['zh']}：{each['lower_zh']}即可降低{when}"
            if each["factor"] != "戒毒次数"
            else f"{each['zh']}：{each['lower_zh']}",
            f"{each['en']}, lowered when: {each['lower_en']}{since}",
        )
        told.append(_reason(conventions.scores.id, text, each["points"], None, "", ()))
    return told


def _missing(person: InCare, conventions: Conventions, on: dt.date) -> list[Reason]:
    """What nobody has told yet: asked for, never guessed."""
    return [
        _reason(rule or conventions.care.id, text, None, None, "", rows)
        for text, rows, rule in _open_questions(person, conventions, on)
    ]


def _open_questions(person: InCare, conventions: Conventions, on: dt.date) -> Iterator[Question]:
    if not person.uses:
        yield _NO_USE, (), None
    if person.told.birth is None:
        yield _NO_BIRTH, (), None
    for spell in person.spells:
        yield from _of_spell(spell, on)
    for entry in person.told.entries:
        if any(word in entry.status for word in _CUSTODY):
            yield _in_custody(entry.status), entry.evidence, None
    done, least = person.unannounced
    if done < least:
        text = Text(
            f"不定期检测 {done} 次，全程至少 {least} 次",
            f"{done} unannounced tests, at least {least} over the whole regime",
        )
        yield text, (), conventions.schedule.id
    if person.counted:
        for factor in unknown(conventions, on):
            text = Text(
                f"评分因素“{factor}”无数据", f"Nothing is known of the factor {factor_named(factor).en}"
            )
            yield text, (), conventions.scores.id


def _of_spell(spell: Spell, on: dt.date) -> Iterator[Question]:
    if spell.open and spell.runs(on):
        yield _SUSPENDED, spell.row.evidence, None
    if spell.starts is None and spell.row.kind in FOLLOWED and spell.ends is None:
        text = Text(f"{spell.row.kind}未报到，起止日不详", f"{spell.row.kind}: not reported, no start yet")
        yield text, spell.row.evidence, None


def _in_custody(status: str) -> Text:
    return Text(
        f"管控现状为“{status}”，起止日不在表中，未从戒断时间中扣除",
        f"The register says {status} without its days: they are not left out of the clean time",
    )


def _reason(
    rule: str, text: Text, value: float | None, threshold: float | None, unit: str, rows: Iterable[str]
) -> Reason:
    value, threshold = (None if each is None else float(each) for each in (value, threshold))
    return reason(rule, text.zh, text.en, rows, value, threshold, unit)
