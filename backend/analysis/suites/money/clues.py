"""Small clues in memos: parking that names a car, red packets in a group, words of the trade."""

from __future__ import annotations

import re

from backend.analysis.arrays.clock import MINUTE
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow, newest
from backend.analysis.suites.money.book import MoneyBook, Payment

_PLATE = re.compile(r"[\u4e00-\u9fff][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]")
_PARKING = ("停车", "泊车", "通行费", "ETC", "高速")
_PACKET = ("红包",)
_TRAVEL = ("12306", "铁路", "机票", "客运", "酒店", "宾馆", "住宿", "加油", "打车", "出行")
LEAST_IN_MINUTE = whole_parameter("suites.money.packets_a_minute")


def clues(book: MoneyBook, preset: Preset) -> TableFound:
    """#17: parking and tolls with the plate they name, travel and lodging, red packets of one minute."""
    rows: list[TableRow] = []
    for payment in book.payments:
        text = f"{payment.memo} {payment.kind} {payment.name}"
        plate = _PLATE.search(text)
        if plate or any(word in text for word in _PARKING):
            rows.append(_row("parking", payment, plate[0] if plate else ""))
        elif any(word in text for word in _TRAVEL):
            rows.append(_row("travel", payment, ""))
    packets = [
        p for p in book.payments if p.exact and p.at >= 0 and any(w in f"{p.memo} {p.kind}" for w in _PACKET)
    ]
    minutes: dict[tuple[str, int], list[Payment]] = {}
    for payment in packets:
        minutes.setdefault((payment.target, payment.at // MINUTE), []).append(payment)
    for some in minutes.values():
        others = sorted({p.other for p in some})
        if len(others) >= LEAST_IN_MINUTE:
            row = _row("group_packet", some[0], "")
            rows.append({**row, "others": others, "n": len(some), "evidence": newest(some)})
    rows.sort(key=lambda row: (row["what"], row["at"], row["target"], row["fen"]))
    return TableFound(rows)


def _row(what: str, payment: Payment, plate: str) -> TableRow:
    return {
        "what": what,
        "target": payment.target,
        "plate": plate,
        "other": payment.other,
        "at": payment.at,
        "fen": payment.fen,
        "currency": payment.currency,
        "memo": payment.memo,
        "n": 1,
        "evidence": list(payment.evidence),
    }
