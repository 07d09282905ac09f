"""What the sums look like: round amounts and cash."""

from __future__ import annotations

from collections import Counter

from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.calls.book import by
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import Figure, TableFound, TableRow, flag, newest
from backend.analysis.suites.money.book import YUAN, MoneyBook

PRICES = whole_parameter("suites.money.prices")


def round_sums(book: MoneyBook, preset: Preset) -> TableFound:
    """#5: the share of payments that are multiples of the preset's unit, and the commonest sums."""
    unit = int(preset["round_yuan"] * YUAN)
    rows: list[TableRow] = []
    figures = []
    for (target, currency, out), payments in by(book.outside(), "target", "currency", "out").items():
        some = [p for p in payments if p.fen > 0]
        if not some:
            continue
        whole = [p for p in some if p.fen % unit == 0]
        share = len(whole) / len(some)
        direction = "out" if out else "in"
        said = flag(share, preset["round_abnormal"], preset["round_high"])
        name = f"{target} {currency} {direction}"
        figures.append(Figure(name, round(share, 4), said, preset["round_abnormal"], preset["round_high"]))
        for fen, n in sorted(Counter(p.fen for p in whole).items(), key=lambda pair: (-pair[1], pair[0]))[
            :PRICES
        ]:
            rows.append(
                {
                    "target": target,
                    "direction": direction,
                    "currency": currency,
                    "fen": fen,
                    "n": n,
                    "share": round(n / len(some), 4),
                    "payers": len({p.other for p in whole if p.fen == fen}),
                    "evidence": newest(p for p in whole if p.fen == fen),
                }
            )
    return TableFound(rows, figures=tuple(figures))


def cash(book: MoneyBook, preset: Preset) -> TableFound:
    """#6: the share of cash by amount, in and out."""
    rows: list[TableRow] = []
    figures = []
    for (target, currency, out), payments in by(book.outside(), "target", "currency", "out").items():
        paid = [p for p in payments if p.cash]
        total = sum(p.fen for p in payments)
        share = sum(p.fen for p in paid) / total if total else 0.0
        direction = "out" if out else "in"
        said = flag(share, preset["cash_abnormal"], preset["cash_high"])
        figures.append(
            Figure(
                f"{target} {currency} {direction}",
                round(share, 4),
                said,
                preset["cash_abnormal"],
                preset["cash_high"],
            )
        )
        if paid:
            rows.append(
                {
                    "target": target,
                    "direction": direction,
                    "currency": currency,
                    "n": len(paid),
                    "fen": sum(p.fen for p in paid),
                    "share": round(share, 4),
                    "flag": said,
                    "evidence": newest(paid),
                }
            )
    return TableFound(rows, figures=tuple(figures))
