"""Days a person cannot have driven himself: compulsory isolation, and detention that the data hold.

Where an end is not stated the longest the law allows is taken: rather a pass too few than a person named for a car
somebody else drove while he sat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from backend.district.care.use import DEAD, says
from backend.district.days import day_of
from backend.district.drivers.parameters import Parameters
from graph_schema.store import Props

OpenSpan = tuple[dt.date, dt.date | None]
"""First and last day, both included; None: no end known."""
_LOCKED = "强制隔离戒毒"


def custody(regimes: Sequence[Props], involved: Sequence[Props], rule: Parameters) -> list[OpenSpan]:
    """All spans of one person."""
    years = rule.numbers("custody_years")
    spans = [
        _regime(each, years.get(_LOCKED) or 2) for each in regimes if _LOCKED in (each.get("kind") or "")
    ]
    for each in regimes:
        if _LOCKED not in (each.get("kind") or ""):
            spans += suspended(each)
    for each in involved:
        first = day_of(each.get("arrested_at"))
        for measure, days in rule.numbers("custody_days").items():
            if first is not None and measure in (each.get("measure") or ""):
                spans.append((first, None if days is None else first + dt.timedelta(days=int(days) - 1)))
    return sorted(spans, key=lambda span: (span[0], span[1] or dt.date.max))


def suspended(regime: Props) -> list[OpenSpan]:
    """Treatment in the community is suspended while its subject is detained: those days count as custody."""
    starts, ends = regime.get("suspended_from") or (), regime.get("suspended_to") or ()
    spans: list[OpenSpan] = []
    for n, start in enumerate(starts):
        first = day_of(start)
        if first is not None:
            spans.append((first, day_of(ends[n]) if n < len(ends) else None))
    return spans


def released(regimes: Sequence[Props], on: dt.date, rule: Parameters) -> dt.date | None:
    """The last day of compulsory isolation that ended before a day."""
    years = rule.numbers("custody_years").get(_LOCKED) or 2
    ends = [_regime(each, years)[1] for each in regimes if _LOCKED in (each.get("kind") or "")]
    return max((end for end in ends if end is not None and end <= on), default=None)


def inside(spans: Sequence[OpenSpan], day: dt.date) -> bool:
    """Whether a day lies in one of the spans."""
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def _regime(regime: Props, years: float) -> OpenSpan:
    first = day_of(regime["decided_at"])
    assert first is not None, "the table asks for the day of decision"
    ended = day_of(regime.get("ended_at"))
    if ended is not None:
        return first, ended
    try:
        end = first.replace(year=first.year + int(years))
    except ValueError:  # 29 February: the anniversary is 1 March
        end = dt.date(first.year + int(years), 3, 1)
    away = sum((last - start).days + 1 for start, last in suspended(regime) if last is not None)
    return first, end + dt.timedelta(days=away - 1)


def dead(said: Iterable[str | None]) -> bool:
    """Whether any of some texts says that a person is dead: whoever drives his car now, it is not he."""
    return any(says(text or "", DEAD) for text in said)
