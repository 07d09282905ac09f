"""The class a table of points proposes: factors, what would lower each, and what nobody knows yet.

A proposal and nothing more: a person confirms it with a reason. Where somebody comes from is no factor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from backend.contract.district.care import CareClass, Factor
from backend.district.care.conventions import Conventions
from backend.district.care.regimes import Spell
from backend.district.care.told import COMMUNITY, FOLLOWED, ISOLATION
from backend.district.rules import RuleRow, Rules
from graph_schema.language import Text

_CLEAN = ("不满一年", "一年至两年", "两年至三年")
_TREATMENTS = (COMMUNITY, ISOLATION, "自愿戒毒")
_UNKNOWN = ("精神障碍", "就业")
_LOWER: dict[str, Text] = {
    "拒绝报到": Text("到社区报到", "He reports"),
    "严重违反协议": Text("本次措施期满，其间不再拒检", "The regime ends without a further refusal"),
    "精神障碍": Text("医院证明病情稳定", "A hospital certifies that he is stable"),
    "戒毒次数": Text("不会降低", "Nothing lowers it"),
    "戒断时限": Text("继续保持，未再发现吸毒", "He stays clean"),
    "就业": Text("就业", "He finds work"),
    "漏检": Text("本次措施期内按期检测", "He keeps the days of his tests; those missed stay"),
}
_SAID = {
    "拒绝报到": Text("逾期未报到", "Has not reported in time"),
    "严重违反协议": Text("严重违反协议", "Seriously broke the agreement"),
    "精神障碍": Text("精神障碍", "Mental disorder"),
    "戒毒次数": Text("戒毒次数", "Times in treatment"),
    "戒断时限": Text("戒断时限", "Time clean"),
    "就业": Text("就业", "Work"),
    "漏检": Text("漏检", "Missed tests"),
}
_LEVELS = {
    "是": "yes",
    "三次以上": "three or more",
    "两次": "two",
    "不满一年": "under a year",
    "一年至两年": "one to two years",
    "两年至三年": "two to three years",
    "无业": "none",
    "一次": "one",
    "两次以上": "two or more",
}


def factor_named(factor: str) -> Text:
    """A factor as answers name it; one the site added by the name it has there."""
    return _SAID.get(factor, Text(factor, factor))


@dataclass(frozen=True)
class ClassGrounds:
    """What is known of a person for his class."""

    refused_to_report: bool
    refusals: int
    treatments: int
    years_clean: int | None
    next_year: dt.date | None
    missed: int


def treatments(known: Sequence[Spell]) -> int:
    """Times in treatment; recovery in the community follows one and is none of its own."""
    return sum(each.row.kind in _TREATMENTS for each in known)


def late_to_report(spell: Spell, conventions: Conventions, on: dt.date) -> bool:
    """Whether he should have reported and has not; not where the regime was lifted meanwhile."""
    if spell.row.kind not in FOLLOWED or spell.starts is not None or spell.ends is not None:
        return False
    days = conventions.number("报到期限天数", spell.row.kind, spell.row.decided)
    return days is not None and spell.row.decided + dt.timedelta(days=days) < on


def proposed(
    told: ClassGrounds, conventions: Conventions, on: dt.date
) -> tuple[CareClass | None, list[Factor], float]:
    """The class by the table of a day, its factors with their points, and the sum. None where the table has no classes."""
    held = [
        factor
        for name, level in _levels(told, conventions, on)
        if (factor := _row(conventions.scores, name, level, on))
    ]
    total = sum(row.number("points") or 0.0 for row in held)
    shown = [_factor(row, told) for row in held]
    classes = sorted(
        (
            (row.number("points") or 0.0, row.text("level"))
            for row in conventions.scores.on(on)
            if row.text("factor") == "分级"
        ),
        reverse=True,
    )
    for least, name in classes:
        if total >= least and name in ("A", "B", "C"):
            return name, shown, total  # type: ignore[return-value]  # one of the three by the line above
    return None, shown, total


def unknown(conventions: Conventions, on: dt.date) -> list[str]:
    """Factors of the table that no column tells: to be asked, never guessed."""
    named = {row.text("factor") for row in conventions.scores.on(on)}
    return [each for each in _UNKNOWN if each in named]


def _levels(told: ClassGrounds, conventions: Conventions, on: dt.date) -> list[tuple[str, str]]:
    serious = conventions.number("拒检次数", "严重违反协议", on)
    levels: list[tuple[str, str]] = []
    if told.refused_to_report:
        levels.append(("拒绝报到", "是"))
    if serious is not None and told.refusals >= serious:
        levels.append(("严重违反协议", "是"))
    if told.treatments >= 2:
        levels.append(("戒毒次数", "两次" if told.treatments == 2 else "三次以上"))
    if told.years_clean is not None and told.years_clean < len(_CLEAN):
        levels.append(("戒断时限", _CLEAN[told.years_clean]))
    if told.missed:
        levels.append(("漏检", "一次" if told.missed == 1 else "两次以上"))
    return levels


def _row(scores: Rules, factor: str, level: str, on: dt.date) -> RuleRow | None:
    rows = [row for row in scores.on(on) if (row.text("factor"), row.text("level")) == (factor, level)]
    return rows[-1] if rows else None


def _factor(row: RuleRow, told: ClassGrounds) -> Factor:
    name, level = row.text("factor"), row.text("level")
    said, lower = _SAID[name], _LOWER[name]
    falls = told.next_year.isoformat() if name == "戒断时限" and told.next_year else None
    return {
        "factor": name,
        "level": level,
        "points": row.number("points") or 0.0,
        "zh": f"{said.zh}：{level}",
        "en": f"{said.en}: {_LEVELS.get(level, level)}",
        "lower_zh": lower.zh,
        "lower_en": lower.en,
        "falls_on": falls,
    }
