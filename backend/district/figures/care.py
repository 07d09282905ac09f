"""Lists of care: regimes, tests, visits, relapse. Of the circle of care; nobody else counts them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator

from backend.district.days import day_of, happened
from backend.district.figures.entries import Counted, CountedPeriod, Entry, ThingTest, person
from backend.district.figures.told import FactsAsOf, LinkRow, ThingSeen
from graph_schema.language import Text

NEAR_DAYS = 3
"""A test answers a due day within three days of it (district contract)."""
YEARS_CLEAN = 3


def _legs(facts: FactsAsOf, rel: str) -> Iterator[tuple[LinkRow, ThingSeen]]:
    for leg in facts.legs:
        found = facts.one(leg.end) if leg.rel == rel else None
        if found:
            yield leg, found


def _of(rel: str, field: str, test: ThingTest) -> Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]]:
    """Persons by one of the days of what they were under, tested or visited."""

    def of(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
        ahead = CountedPeriod(span.first, span.last, max(span.on, span.last)) if field == "due_at" else span
        for leg, found in _legs(facts, rel):
            at = found.props.get(field)
            if ahead.holds(at) and test(found, span):
                made = person(
                    leg, at, found.props.get("unit"), (leg.evidence, *found.rows), found.props.get("kind")
                )
                yield made

    return of


def each(
    of: Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]],
) -> Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]]:
    """Every time instead of every person: two tests of one person are two."""

    def by_row(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
        for entry in of(facts, span):
            yield Entry(**{**entry.__dict__, "key": f"{entry.key}/{entry.day}/{entry.evidence[0]}"})

    return by_row


def _positive(test: ThingSeen, _: CountedPeriod) -> bool:
    return "阳" in str(test.props.get("result") or "")


def _tested(test: ThingSeen, _: CountedPeriod) -> bool:
    return bool(test.props.get("result"))


def _in_time(found: ThingSeen, span: CountedPeriod) -> bool:
    due, done = day_of(found.props.get("due_at")), day_of(found.props.get("at"))
    if due is None or done is None or not happened(found.props.get("at"), span.on):
        return False
    return abs((done - due).days) <= NEAR_DAYS


def _kind(word: str) -> ThingTest:
    return lambda found, _: word in str(found.props.get("kind") or "")


def under_control(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Persons under a regime on the first day of the period: ordered before, not lifted before."""
    for leg, regime in _legs(facts, "UNDER"):
        begun, ended = day_of(regime.props.get("decided_at")), day_of(regime.props.get("ended_at"))
        if begun and begun < span.first and (ended is None or ended >= span.first):
            yield person(leg, regime.props["decided_at"], None, (leg.evidence, *regime.rows))


def found_again(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Of these, whoever tested positive or was found using again within the period."""
    controlled = {entry.key: entry for entry in under_control(facts, span)}
    again: dict[str, list[str]] = defaultdict(list)
    for leg, test in _legs(facts, "TESTED"):
        if span.holds(test.props.get("at")) and _positive(test, span):
            again[leg.person] += [leg.evidence, *test.rows]
    for leg in facts.users:
        if span.holds(leg.props.get("found_at")):
            again[leg.person].append(leg.evidence)
    for key, rows in sorted(again.items()):
        if key in controlled:
            old = controlled[key].__dict__
            yield Entry(**{**old, "evidence": tuple(dict.fromkeys((*controlled[key].evidence, *rows)))})


def registered(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Registered users known by the end of the period."""
    until = min(span.last, span.on)
    for leg in facts.users:
        found = day_of(leg.props.get("found_at"))
        if found is not None and found <= until:
            yield person(leg, leg.props["found_at"], leg.props.get("found_unit"), (leg.evidence,))


def clean(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Of these, not found using for three years; not found does not mean not using."""
    until = min(span.last, span.on)
    last: dict[str, dt.date] = {}
    entries: dict[str, Entry] = {}
    for entry in registered(facts, span):
        entries[entry.key] = entry
        last[entry.key] = max(entry.day, last.get(entry.key, entry.day))
    for leg, test in _legs(facts, "TESTED"):
        day = day_of(test.props.get("at"))
        if leg.person in last and day and day <= until and _positive(test, span):
            last[leg.person] = max(day, last[leg.person])
    for key, entry in entries.items():
        if _years_on(last[key]) <= until:
            yield entry


def _years_on(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + YEARS_CLEAN)
    except ValueError:
        return dt.date(day.year + YEARS_CLEAN, 3, 1)


def _care(
    name: str, zh: str, en: str, of: Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]], persons: bool
) -> Counted:
    stock = of in (under_control, found_again, registered, clean)
    return Counted(name, Text(zh, en), of, persons=persons, care=True, stock=stock)


LISTS = (
    _care(
        "强制戒毒人数",
        "强制隔离戒毒，按决定日期",
        "compulsory treatment by the day decided",
        _of("UNDER", "decided_at", _kind("强制")),
        True,
    ),
    _care(
        "社区戒毒人数",
        "社区戒毒，按决定日期",
        "community treatment by the day decided",
        _of("UNDER", "decided_at", _kind("社区戒毒")),
        True,
    ),
    _care(
        "社区康复人数",
        "社区康复，按决定日期",
        "community rehabilitation by the day decided",
        _of("UNDER", "decided_at", _kind("社区康复")),
        True,
    ),
    _care(
        "应检数",
        "检测，按应检日期",
        "tests by the day due",
        each(_of("TESTED", "due_at", lambda *_: True)),
        False,
    ),
    _care(
        "按期完成检测数",
        "其中三日内完成的",
        "of these, done within three days",
        each(_of("TESTED", "due_at", _in_time)),
        False,
    ),
    _care(
        "已检人数",
        "检测，按检测日期，每人一次",
        "persons tested, once each",
        _of("TESTED", "at", _tested),
        True,
    ),
    _care("阳性人数", "其中检出阳性的，每人一次", "of these, positive", _of("TESTED", "at", _positive), True),
    _care(
        "应访数",
        "走访，按应访日期",
        "visits by the day due",
        each(_of("VISITED", "due_at", lambda *_: True)),
        False,
    ),
    _care(
        "按期完成走访数",
        "其中三日内完成的",
        "of these, made within three days",
        each(_of("VISITED", "due_at", _in_time)),
        False,
    ),
    _care("期初在管人数", "期初在管的人员", "persons under a regime at the start", under_control, True),
    _care("再次查获人数", "其中期内再次查获或检出阳性的", "of these, found using again", found_again, True),
    _care("登记在册人数", "期末登记在册的人员", "registered users at the end", registered, True),
    _care("三年未发现复吸人数", "其中三年未发现复吸的", "of these, none found for three years", clean, True),
)
