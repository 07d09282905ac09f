"""What is to be asked about the data of precursors: gaps, contradictions, problems past their date, who is due next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from backend.contract.district.chemicals import FirmInspections
from backend.contract.district.common import Finding
from backend.district.chemicals.controllers import Controllers
from backend.district.chemicals.equipment import HANDED_ON
from backend.district.chemicals.filing import held, licensed, register_known, sales_by_class
from backend.district.chemicals.inspections import Visit, overdue
from backend.district.chemicals.law import Law
from backend.district.chemicals.litres import in_litres
from backend.district.chemicals.model import PrecursorBook, bought_on, first_said
from backend.district.chemicals.permits import normal

NEXT = 20
"""How many firms the plan names as next."""


def findings(
    book: PrecursorBook,
    law: Law,
    visits: Mapping[str, Sequence[Visit]],
    planned: Mapping[str, FirmInspections],
) -> list[Finding]:
    """Everything ``check`` tells, none of it an offence."""
    groups = Controllers(book, law)
    return [
        *_deliveries(book, law, groups),
        *_papers_to_see(book, law),
        *_register(book, law, groups),
        *_stock(book),
        *_equipment(book),
        *_problems(book, visits),
        *_planned(planned),
    ]


def _finding(code: str, key: str, zh: str, en: str, evidence: Iterable[str]) -> Finding:
    return {"code": code, "id": key, "zh": zh, "en": en, "evidence": list(dict.fromkeys(evidence))}


def _deliveries(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Finding]:
    silent: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, list[str]] = defaultdict(list)
    inner: dict[str, list[str]] = defaultdict(list)
    for each in book.deliveries:
        row = each.rows[0]
        if each.one_sided and row.direction in ("购", "销") and row.seller is not None:
            other = row.seller if row.direction == "购" else row.buyer
            if other in book.firms:
                silent[other] += each.evidence
        number = normal(first_said(each, "permit"))
        if number and book.permits and number not in book.permits:
            numbers[number] += each.evidence
        if row.buyer != row.seller and not number and groups.within(each):
            inner[row.buyer] += each.evidence
        if in_litres(each, law):
            words = (
                "双方数量之比等于密度，一方可能写的是升",
                "The quantities differ by the density: one side may mean litres",
            )
            yield _finding("litres", row.buyer, *words, each.evidence)
    for uscc, rows in sorted(silent.items()):
        zh, en = (
            f"对方已申报、本单位未申报的购销 {len(rows)} 笔",
            f"{len(rows)} deliveries only the other side reports",
        )
        yield _finding("one_sided", uscc, zh, en, rows)
    for number, rows in sorted(numbers.items()):
        yield _finding(
            "unknown_certificate",
            number,
            "许可备案表中无此证号",
            "No table of certificates has this number",
            rows,
        )
    for uscc, rows in sorted(inner.items()):
        words = "同一控制人企业间调拨，未写证号", "Goods within one group without a certificate's number"
        yield _finding("group_transfer", uscc, *words, rows)


def _papers_to_see(book: PrecursorBook, law: Law) -> Iterator[Finding]:
    """What is lawful on a paper no table holds: the card of a hospital, the manifest of hazardous waste."""
    cards: dict[str, list[str]] = defaultdict(list)
    waste: dict[str, list[str]] = defaultdict(list)
    for each in book.deliveries:
        row = each.rows[0]
        if each.disposed:
            waste[str(row.seller)] += each.evidence
            continue
        firm = book.firms.get(row.buyer)
        bare = firm is not None and not normal(first_said(each, "permit"))
        if firm and bare and law.needs_no_permit(row.chemical, firm.name, bought_on(each)):
            cards[row.buyer] += each.evidence
    for uscc, rows in sorted(cards.items()):
        words = (
            "医疗机构购买药品类品种，无须许可证，应核对印鉴卡",
            "A hospital's medicines need no permit; see its seal card",
        )
        yield _finding("seal_card", uscc, *words, rows)
    for uscc, rows in sorted(waste.items()):
        words = "作为危险废物移交，应核对转移联单", "Handed over as hazardous waste; see the manifest"
        yield _finding("waste_manifest", uscc, *words, rows)


def _register(book: PrecursorBook, law: Law, groups: Controllers) -> Iterator[Finding]:
    licences = held(book, dealing=True)
    for cls, sales in sorted(sales_by_class(book, law, groups).items()):
        bad = [key for key, found in sales.items() if not licensed(licences.get(key, []), found, cls)]
        if bad and not register_known(licences, len(bad), len(sales), law):
            zh = f"第 {cls} 类销售的经营许可登记不全：{len(bad)}/{len(sales)} 无许可，未据此认定"
            en = f"The register of licences to deal in class {cls} is not whole: {len(bad)} of {len(sales)} lack one"
            yield _finding("register_gap", f"class-{cls}", zh, en, ())
    for permit in book.permits.values():
        if permit.first and permit.last and permit.last < permit.first:
            words = "有效期止早于有效期起", "Valid until before valid from"
            yield _finding("validity_reversed", permit.number, *words, permit.evidence)


def _stock(book: PrecursorBook) -> Iterator[Finding]:
    days: dict[tuple[str, str], int] = defaultdict(int)
    for count in book.counts:
        days[count.uscc, count.chemical] += not count.estimated
        if count.estimated:
            words = "盘点为估算，未用于平衡", "The count is an estimate and closes no balance"
            yield _finding("estimated_count", count.uscc, *words, [count.evidence])
    for (uscc, chemical), n in sorted(days.items()):
        if n == 1:
            zh, en = (
                f"{chemical} 只有一次盘点，无法核对",
                f"{chemical} was counted once: no balance can be drawn",
            )
            yield _finding(
                "single_count", uscc, zh, en, [c.evidence for c in book.counts if c.uscc == uscc][:1]
            )


def _equipment(book: PrecursorBook) -> Iterator[Finding]:
    for each in book.machines:
        if each.since is None and any(word in each.status for word in HANDED_ON):
            words = "出租或转让未写日期", "Let or handed on without a date"
            yield _finding("equipment_without_date", each.number, *words, each.evidence)


def _problems(book: PrecursorBook, visits: Mapping[str, Sequence[Visit]]) -> Iterator[Finding]:
    for uscc, found in sorted(visits.items()):
        for trouble in (trouble for visit in found for trouble in visit.troubles):
            key = trouble.number or uscc
            if overdue(trouble, book.on):
                words = "问题逾期未销号（自首次期限起算）", "The problem is open beyond its first deadline"
                yield _finding("problem_overdue", key, *words, trouble.evidence)
            if trouble.done is not None and trouble.checked is None:
                words = "已整改，未复查", "Put right, not checked again"
                yield _finding("problem_unchecked", key, *words, trouble.evidence)
            dates = [day for day in (trouble.done, trouble.checked, trouble.closed) if day is not None]
            if dates != sorted(dates):
                words = "日期先后颠倒", "Dates in the wrong order"
                yield _finding("dates_out_of_order", key, *words, trouble.evidence)


def _planned(planned: Mapping[str, FirmInspections]) -> Iterator[Finding]:
    for uscc, each in planned.items():
        if each["level"]["proposed"]:
            rows = [row for why in each["level"]["why"] for row in why["evidence"]]
            zh, en = (
                "建议提级，待人工确认（检查 提级后）",
                "The rule proposes a higher level; a person decides",
            )
            yield _finding("level_proposed", uscc, zh, en, rows)
    for uscc, each in list(planned.items())[:NEXT]:
        known = each["last"] is not None
        zh_last = f"距上次检查 {each['days_since']} 天" if known else "无检查记录"
        en_last = f"last inspected {each['days_since']} days ago" if known else "no inspection on record"
        zh = f"检查计划第 {each['rank']} 位：风险 {each['risk']:,.1f}，{zh_last}"
        en = f"Place {each['rank']} of the inspection plan: risk {each['risk']:,.1f}, {en_last}"
        yield _finding("inspect_next", uscc, zh, en, ())
