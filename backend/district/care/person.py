"""One person in care as of a day: everything the item, the figures and the checks are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.contract.district.care import CareClass, Factor
from backend.district.care import classes, use
from backend.district.care.campaigns import answers
from backend.district.care.conventions import Conventions
from backend.district.care.due import DoneDuty, Due, answered, scheduled, unannounced
from backend.district.care.regimes import Spell, spells
from backend.district.care.results import reported
from backend.district.care.told import FOLLOWED, ISOLATION, CareRecord, DrugTest
from backend.district.days import DateSpan


@dataclass(frozen=True)
class InCare:
    """One person as of a day; ``level`` is what a person confirmed, else what is proposed."""

    told: CareRecord
    spells: tuple[Spell, ...]
    uses: tuple[use.UseFound, ...]
    dues: tuple[Due, ...]
    refused: tuple[DrugTest, ...]
    unannounced: tuple[int, int]
    exit_on: dt.date | None
    gone: str | None
    counted: bool
    sealed: bool
    proposed: CareClass | None
    confirmed: CareClass | None
    factors: tuple[Factor, ...]
    points: float
    missed: tuple[Due, ...]

    @property
    def level(self) -> CareClass | None:
        return self.confirmed or self.proposed

    @property
    def followed(self) -> Spell | None:
        """The regime in the community that runs, where one does."""
        return next((each for each in reversed(self.spells) if each.row.kind in FOLLOWED), None)


def in_care(
    told: CareRecord, conventions: Conventions, on: dt.date, confirmed: CareClass | None = None
) -> InCare:
    """A person as of a day."""
    known = spells(told.regimes, conventions, on)
    uses = use.found(told, known, conventions, on)
    last = uses[-1].day if uses else None
    exit_on = use.exit_day(last, known, conventions, on)
    gone = use.gone(told, on)
    counted = gone is None and (exit_on is None or on < exit_on)
    near = conventions.number("视同完成天数", "检测", on) or 0
    tests, extra = _tests(told, known, conventions, on, near)
    running = [each for each in known if each.row.kind in FOLLOWED and each.runs(on)]
    missed = [due for due in tests if due.missed(on, near) and _during(due.on, running)]
    refused = [
        test
        for test in told.tests
        if reported(test) == "refused"
        and (day := test.at or test.due)
        and day <= on
        and _during(day, running)
    ]
    years, following = use.clean_years(last, known, conventions, on) if last else (None, None)
    facts = classes.ClassGrounds(
        refused_to_report=any(classes.late_to_report(each, conventions, on) for each in known),
        refusals=len(refused),
        treatments=classes.treatments(known),
        years_clean=years,
        next_year=following,
        missed=len(missed),
    )
    level, factors, points = classes.proposed(facts, conventions, on) if counted else (None, [], 0.0)
    visits = _visits(told, running, confirmed or level, conventions, on)
    late = [due for due in visits if due.missed(on, conventions.number("视同完成天数", "走访", on) or 0)]
    return InCare(
        told, tuple(known), tuple(uses), (*tests, *visits), tuple(refused), extra, exit_on, gone, counted,
        use.sealed(told, uses, conventions, on), level, confirmed, tuple(factors), points,
        (*missed, *(due for due in late if _during(due.on, running))),
    )  # fmt: skip


def _during(day: dt.date, running: Iterable[Spell]) -> bool:
    return any(each.runs(day) for each in running)


def _tests(
    told: CareRecord, known: Sequence[Spell], conventions: Conventions, on: dt.date, near: int
) -> tuple[list[Due], tuple[int, int]]:
    """Tests due, and how many unannounced ones were done of those the running regime asks for."""
    lists = [test for test in told.tests if test.campaign]
    own = [
        test
        for test in told.tests
        if not test.campaign and not any(line.due is not None and answers(test, line, near) for line in lists)
    ]
    done = [
        DoneDuty(test.at, test.due, test.evidence)
        for test in own
        if test.at is not None and test.at <= on and reported(test) in ("positive", "negative")
    ]
    open_days = [(test.due, test.evidence) for test in own if test.due is not None]
    away: list[DateSpan] = [
        (each.starts, each.ends)
        for each in known
        if each.row.kind == ISOLATION and each.starts is not None and each.ends is not None
    ]
    days = [day for each in known for day in scheduled(each, conventions.schedule, away)]
    dues = answered("test", days, open_days, done, near)
    taken = {row for due in dues for row in due.evidence}
    running = [each for each in known if each.row.kind in FOLLOWED and each.runs(on)]
    free = [act for act in done if not taken.intersection(act.evidence) and _during(act.day, running)]
    return dues, (len(free), sum(unannounced(each, conventions.schedule) for each in running))


def _visits(
    told: CareRecord, running: Sequence[Spell], level: CareClass | None, conventions: Conventions, on: dt.date
) -> list[Due]:
    """Visits due: as planned; without a plan the next one by the interval of the class, after the last one."""
    near = conventions.number("视同完成天数", "走访", on) or 0
    planned = [(each.due, each.evidence) for each in told.visits if each.due is not None]
    done = [
        DoneDuty(each.at, each.due, each.evidence)
        for each in told.visits
        if each.at is not None and each.at <= on
    ]
    days: list[dt.date] = []
    every = conventions.number("走访间隔天数", level or "", on)
    if running and not planned and every is not None:
        starts = max(each.starts for each in running if each.starts is not None)
        days = [max([starts, *(act.day for act in done)]) + dt.timedelta(days=every)]
    return answered("visit", days, planned, done, near)
