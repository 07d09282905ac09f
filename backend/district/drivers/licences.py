"""The register of licences with dates both ways: lost for drugs, restored, and who may not drive on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.district.days import day_of
from graph_schema.beijing import moment
from graph_schema.store import Props

_HARMLESS = re.compile("中毒|病毒|消毒|禁毒(?!法)|禁毒法[法律规治》]*(?:宣传|学习|培训|知识)")
_DENIED = re.compile(
    "(?:非(?!法)|未(?!戒)|无(?!证)|不|排除)[^，。；,;]{0,4}(?:毒|精神药品|麻醉药品)[^，。；,;]*|毒[^，。；,;]{0,8}(?:检测|检|检验)[^，。；,;]{0,4}阴性?|毒检[^，。；,;]{0,4}阴性?"
)
_TAKEN_BACK = re.compile(
    "误录|误登|误报|错录|录入错误|登记错误|(?:^|[，。；,;（(])已更正|"
    "(?:(?<![证可车])登记|录入|记录|认定|处罚决定|注销决定|吊销决定)(?:[^，。；,;证照可]{0,4}[误错][，,]?)?[现均后]?已(?:更正|撤销)"
)
"""A mistake put right: 已更正 by itself, 已撤销 only of an entry or decision, for a licence is 撤销 as well."""
_NORMAL = ("正常",)
_LOWERED = ("降级", "降低准驾", "最高准驾")
"""Only the highest class is gone: he may drive what is left, and which class that is no row says."""


@dataclass(frozen=True)
class Loss:
    """A licence lost for drugs and not restored by the day asked for."""

    licence_class: str | None
    state: str | None
    lost_at: int
    reason: str
    evidence: tuple[str, ...]

    def after(self, at: int) -> bool:
        """Whether a moment lies after the loss. Where only a day is known, the day itself tells nothing."""
        day = day_of(self.lost_at)
        if moment(self.lost_at).time() != dt.time():
            return at > self.lost_at
        seen = day_of(at)
        return day is not None and seen is not None and seen > day


def for_drugs(reason: str | None, words: Sequence[str]) -> bool:
    """Whether a reason says drugs: alcohol poisoning, a negative test, a mistake taken back and a denial do not."""
    if _TAKEN_BACK.search(reason or ""):
        return False
    said = _DENIED.sub("", _HARMLESS.sub("", reason or ""))
    return any(word in said for word in words)


def loss_in_force(entries: Sequence[Props], on: dt.date, words: Sequence[str]) -> Loss | None:
    """The latest loss for drugs that still holds on a day; None where it was restored, or the rows contradict."""
    losses = [each for each in entries if _lost(each, on) and for_drugs(_why(each), words)]
    if not losses or contradicted(entries, on):
        return None
    last = max(losses, key=lambda each: (each["lost_at"], each.get("licence_class") or ""))
    if _restored(entries, last["lost_at"], on):
        return None
    return Loss(
        last.get("licence_class"),
        last.get("state"),
        last["lost_at"],
        _why(last),
        tuple(sorted(row for each in losses for row in each.get("evidence") or ())),
    )


def contradicted(entries: Sequence[Props], on: dt.date) -> bool:
    """Whether a row says the licence is in order and no date tells since when: nobody is blamed on that."""
    lost = [each["lost_at"] for each in entries if _lost(each, on)]
    return bool(lost) and any(
        each.get("state") in _NORMAL
        and each.get("restored_at") is None
        and (each.get("lost_at") is None or _lost(each, on))
        for each in entries
    )


def next_from(loss: Loss, released: dt.date | None, years: float) -> dt.date:
    """First day he may apply again: so many years after the loss, or after release where that is later."""
    last = max(filter(None, (day_of(loss.lost_at), released)))
    try:
        return last.replace(year=last.year + int(years))
    except ValueError:  # 29 February
        return dt.date(last.year + int(years), 3, 1)


def _why(entry: Props) -> str:
    """The reason; where none is written, a state like 涉毒注销 tells it."""
    return str(entry.get("reason") or entry.get("state") or "")


def _lost(entry: Props, on: dt.date) -> bool:
    day = day_of(entry.get("lost_at"))
    lowered = any(word in (entry.get("state") or "") for word in _LOWERED)
    return day is not None and day <= on and not lowered


def _restored(entries: Sequence[Props], lost_at: int, on: dt.date) -> bool:
    days = [day_of(each.get("restored_at")) for each in entries if (each.get("restored_at") or 0) >= lost_at]
    return any(day is not None and day <= on for day in days)
