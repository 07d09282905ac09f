"""Overview of the targets' money, and with whom: top parties, both ways, own accounts."""

from __future__ import annotations

from backend.analysis.suites.calls.book import by, span
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import Figure, TableFound, TableRow, flag, newest
from backend.analysis.suites.money.book import MoneyBook, Payment


def sums(payments: list[Payment]) -> TableRow:
    """Count, sums in and out, first, last and rows of some payments in one currency."""
    first, last = span(payments)
    return {
        "n": len(payments),
        "in_n": sum(not p.out for p in payments),
        "out_n": sum(p.out for p in payments),
        "in_fen": sum(p.fen for p in payments if not p.out),
        "out_fen": sum(p.fen for p in payments if p.out),
        "first": first,
        "last": last,
        "evidence": newest(payments),
    }


def overview(book: MoneyBook, preset: Preset) -> TableFound:
    """#1: counts, sums, span, and how nearly in and out balance; each currency by itself."""
    rows, figures = [], []
    for (target, currency), payments in by(book.outside(), "target", "currency").items():
        row = {"target": target, "currency": currency, **sums(payments)}
        total = row["in_fen"] + row["out_fen"]
        balance = abs(row["in_fen"] - row["out_fen"]) / total if total else 1.0
        said = flag(balance, preset["balance_abnormal"], preset["balance_high"], below=True)
        rows.append({**row, "balance": round(balance, 4), "flag": said})
        figures.append(
            Figure(
                f"{target} {currency}",
                round(balance, 4),
                said,
                preset["balance_abnormal"],
                preset["balance_high"],
            )
        )
    return TableFound(rows, figures=tuple(figures))


def top(book: MoneyBook, preset: Preset) -> TableFound:
    """#2: counterparties by direction with count, sum, mean, share; how much the first three have together."""
    rows: list[TableRow] = []
    figures = []
    for (target, currency, out), payments in by(book.outside(), "target", "currency", "out").items():
        total = sum(p.fen for p in payments) or 1
        found = []
        for other, mine in by(payments, "other").items():
            first, last = span(mine)
            fen = sum(p.fen for p in mine)
            found.append(
                {
                    "target": target,
                    "other": other,
                    "direction": "out" if out else "in",
                    "currency": currency,
                    "n": len(mine),
                    "fen": fen,
                    "mean": fen // len(mine),
                    "share": round(fen / total, 4),
                    "platform": mine[0].platform,
                    "first": first,
                    "last": last,
                    "evidence": newest(mine),
                }
            )
        found.sort(key=lambda row: (-row["fen"], row["other"]))
        rows += found
        three = sum(row["fen"] for row in found[:3]) / total
        figures.append(
            Figure(
                f"{target} {currency} {'out' if out else 'in'} TOP3",
                round(three, 4),
                flag(three, preset["top3_abnormal"], preset["top3_high"]),
                preset["top3_abnormal"],
                preset["top3_high"],
            )
        )
    return TableFound(rows, figures=tuple(figures))


def two_way(book: MoneyBook, preset: Preset) -> TableFound:
    """#3: who both pays and is paid; the same name on several accounts; the target's own transfers."""
    rows: list[TableRow] = []
    for (target, currency, other), payments in by(book.outside(), "target", "currency", "other").items():
        row = sums(payments)
        if row["in_n"] and row["out_n"] and not payments[0].platform:
            rows.append({"what": "two_way", "target": target, "other": other, "currency": currency, **row})
    named = [p for p in book.outside() if p.name and not p.platform]
    for (target, currency, name), payments in by(named, "target", "currency", "name").items():
        accounts = sorted({p.account for p in payments})
        if len(accounts) > 1:
            rows.append(
                {
                    "what": "same_name",
                    "target": target,
                    "other": name,
                    "accounts": accounts,
                    "currency": currency,
                    **sums(payments),
                }
            )
    own = [p for p in book.payments if p.own_transfer]
    for (target, currency, account), payments in by(own, "target", "currency", "account").items():
        rows.append(
            {"what": "own", "target": target, "other": account, "currency": currency, **sums(payments)}
        )
    rows.sort(key=lambda row: (row["what"], -row["in_fen"] - row["out_fen"], row["target"], row["other"]))
    return TableFound(rows)
