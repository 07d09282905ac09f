"""Use as it was found: the last day, the day three clean years are over, who counts, whose record is sealed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.district.care.conventions import EVERY, Conventions
from backend.district.care.dates import anniversary, joined, moved
from backend.district.care.regimes import Spell, custody
from backend.district.care.results import positives
from backend.district.care.told import COMMUNITY, FOLLOWED, ISOLATION, CareRecord

DEAD = ("死亡", "已故", "病故", "去世")
ABROAD = ("出境", "离境", "出国", "境外")
_KIN = re.compile(
    r"(?:父|母|妻|丈夫|配偶|儿|女儿|[其之长次独]子|其女|兄|弟|姐|妹|祖|爷爷|奶奶|外公|外婆|家人|亲人|亲属|家属|室友|邻居|朋友)"
    r"(?:亲|子|近日|最近|刚刚?|已经?|因病|不幸|先后|去年|今年|均|都|于[\d年月日.\-]+)*$"
)
"""What stands before a word that tells of somebody else: 父亲病故, but not 家属反映已死亡."""
VOLUNTARY = "自愿戒毒"


@dataclass(frozen=True)
class UseFound:
    """Use found on a day: by the register, a positive test, or the decision of a regime nothing else explains."""

    day: dt.date
    how: str
    evidence: tuple[str, ...]


def found(told: CareRecord, known: Sequence[Spell], conventions: Conventions, on: dt.date) -> list[UseFound]:
    """Every finding of use up to a day, oldest first."""
    told_days = [
        UseFound(each.found, "register", each.evidence)
        for each in told.entries
        if each.found is not None and each.found <= on
    ]
    told_days += [
        UseFound(test.at, "test", test.evidence)
        for test in positives([test for test in told.tests if not test.campaign], conventions.cut_offs)
        if test.at is not None and test.at <= on
    ]
    inferred = [
        UseFound(spell.row.decided, "decision", spell.row.evidence)
        for spell in known
        if _unexplained(spell, known, told_days, conventions)
    ]
    return sorted((*told_days, *inferred), key=lambda each: (each.day, each.how))


def _unexplained(
    spell: Spell, known: Sequence[Spell], told: Sequence[UseFound], conventions: Conventions
) -> bool:
    """Whether a decision says of use what no row does.

    社区戒毒 and 强制隔离戒毒 are decided for use found shortly before. Isolation decided while another regime ran may
    be for a breach: it says nothing of new use as long as any use is known.
    """
    row = spell.row
    if row.kind not in (COMMUNITY, ISOLATION):
        return False
    before = conventions.number("决定前查获天数", row.kind, row.decided) or 0
    if any(0 <= (row.decided - each.day).days <= before for each in told):
        return False
    breach = any(
        other is not spell and other.row.kind in FOLLOWED and other.runs(row.decided) for other in known
    )
    return not (row.kind == ISOLATION and breach and any(each.day <= row.decided for each in told))


def exit_day(
    last: dt.date | None, known: Sequence[Spell], conventions: Conventions, on: dt.date
) -> dt.date | None:
    """The day the clean years are over: he no longer counts on that day. None where no use is known."""
    months = conventions.number("戒断月数", "现有吸毒人员", on)
    return None if last is None or months is None else clean_on(last, months, known, conventions, on)


def clean_on(
    last: dt.date, months: int, known: Sequence[Spell], conventions: Conventions, on: dt.date
) -> dt.date:
    """The day so many clean months are over. Days in custody are not clean unless the site says so."""
    over = anniversary(last, months)
    if conventions.yes("限制自由计入戒断", EVERY, on):
        return over
    return moved(over, joined(custody(known, conventions, on), last))


def clean_years(
    last: dt.date, known: Sequence[Spell], conventions: Conventions, on: dt.date
) -> tuple[int, dt.date]:
    """Whole clean years by a day, three at most, and the day the next one is over."""
    days = [clean_on(last, 12 * year, known, conventions, on) for year in (1, 2, 3)]
    years = sum(day <= on for day in days)
    return years, days[min(years, 2)]


def gone(told: CareRecord, on: dt.date) -> str | None:
    """``dead`` or ``abroad`` where a row says so; None for one who is here."""
    said = [each.status for each in told.entries]
    said += [row.reason for row in told.regimes if row.ended is not None and row.ended <= on]
    latest = sorted(
        (visit.at, visit.result) for visit in told.visits if visit.at is not None and visit.at <= on
    )
    said += [result for _, result in latest[-1:]]
    if any(says(text, DEAD) for text in said):
        return "dead"
    return "abroad" if any(says(text, ABROAD) for text in said) else None


def says(text: str, words: Sequence[str]) -> bool:
    """Whether a text says one of some words of the person himself, not of his kin."""
    places = (match.start() for word in words for match in re.finditer(word, text))
    return any(not _KIN.search(text[:place]) for place in places)


def sealed(told: CareRecord, uses: Sequence[UseFound], conventions: Conventions, on: dt.date) -> bool:
    """Minors, and administrative records of use as the site seals them. Treatment of one's own will is no record."""
    years = conventions.number("封存", "未成年人", on)
    if years is not None and told.birth is not None and on < anniversary(told.birth, 12 * years):
        return True
    row = conventions.row("封存", "行政违法记录", on)
    if row is None or not (uses or any(each.kind != VOLUNTARY for each in told.regimes) or told.entries):
        return False
    if row.text("value") != "记录日":
        return True
    return any(row.valid_from is None or each.day >= row.valid_from for each in uses)
