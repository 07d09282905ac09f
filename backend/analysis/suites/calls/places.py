"""Where the targets were: cells by night and by day, who travelled with them, meetings in silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from backend.analysis.arrays.clock import DAY, HOUR, MINUTE
from backend.analysis.model.parameters import parameter, whole_parameter
from backend.analysis.suites.calls.book import CallBook, Sighting, by, day, hour
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow, newest

TOP = whole_parameter("suites.calls.top_places")
EXPECTED_LEAST = parameter("suites.calls.expected_least")
QUIET_CALLS = whole_parameter("suites.calls.quiet_calls")
QUIET_TIMES = whole_parameter("suites.calls.quiet_times")


def places(book: CallBook, preset: Preset) -> TableFound:
    """#4: the cells a target is most at, by night (sleep) and by day (work); ``TOP`` of each target."""
    rows: list[TableRow] = []
    for target, seen in by(book.sightings, "person").items():
        cells = []
        for cell, some in by(seen, "cell").items():
            night = sum(
                _between(hour(s.at), preset["night_from"], preset["night_to"]) for s in some if s.at >= 0
            )
            work = sum(
                _between(hour(s.at), preset["work_from"], preset["work_to"]) for s in some if s.at >= 0
            )
            cells.append(
                {
                    "target": target,
                    "cell": cell,
                    "n": len(some),
                    "night": night,
                    "work": work,
                    "days": len({day(s.at) for s in some if s.at >= 0}),
                    "first": min((s.at for s in some if s.at >= 0), default=None),
                    "last": max((s.at for s in some if s.at >= 0), default=None),
                    "evidence": newest(some),
                }
            )
        rows += sorted(cells, key=lambda row: (-row["n"], row["cell"]))[:TOP]
    return TableFound(rows)


def _between(at: int, first: float, last: float) -> bool:
    return first <= at < last if first <= last else at >= first or at < last


Meeting = tuple[Sighting, Sighting]


def meetings(book: CallBook, minutes: float) -> dict[tuple[str, str], list[Meeting]]:
    """Sightings of a target and of somebody else at one cell within ``minutes``, by pair."""
    window = int(minutes * MINUTE)
    at_cell = {
        cell: sorted(some, key=lambda s: (s.at, s.person))
        for cell, some in by((s for s in book.others if s.at >= 0), "cell").items()
    }
    times = {cell: [s.at for s in some] for cell, some in at_cell.items()}
    found: dict[tuple[str, str], list[Meeting]] = {}
    for seen in book.sightings:
        if seen.at < 0 or seen.cell not in at_cell:
            continue
        low = bisect_left(times[seen.cell], seen.at - window)
        high = bisect_right(times[seen.cell], seen.at + window)
        for other in at_cell[seen.cell][low:high]:
            if other.person != seen.person:
                found.setdefault((seen.person, other.person), []).append((seen, other))
    return found


def travel(book: CallBook, preset: Preset) -> TableFound:
    """#10: who is at the same cells at the same times, against what the popularity of those cells explains.

    Expected: had the other been spread over time as cells are used by everybody, how many of the target's
    sightings would have one of his within the window at the same cell.
    """
    rows: list[TableRow] = []
    targets = by(book.sightings, "person")
    hours_all = _active_hours(book)
    for (target, other), pairs in meetings(book, preset["travel_minutes"]).items():
        cells = {seen.cell for seen, _ in pairs}
        days = {day(seen.at) for seen, _ in pairs}
        if len(cells) < preset["travel_cells"] or len(days) < preset["travel_days"]:
            continue
        met = len({seen for seen, _ in pairs})
        rate = book.seen_total.get(other, 0) / hours_all * 2 * preset["travel_minutes"] / 60
        expected = sum(min(rate * book.popularity.get(seen.cell, 0.0), 1.0) for seen in targets[target])
        ratio = met / max(expected, EXPECTED_LEAST)
        both = [each for pair in pairs for each in pair]
        rows.append(
            {
                "target": target,
                "other": other,
                "n": met,
                "cells": len(cells),
                "days": len(days),
                "expected": round(expected, 2),
                "ratio": round(ratio, 2),
                "first": min(seen.at for seen, _ in pairs),
                "last": max(seen.at for seen, _ in pairs),
                "evidence": newest(both),
            }
        )
    rows = [row for row in rows if row["ratio"] >= preset["travel_ratio"]]
    rows.sort(key=lambda row: (-row["ratio"], -row["n"], row["target"], row["other"]))
    return TableFound(rows)


def _active_hours(book: CallBook) -> float:
    times = [s.at for s in (*book.sightings, *book.others) if s.at >= 0]
    return max((max(times) - min(times)) / HOUR, 1.0) if times else 1.0


def quiet_meetings(book: CallBook, preset: Preset) -> TableFound:
    """#11: pairs that talk often, and not while they are at one cell: probably a meeting."""
    talks = by((t for t in book.plain() if t.at >= 0), "target", "other")
    window = int(preset["meeting_minutes"] * MINUTE)
    rows: list[TableRow] = []
    for (target, other), pairs in meetings(book, preset["travel_minutes"]).items():
        mine = sorted(talks.get((target, other), []), key=lambda talk: talk.at)
        if len(mine) < QUIET_CALLS:
            continue
        times = [talk.at for talk in mine]
        quiet = [
            (seen, met)
            for seen, met in pairs
            if bisect_left(times, seen.at - window) == bisect_right(times, seen.at + window)
        ]
        per_day = len(mine) / max((times[-1] - times[0]) / DAY, 1.0)
        expected = per_day * 2 * preset["meeting_minutes"] / 1440
        if len({day(seen.at) for seen, _ in quiet}) >= 2:
            rows.append(
                {
                    "target": target,
                    "other": other,
                    "meetings": len({seen for seen, _ in pairs}),
                    "n": len({seen for seen, _ in quiet}),
                    "usual": round(expected, 3),
                    "times": sorted({seen.at for seen, _ in quiet})[-QUIET_TIMES:],
                    "evidence": newest([each for pair in quiet for each in pair]),
                }
            )
    rows.sort(key=lambda row: (-row["n"], row["target"], row["other"]))
    return TableFound(rows)
