"""From findings to items of the list: tier, order, what speaks against it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from backend.contract.district.chemicals import ChemicalItem
from backend.contract.district.common import Reason
from backend.district.chemicals.law import KG, Law, LawRating
from backend.district.chemicals.model import Fault, PrecursorBook, reason

TIER_RULE = "precursor-tier@1"
_TIERS = ("较重", "严重", "特别严重")
_PAPER = frozenset({"permit", "unfiled", "unlicensed"})
_GOODS = frozenset({"balance", "permit", "split", "path", "unfiled", "unlicensed"})
_UNRATED = LawRating(None, "不涉及数量", "no quantity is at issue")


def identity(fault: Fault) -> str:
    """The id of a finding: the same as long as it is about the same thing, however its figures change."""
    about = "|".join((fault.kind, fault.company, fault.chemical or "", fault.mark, ">".join(fault.path)))
    return f"C-{hashlib.sha256(about.encode()).hexdigest()[:12]}"


def item(fault: Fault, book: PrecursorBook, law: Law) -> ChemicalItem:
    """One finding; its rank is given when the list is put in order."""
    rating, at_stake = _UNRATED, fault.mg if fault.at_stake is None else fault.at_stake
    day = fault.last or book.on
    if fault.chemical is not None and fault.kind in _GOODS:
        rating = law.rate(fault.chemical, at_stake, day)
    cls = law.class_on(fault.chemical, day) if fault.chemical is not None else None
    paper, half = _genuine(fault, book), _half(fault, rating, at_stake)
    return {
        "id": identity(fault),
        "rank": 0,
        "score": _score(fault, rating, at_stake),
        "subjects": [
            {"label": "Company", "id": uscc, "name": book.firms[uscc].name if uscc in book.firms else None}
            for uscc in dict.fromkeys((fault.company, *fault.path))
        ],
        "reasons": fault.reasons,
        "against": [*fault.against, *paper],
        "missing": [*fault.missing, *half],
        "review": None,
        "evidence": fault.evidence,
        "from": fault.first.isoformat() if fault.first else None,
        "to": fault.last.isoformat() if fault.last else None,
        "kind": fault.kind,
        "company": fault.company,
        "chemical": fault.chemical,
        "mg": fault.mg,
        "sigma_mg": fault.sigma_mg,
        "limit_mg": fault.limit_mg,
        "path": list(fault.path),
        "tier": rating.tier,
        "tier_reason": {"zh": rating.zh, "en": rating.en},
        "precursor_class": 1 if cls == 1 else 2 if cls == 2 else 3 if cls == 3 else None,
    }


def _score(fault: Fault, rating: LawRating, at_stake: int) -> float:
    """Ten for each step of the tier; then how many times the limit, or the least quantity of a tier, was passed."""
    step = _TIERS.index(rating.tier) + 1 if rating.tier else 0
    base = fault.limit_mg or rating.low_mg or 1000 * KG
    return round(10 * step + min(9.99, max(abs(fault.mg), at_stake) / base), 3)


def _genuine(fault: Fault, book: PrecursorBook) -> list[Reason]:
    """Where only the paper is missing and the use is lawful, it is no crime (法释〔2016〕8号第 7 条末款)."""
    if fault.kind not in _PAPER:
        return []
    rows = [
        use.evidence
        for use in book.uses
        if use.uscc == fault.company and use.chemical == fault.chemical and use.way == "used"
    ]
    words = (
        "有领用记录；确用于合法生产，只是手续不全的，不以犯罪论处",
        "withdrawals are recorded; where the use is genuinely lawful and only the paper is missing it is no crime",
    )
    return [reason(TIER_RULE, words, rows[:20])] if rows else []


def _half(fault: Fault, rating: LawRating, at_stake: int) -> list[Reason]:
    """Below the least quantity half of it suffices where a listed circumstance stands: to be asked for."""
    if rating.tier is not None or rating.low_mg is None or at_stake < rating.low_mg / 2:
        return []
    words = (
        "已达数量标准的一半，须查有无前科、二年内行政处罚等法定情形",
        "half of the quantity is reached: ask for a listed circumstance (prior conviction, penalty within two years …)",
    )
    return [reason(TIER_RULE, words, fault.evidence[:3], at_stake / KG, rating.low_mg / 2 / KG, "kg")]


def ranked(items: Sequence[ChemicalItem]) -> list[ChemicalItem]:
    """The gravest first; ranks from 1."""
    ordered = sorted(items, key=lambda each: (-each["score"], each["kind"], each["company"], each["id"]))
    return [{**each, "rank": n} for n, each in enumerate(ordered, start=1)]
