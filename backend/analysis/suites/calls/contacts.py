"""Who matters to the targets: ranking, common contacts, closeness, direction of calls."""

from __future__ import annotations

import math
from itertools import combinations

from backend.analysis.model.parameters import parameter
from backend.analysis.suites.calls.book import CallBook, Talk, by, dated, day, span
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow, newest


def _pair(target: str, other: str, talks: list[Talk]) -> TableRow:
    first, last = span(talks)
    return {
        "target": target,
        "other": other,
        "numbers": sorted({talk.number for talk in talks}),
        "n": len(talks),
        "out": sum(talk.out for talk in talks),
        "in": sum(not talk.out for talk in talks),
        "messages": sum(talk.message for talk in talks),
        "seconds": sum(talk.seconds for talk in talks),
        "days": len({day(talk.at) for talk in dated(talks)}),
        "first": first,
        "last": last,
        "evidence": newest(talks),
    }


def ranking(book: CallBook, preset: Preset) -> TableFound:
    """#1: who matters to the target, by calls and by duration; service numbers are left out."""
    rows = [
        _pair(target, other, talks) for (target, other), talks in by(book.plain(), "target", "other").items()
    ]
    rows.sort(key=lambda row: (-row["n"], -row["seconds"], row["target"], row["other"]))
    left_out = len(book.talks) - len(book.plain())
    return TableFound(rows, told={"left_out": left_out})


def common(book: CallBook, preset: Preset) -> TableFound:
    """#2: contacts of every combination of two or more targets, each with exactly the targets it belongs to."""
    of: dict[str, dict[str, list[Talk]]] = {}
    for (other, target), talks in by(book.plain(), "other", "target").items():
        if other not in book.targets:
            of.setdefault(other, {})[target] = talks
    rows: list[TableRow] = []
    for other, reached in of.items():
        if len(reached) > 1:
            talks = [talk for some in reached.values() for talk in some]
            first, last = span(talks)
            rows.append(
                {
                    "other": other,
                    "targets": sorted(reached),
                    "size": len(reached),
                    "pairs": len(list(combinations(reached, 2))),
                    "n": len(talks),
                    "first": first,
                    "last": last,
                    "evidence": newest(talks),
                }
            )
    rows.sort(key=lambda row: (-row["size"], -row["n"], row["other"]))
    return TableFound(rows, note=len(book.targets) < 2)


WEIGHTS = {
    "count": parameter("suites.calls.closeness_count"),
    "seconds": parameter("suites.calls.closeness_seconds"),
    "days": parameter("suites.calls.closeness_days"),
    "both_ways": parameter("suites.calls.closeness_both_ways"),
}
"""Weights of closeness: a proposal of the catalogue, no statistic stands behind them."""


def closeness(book: CallBook, preset: Preset) -> TableFound:
    """#7: strength of a relation from calls, duration, days and reciprocity, 0 to 1 for each target."""
    rows: list[TableRow] = []
    for target, talks in by(book.plain(), "target").items():
        pairs = [_pair(target, other, some) for other, some in by(talks, "other").items()]
        most = {
            "count": max(math.log1p(row["n"]) for row in pairs),
            "seconds": max(math.log1p(row["seconds"]) for row in pairs),
            "days": max(row["days"] for row in pairs),
        }
        for row in pairs:
            parts = {
                "count": math.log1p(row["n"]) / most["count"],
                "seconds": math.log1p(row["seconds"]) / (most["seconds"] or 1.0),
                "days": row["days"] / (most["days"] or 1),
                "both_ways": min(row["in"], row["out"]) / max(row["in"], row["out"], 1),
            }
            score = sum(WEIGHTS[name] * value for name, value in parts.items())
            rows.append({**row, "score": round(score, 4)})
    rows.sort(key=lambda row: (row["target"], -row["score"], row["other"]))
    return TableFound(rows, parameters=WEIGHTS)


def direction(book: CallBook, preset: Preset) -> TableFound:
    """#14: pairs in which nearly all calls go one way: the buyer calls the seller, the courier is called."""
    rows: list[TableRow] = []
    for (target, other), talks in by(book.plain(), "target", "other").items():
        row = _pair(target, other, talks)
        share = row["out"] / row["n"]
        one_way = max(share, 1 - share) >= preset["one_way_share"] and row["n"] >= preset["one_way_calls"]
        said = ("calls" if share > 0.5 else "is_called") if one_way else "both"
        rows.append({**row, "share": round(share, 4), "pattern": said})
    rows.sort(key=lambda row: (row["pattern"] == "both", -row["n"], row["target"], row["other"]))
    return TableFound(rows)
