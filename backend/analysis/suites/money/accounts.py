"""The accounts themselves: dormant and new ones, shared addresses, how they were opened, balances, platforms."""

from __future__ import annotations

from itertools import pairwise

from backend.analysis.arrays.clock import DAY, MINUTE
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.calls.book import by, span
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import ROWS, TableFound, TableRow, newest
from backend.analysis.suites.money.book import MoneyBook, Payment, with_time

OPENING_ROWS = whole_parameter("suites.money.opening_rows")


def dormant(book: MoneyBook, preset: Preset) -> TableFound:
    """#9: accounts used again after a long rest, and several opened or closed within days.

    Dealings with regions are not looked at: origin is a feature of no analysis.
    """
    rows: list[TableRow] = []
    for (target, own), payments in by(with_time(book.payments), "target", "own").items():
        for before, after in pairwise(payments):
            if after.at - before.at >= preset["dormant_days"] * DAY:
                rows.append(
                    {
                        "what": "woken",
                        "target": target,
                        "accounts": [own],
                        "days": round((after.at - before.at) / DAY),
                        "first": before.at,
                        "last": after.at,
                        "n": 2,
                        "evidence": newest([before, after]),
                    }
                )
    for name in ("opened", "closed"):
        dated = sorted((getattr(a, name), a.account) for a in book.accounts if getattr(a, name) is not None)
        groups: list[list[tuple[int, str]]] = []
        for each in dated:
            if groups and each[0] - groups[-1][0][0] <= preset["opened_days"] * DAY:
                groups[-1].append(each)
            else:
                groups.append([each])
        for some in groups:
            if len(some) > 1:
                accounts = [account for _, account in some]
                mine = [p for p in book.payments if p.own.partition(":")[2] in accounts]
                rows.append(
                    {
                        "what": name,
                        "target": next((a.holder for a in book.accounts if a.account == accounts[0]), None),
                        "accounts": accounts,
                        "days": round((some[-1][0] - some[0][0]) / DAY),
                        "first": some[0][0],
                        "last": some[-1][0],
                        "n": len(some),
                        "evidence": newest(mine),
                    }
                )
    return TableFound(rows)


def shared_channels(book: MoneyBook, preset: Preset) -> TableFound:
    """#13: groups of accounts that used one IP or MAC address; addresses of many accounts are public."""
    rows: list[TableRow] = []
    left_out = 0
    for address, some in by(book.sharing, "address").items():
        accounts = sorted({each.account for each in some})
        if len(accounts) > preset["public_ip"]:
            left_out += 1
        elif len(accounts) > 1:
            rows.append(
                {
                    "address": address,
                    "accounts": accounts,
                    "n": sum(each.n for each in some),
                    "first": min((e.first for e in some if e.first is not None), default=None),
                    "last": max((e.last for e in some if e.last is not None), default=None),
                    "evidence": [ref for each in some for ref in each.evidence][:ROWS],
                }
            )
    rows.sort(key=lambda row: (-len(row["accounts"]), row["address"]))
    return TableFound(rows, told={"left_out": left_out})


def openings(book: MoneyBook, preset: Preset) -> TableFound:
    """#14: what accounts of others have in common with the target's: branch and day, phone, address, agent."""
    rows: list[TableRow] = []
    for mine in book.accounts:
        near = [
            each
            for each in book.opened_alike
            if mine.opened is not None
            and each.opened is not None
            and each.branch == mine.branch
            and each.account != mine.account
            and abs(each.opened - mine.opened) <= preset["same_day_opening"] * DAY
        ]
        for each in near:
            paid = [p for p in book.payments if p.own == f"Account:{mine.account}"]
            rows.append(
                {
                    "what": "branch_and_day",
                    "value": mine.branch,
                    "account": mine.account,
                    "other": each.holder,
                    "others": [each.account],
                    "first": min(mine.opened or 0, each.opened or 0),
                    "n": 1,
                    "evidence": newest(paid)[:OPENING_ROWS],
                }
            )
    for (what, value, holder), some in by(book.stated_alike, "what", "value", "holder").items():
        rows.append(
            {
                "what": what,
                "value": value,
                "other": holder,
                "n": len(some),
                "evidence": [ref for each in some for ref in each.evidence][:ROWS],
            }
        )
    rows.sort(key=lambda row: (row["what"], str(row["value"]), str(row["other"])))
    return TableFound(rows)


def balances(book: MoneyBook, preset: Preset) -> TableFound:
    """#16: where a balance does not follow from the one before: rows are missing, or were changed."""
    rows: list[TableRow] = []
    for (target, own, currency), payments in by(book.payments, "target", "own", "currency").items():
        known = [p for p in payments if p.balance is not None and p.exact]
        for before, after in pairwise(known):
            assert before.balance is not None and after.balance is not None
            moved = -after.fen if after.out else after.fen
            if after.at == before.at or before.balance + moved == after.balance:
                continue  # two of one second may stand in either order
            rows.append(
                {
                    "target": target,
                    "account": own,
                    "currency": currency,
                    "first": before.at,
                    "last": after.at,
                    "expected": before.balance + moved,
                    "found": after.balance,
                    "missing": after.balance - before.balance - moved,
                    "n": 2,
                    "evidence": newest([before, after]),
                }
            )
    rows.sort(key=lambda row: (-abs(row["missing"]), row["account"], row["first"]))
    return TableFound(rows)


def platforms(book: MoneyBook, preset: Preset) -> TableFound:
    """#18: payments through a platform: those seen in two systems, and bank legs no wallet leg was found for."""
    window = int(preset["platform_minutes"] * MINUTE)
    rows: list[TableRow] = [
        _leg("joined", payment, payment.other)
        for payment in book.payments
        if len(payment.systems) > 1 and not payment.platform
    ]
    alike = by([p for p in book.payments if not p.platform], "target", "currency", "out", "fen")
    open_legs = by([p for p in book.payments if p.platform], "target", "currency", "out", "fen")
    for key, legs in open_legs.items():
        own = {leg.own for leg in legs}
        near = [p for p in alike.get(key, []) if p.own not in own]
        for leg in legs:
            same = [p for p in near if set(p.common) & set(leg.common)]
            fits = same or [p for p in near if leg.exact and p.exact and abs(p.at - leg.at) <= window]
            proposed = (
                {**_leg("proposed", leg, other.other), "evidence": newest([leg, other])} for other in fits
            )
            rows.extend(proposed if fits else [_leg("unmatched", leg, leg.other)])
    order = {"joined": 0, "proposed": 1, "unmatched": 2}
    rows.sort(key=lambda row: (order[row["what"]], row["at"], row["account"], row["fen"]))
    return TableFound(rows)


def _leg(what: str, payment: Payment, other: str) -> TableRow:
    return {
        "what": what,
        "target": payment.target,
        "account": payment.own,
        "other": other,
        "direction": "out" if payment.out else "in",
        "at": span([payment])[0] or -1,
        "fen": payment.fen,
        "currency": payment.currency,
        "n": 1,
        "evidence": newest([payment]),
    }
