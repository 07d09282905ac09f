"""Money that does not stay: in and quickly out, turnover against balance, gathered and paid on as one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from backend.analysis.arrays.clock import DAY, MINUTE
from backend.analysis.model.parameters import parameter
from backend.analysis.suites.calls.book import by, day, span
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import Figure, TableFound, TableRow, flag, newest
from backend.analysis.suites.money.book import YUAN, MoneyBook, Payment, with_time

GOES_ON_LEAST = parameter("suites.money.goes_on_least")
GOES_ON_MOST = parameter("suites.money.goes_on_most")
ENDLESS = parameter("suites.money.endless_turnover")


def quick(book: MoneyBook, preset: Preset) -> TableFound:
    """#4: (a) a sum that comes in and nearly goes out within minutes; (b) days with much both ways."""
    least = preset["pass_yuan"] * YUAN
    rows: list[TableRow] = []
    figures = []
    for (target, currency), payments in by(with_time(book.outside()), "target", "currency").items():
        rows += _pairs(target, currency, payments, preset)
        days = by_day(payments)
        both = {
            n: some
            for n, some in days.items()
            if min(sum(p.fen for p in some if p.out), sum(p.fen for p in some if not p.out)) > least
        }
        share = len(both) / len(days) if days else 0.0
        said = flag(share, preset["pass_days_abnormal"], preset["pass_days_high"])
        figures.append(
            Figure(
                f"{target} {currency}",
                round(share, 4),
                said,
                preset["pass_days_abnormal"],
                preset["pass_days_high"],
            )
        )
        for some in both.values():
            first, last = span(some)
            rows.append(
                {
                    "what": "day",
                    "target": target,
                    "currency": currency,
                    "in_fen": sum(p.fen for p in some if not p.out),
                    "out_fen": sum(p.fen for p in some if p.out),
                    "first": first,
                    "last": last,
                    "n": len(some),
                    "evidence": newest(some),
                }
            )
    rows.sort(key=lambda row: (row["what"], -row["in_fen"], row["target"], row["first"]))
    return TableFound(rows, figures=tuple(figures))


def by_day(payments: list[Payment]) -> dict[int, list[Payment]]:
    days: dict[int, list[Payment]] = {}
    for payment in payments:
        days.setdefault(day(payment.at), []).append(payment)
    return days


def _pairs(target: str, currency: str, payments: list[Payment], preset: Preset) -> list[TableRow]:
    """Each payment out belongs to one payment in: the latest that fits, each used once."""
    least, window = preset["pass_yuan"] * YUAN, int(preset["pass_minutes"] * MINUTE)
    incoming = [p for p in payments if not p.out and p.exact and p.fen >= least]
    times = [p.at for p in incoming]
    used: set[int] = set()
    rows: list[TableRow] = []
    for out in (p for p in payments if p.out and p.exact and p.fen >= least):
        low, high = bisect_left(times, out.at - window), bisect_right(times, out.at)
        for n in range(high - 1, low - 1, -1):
            credit = incoming[n]
            if n not in used and preset["pass_ratio"] * credit.fen <= out.fen <= credit.fen:
                used.add(n)
                rows.append(
                    {
                        "what": "pair",
                        "target": target,
                        "currency": currency,
                        "from": credit.other,
                        "to": out.other,
                        "in_fen": credit.fen,
                        "out_fen": out.fen,
                        "first": credit.at,
                        "last": out.at,
                        "n": 2,
                        "evidence": newest([credit, out]),
                    }
                )
                break
    return rows


def turnover(book: MoneyBook, preset: Preset) -> TableFound:
    """#7: what went through an account against its mean balance; only accounts whose balance is known."""
    rows: list[TableRow] = []
    figures = []
    for (target, own, currency), payments in by(book.payments, "target", "own", "currency").items():
        known = [p.balance for p in payments if p.balance is not None]
        if not known:
            continue
        mean = sum(known) / len(known)
        through = sum(p.fen for p in payments)
        rate = through / mean if mean > 0 else float(through > 0) * ENDLESS
        said = flag(rate, preset["turnover_abnormal"], preset["turnover_high"])
        first, last = span(payments)
        rows.append(
            {
                "target": target,
                "account": own,
                "currency": currency,
                "through": through,
                "balance": round(mean),
                "rate": round(rate, 1),
                "known": len(known),
                "n": len(payments),
                "flag": said,
                "first": first,
                "last": last,
                "evidence": newest(payments),
            }
        )
        figures.append(
            Figure(own, round(rate, 1), said, preset["turnover_abnormal"], preset["turnover_high"])
        )
    rows.sort(key=lambda row: (-row["rate"], row["account"]))
    return TableFound(rows, figures=tuple(figures))


def gathered(book: MoneyBook, preset: Preset) -> TableFound:
    """#8: many payers and few payees within a window, or few payers and many payees."""
    window = int(preset["gather_days"] * DAY)
    many, few = int(preset["many_parties"]), int(preset["few_parties"])
    rows: list[TableRow] = []
    for (target, currency), payments in by(
        [p for p in with_time(book.outside()) if not p.platform], "target", "currency"
    ).items():
        start, times = 0, [p.at for p in payments]
        while start < len(payments):
            stop = bisect_right(times, times[start] + window)
            some = payments[start:stop]
            payers = {p.other for p in some if not p.out}
            payees = {p.other for p in some if p.out}
            in_fen, out_fen = (sum(p.fen for p in some if p.out is out) for out in (False, True))
            goes_on = in_fen > 0 and GOES_ON_LEAST <= out_fen / in_fen <= GOES_ON_MOST
            what = None
            if len(payers) >= many and 0 < len(payees) <= few:
                what = "gathered"
            elif len(payees) >= many and 0 < len(payers) <= few:
                what = "spread"
            if what and goes_on:
                rows.append(
                    {
                        "what": what,
                        "target": target,
                        "currency": currency,
                        "payers": sorted(payers),
                        "payees": sorted(payees),
                        "in_fen": in_fen,
                        "out_fen": out_fen,
                        "first": some[0].at,
                        "last": some[-1].at,
                        "n": len(some),
                        "evidence": newest(some),
                    }
                )
                start = stop  # windows do not overlap: one finding is told once
            else:
                start += 1
    rows.sort(key=lambda row: (-row["in_fen"], row["target"], row["first"]))
    return TableFound(rows)
