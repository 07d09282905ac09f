"""Patterns of more than one hop: fan-in and fan-out, layers down and up, money that comes back."""

from __future__ import annotations

from backend.analysis.arrays.clock import DAY
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.calls.book import by
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow, newest
from backend.analysis.suites.money.book import MoneyBook, Payment, TracePayment, with_time

MIDDLE_ACCOUNTS = whole_parameter("suites.money.middle_accounts")
DEEP = whole_parameter("suites.money.deep")


def patterns(book: MoneyBook, preset: Preset) -> TableFound:
    """#10: fan-in, fan-out, gather-scatter, scatter-gather and stacks around each target.

    Fans are counted in windows of ``gather_days``; scatter-gather and stacks are read off the trace.
    """
    rows = _fans(book, preset) + _between(book, preset)
    rows.sort(key=lambda row: (row["what"], -row["fen"], row["target"], row["first"]))
    return TableFound(rows, truncated=book.truncated or book.trace_truncated)


def _fans(book: MoneyBook, preset: Preset) -> list[TableRow]:
    many = int(preset["many_parties"])
    rows: list[TableRow] = []
    known = [p for p in with_time(book.outside()) if not p.platform]
    for (target, currency), payments in by(known, "target", "currency").items():
        windows: dict[int, list[Payment]] = {}
        for payment in payments:
            windows.setdefault(int(payment.at // (preset["gather_days"] * DAY)), []).append(payment)
        for mine in windows.values():
            payers = sorted({p.other for p in mine if not p.out})
            payees = sorted({p.other for p in mine if p.out})
            what = _named(len(payers) >= many, len(payees) >= many)
            if what:
                rows.append(
                    {
                        "what": what,
                        "target": target,
                        "currency": currency,
                        "payers": payers,
                        "payees": payees,
                        "middle": [],
                        "fen": sum(p.fen for p in mine),
                        "first": mine[0].at,
                        "last": mine[-1].at,
                        "n": len(mine),
                        "evidence": newest(mine),
                    }
                )
    return rows


def _named(fan_in: bool, fan_out: bool) -> str | None:
    if fan_in and fan_out:
        return "gather_scatter"
    return "fan_in" if fan_in else "fan_out" if fan_out else None


def _between(book: MoneyBook, preset: Preset) -> list[TableRow]:
    """What leaves a target through several and meets again (scatter-gather), or goes on in layers (stack)."""
    rows: list[TableRow] = []
    down = [each for each in book.reached if each.direction == "down"]
    for target, some in by(down, "target").items():
        meets: dict[str, list[tuple[TracePayment, ...]]] = {}
        for each in some:
            if len(each.path) == 2 and each.path[-1].target != target:
                meets.setdefault(each.path[-1].target, []).append(each.path)
        for end, paths in meets.items():
            middle = sorted({path[0].target for path in paths})
            if len(middle) >= MIDDLE_ACCOUNTS:
                rows.append(_structure("scatter_gather", target, [end], middle, paths))
        deep = [each.path for each in some if len(each.path) >= DEEP]
        layers = [sorted({path[n].target for path in deep}) for n in range(2)] if deep else []
        if layers and min(len(layer) for layer in layers) >= 2:
            ends = sorted({path[-1].target for path in deep})
            rows.append(_structure("stack", target, ends, layers[0], deep))
    return rows


def _structure(
    what: str, target: str, ends: list[str], middle: list[str], paths: list[tuple[TracePayment, ...]]
) -> TableRow:
    steps = sorted({step for path in paths for step in path}, key=lambda step: (step.at, step))
    return {
        "what": what,
        "target": target,
        "currency": steps[0].currency,
        "payers": [target],
        "payees": ends,
        "middle": middle,
        "fen": sum({path[0]: path[0].fen for path in paths}.values()),
        "first": steps[0].at,
        "last": steps[-1].at,
        "n": len(steps),
        "evidence": newest(steps),
    }


def layers(book: MoneyBook, preset: Preset) -> TableFound:
    """#11: where the money went and came from, N layers, later never before earlier; each hop with its rows."""
    rows: list[TableRow] = []
    for each in book.reached:
        path = each.path
        order = path if each.direction == "down" else path[::-1]
        rows.append(
            {
                "target": each.target,
                "direction": each.direction,
                "layer": each.layer,
                "end": path[-1].target if each.direction == "down" else path[-1].source,
                "currency": path[0].currency,
                "via": [step.target for step in order[:-1]],
                "fen": order[0].fen,
                "end_fen": order[-1].fen,
                "first": order[0].at,
                "last": order[-1].at,
                "n": len(path),
                "evidence": newest(path),
            }
        )
    rows.sort(key=lambda row: (row["target"], row["direction"], row["layer"], -row["end_fen"], row["end"]))
    return TableFound(rows, truncated=book.trace_truncated)


def round_trips(book: MoneyBook, preset: Preset) -> TableFound:
    """#12: money that came back to the target within days, and how much of it."""
    rows: list[TableRow] = [
        {
            "target": each.target,
            "returned": round(each.returned, 4),
            "length": len(each.path),
            "currency": each.path[0].currency,
            "via": [step.target for step in each.path[:-1]],
            "fen": each.path[0].fen,
            "end_fen": each.path[-1].fen,
            "first": each.path[0].at,
            "last": each.path[-1].at,
            "n": len(each.path),
            "evidence": newest(each.path),
        }
        for each in book.rounds
    ]
    rows.sort(key=lambda row: (row["target"], -row["end_fen"], row["first"], row["length"]))
    return TableFound(rows, truncated=book.trace_truncated)
