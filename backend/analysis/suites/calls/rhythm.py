"""When the targets talk: first and last calls, hours, silences, and calls passed on within minutes."""

from __future__ import annotations

import itertools
import statistics
from bisect import bisect_left, bisect_right

from backend.analysis.arrays.clock import DAY, HOUR, MINUTE
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.calls.book import Call, CallBook, Talk, by, day, hour, span, weekday
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import Figure, TableFound, TableRow, newest

FIRST_HOUR = whole_parameter("suites.calls.first_hour")
SILENCE_GAPS = whole_parameter("suites.calls.silence_gaps")
SILENCE_DAYS = whole_parameter("suites.calls.silence_days") * DAY


def _exact(book: CallBook) -> list[Talk]:
    return [talk for talk in book.plain() if talk.exact and talk.at >= 0]


def first_last(book: CallBook, preset: Preset) -> TableFound:
    """#5: with whom the day begins and ends, and when each relation began and stopped."""
    rows: list[TableRow] = []
    for target, talks in by(_exact(book), "target").items():
        opening: dict[str, int] = {}
        closing: dict[str, int] = {}
        days: dict[int, list[Talk]] = {}
        for talk in talks:
            days.setdefault(day(talk.at - FIRST_HOUR * HOUR), []).append(talk)
        for some in days.values():
            some.sort(key=lambda talk: (talk.at, talk.other))
            opening[some[0].other] = opening.get(some[0].other, 0) + 1
            closing[some[-1].other] = closing.get(some[-1].other, 0) + 1
        for other, mine in by(talks, "other").items():
            first, last = span(mine)
            rows.append(
                {
                    "target": target,
                    "other": other,
                    "opening": opening.get(other, 0),
                    "closing": closing.get(other, 0),
                    "days": len(days),
                    "n": len(mine),
                    "first": first,
                    "last": last,
                    "evidence": newest(mine),
                }
            )
    rows.sort(key=lambda row: (-(row["opening"] + row["closing"]), -row["n"], row["target"], row["other"]))
    return TableFound(rows)


def hours(book: CallBook, preset: Preset) -> TableFound:
    """#6: calls by hour and weekday; the share between midnight and six."""
    rows: list[TableRow] = []
    figures = []
    for target, talks in by(_exact(book), "target").items():
        cells: dict[tuple[int, int], list[Talk]] = {}
        for talk in talks:
            cells.setdefault((weekday(talk.at), hour(talk.at)), []).append(talk)
        for (week, at), some in sorted(cells.items()):
            rows.append(
                {"target": target, "weekday": week + 1, "hour": at, "n": len(some), "evidence": newest(some)}
            )
        small = sum(hour(talk.at) < preset["small_hours_to"] for talk in talks)
        figures.append(Figure(f"{target}: 00-06", round(small / len(talks), 4), "none"))
    return TableFound(rows, figures=tuple(figures))


def silences(book: CallBook, preset: Preset) -> TableFound:
    """#12: gaps beyond mean + 3 sigma, and whether contacts fell silent with them or an arrest came before."""
    rows: list[TableRow] = []
    for target, talks in by(_exact(book), "target").items():
        ordered = sorted(talks, key=lambda talk: (talk.at, talk.other))
        gaps = [b.at - a.at for a, b in itertools.pairwise(ordered)]
        if len(gaps) < SILENCE_GAPS:
            continue
        bound = max(statistics.mean(gaps) + preset["gap_sigma"] * statistics.pstdev(gaps), DAY)
        last_of = {other: max(talk.at for talk in mine) for other, mine in by(talks, "other").items()}
        for before, after, gap in zip(ordered, ordered[1:], gaps, strict=False):
            if gap <= bound:
                continue
            ended = sorted(other for other, at in last_of.items() if abs(at - before.at) <= SILENCE_DAYS)
            near = [
                f"{case}"
                for _, at, case in book.arrests
                if -preset["gap_arrest_days"] * DAY <= before.at - at <= preset["gap_arrest_days"] * DAY
            ]
            rows.append(
                {
                    "target": target,
                    "from": before.at,
                    "to": after.at,
                    "days": round(gap / DAY, 1),
                    "ended": ended,
                    "arrests": sorted(set(near)),
                    "n": 2,
                    "evidence": newest([before, after]),
                }
            )
    rows.sort(key=lambda row: (-row["days"], row["target"], row["from"]))
    return TableFound(rows)


def relays(book: CallBook, preset: Preset) -> TableFound:
    """#13: A calls B and within minutes B calls C, on several days."""
    window = int(preset["relay_minutes"] * MINUTE)
    out = {
        caller: sorted(calls, key=lambda call: (call.at, call.called))
        for caller, calls in by((c for c in book.calls if c.at >= 0), "caller").items()
    }
    times = {caller: [call.at for call in calls] for caller, calls in out.items()}
    found: dict[tuple[str, str, str], list[tuple[int, Call, Call]]] = {}
    for call in book.calls:
        if call.at < 0 or call.called not in out:
            continue
        low = bisect_right(times[call.called], call.at)
        high = bisect_left(times[call.called], call.at + window + 1)
        for on in out[call.called][low:high]:
            if on.called not in (call.caller, call.called):
                found.setdefault((call.caller, call.called, on.called), []).append((day(call.at), call, on))
    rows: list[TableRow] = []
    for (a, b, c), hits in found.items():
        days = {hit[0] for hit in hits}
        touches = {a, b, c} & set(book.targets)
        if len(days) >= preset["relay_days"] and touches:
            events = [each for _, one, two in hits for each in (one, two)]
            first, last = span(events)
            rows.append(
                {
                    "a": a,
                    "b": b,
                    "c": c,
                    "n": len(hits),
                    "days": len(days),
                    "first": first,
                    "last": last,
                    "evidence": newest(events),
                }
            )
    rows.sort(key=lambda row: (-row["days"], -row["n"], row["a"], row["b"], row["c"]))
    return TableFound(rows)
