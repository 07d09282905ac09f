"""Answers about precursors and equipment: the findings, one of them, what is to be asked about the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from backend.contract.district.chemicals import ChemicalItem, Chemicals, FirmInspections
from backend.contract.district.common import Checked, Rule
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.chemicals import balance, checks, filing, inspections, items, paths, permits, split
from backend.district.chemicals.equipment import RULE as EQUIPMENT
from backend.district.chemicals.inspections import Visit
from backend.district.chemicals.judging import faults
from backend.district.chemicals.law import Law
from backend.district.chemicals.model import Fault, PrecursorBook
from backend.district.chemicals.reading import TIMEOUT, book_of
from backend.district.reviewed import reviewed
from backend.security.audited import audited
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

FINDING = Text("易制毒发现", "finding about chemicals")
_ACT = "易制毒化学品管理条例"
_OWN: tuple[tuple[str, bool, str], ...] = (
    (balance.RULE, True, "示例：核材料衡算方法，称重不确定度 0.5%，3σ"),
    (permits.RULE, False, f"{_ACT} 14–24"),
    (split.RULE, True, "示例：同一控制人 30 日、365 日合计"),
    (paths.RULE, True, "示例：30 日内转售两次以上且末端无使用"),
    (paths.PLACE, True, "示例：运入地与双方地址均不符"),
    (filing.UNFILED, False, f"{_ACT} 14–17"),
    (filing.UNLICENSED, False, f"{_ACT} 10、13"),
    (EQUIPMENT, True, "山东省禁毒条例 25；浙江未见规定，自愿"),
    (items.TIER_RULE, False, "法释〔2016〕8号 7、8"),
    (inspections.LEVEL, True, "示例：未见发布的分级评分表"),
)


@dataclass(frozen=True)
class AnswerBasis:
    """What one answer rests on."""

    law: Law
    book: PrecursorBook
    found: list[Fault]

    def rules(self) -> list[Rule]:
        """The rules of this noun, its files first."""
        own: list[Rule] = [
            {"id": rule, "example": example, "source": source} for rule, example, source in _OWN
        ]
        return [*self.law.said(), *own]

    def items(self) -> list[ChemicalItem]:
        """All findings as items."""
        return [items.item(fault, self.book, self.law) for fault in self.found]


@audited("chemicals.list")
def chemicals_list(store: Store, viewer: Viewer, asked: Listing) -> Chemicals:
    """All findings, the gravest first; the period bounds their last day, the unit is a park."""
    day = asked_day(store, viewer, asked.on)
    judged = _judged(store, viewer, day)
    kept = [
        each
        for each in judged.items()
        if asked.unit in (None, judged.book.firms[each["company"]].park)
        and asked.within(each["to"] or each["from"])
    ]
    shown, left_out = cut(reviewed(store, viewer, "chemicals", items.ranked(kept)), asked.limit)
    about = envelope(
        store, viewer, "chemicals list", asked.asked(), day, judged.rules(), len(shown), left_out
    )
    return {**about, "items": shown}


@audited("chemicals.show", "item_id")
def chemicals_show(store: Store, viewer: Viewer, item_id: str, *, on: dt.date | None = None) -> Chemicals:
    """One finding with its reasons, and how its firm was inspected. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    judged = _judged(store, viewer, day)
    found = one(reviewed(store, viewer, "chemicals", items.ranked(judged.items())), item_id, FINDING)
    planned = _plan(judged, _visits(store, viewer, day)).get(found["company"])
    shown: ChemicalItem = {**found, "inspections": planned} if planned is not None else found
    asked = plain({"id": item_id, "on": on})
    about = envelope(store, viewer, "chemicals show", asked, day, judged.rules(), 1, 0)
    return {**about, "items": [shown]}


@audited("chemicals.check")
def chemicals_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Rows without their counterpart, unknown certificates, problems past their date, who is to be inspected next."""
    day = asked_day(store, viewer, on)
    judged, visits = _judged(store, viewer, day), _visits(store, viewer, day)
    found = checks.findings(judged.book, judged.law, visits, _plan(judged, visits))
    about = envelope(store, viewer, "chemicals check", plain({"on": on}), day, judged.rules(), len(found), 0)
    return {**about, "items": found}


def _judged(store: Store, viewer: Viewer, day: dt.date) -> AnswerBasis:
    law = Law()
    book = book_of(store, viewer, law, day)
    return AnswerBasis(law, book, list(faults(book, law)))


def _visits(store: Store, viewer: Viewer, day: dt.date) -> dict[str, list[Visit]]:
    return inspections.visits_of(store.read(viewer, "chemicals.inspections", timeout=TIMEOUT), day)


def _plan(judged: AnswerBasis, visits: dict[str, list[Visit]]) -> dict[str, FirmInspections]:
    return inspections.plan(judged.book, judged.law, visits, judged.found)
