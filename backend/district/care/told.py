"""What the tables tell of a person in care, as plain rows: regimes, tests, visits, register entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from backend.district.days import day_of
from graph_schema.store import Props

COMMUNITY, RECOVERY, ISOLATION = "社区戒毒", "社区康复", "强制隔离戒毒"
FOLLOWED = (COMMUNITY, RECOVERY)
"""Regimes in which a person lives at home, is tested and visited."""


@dataclass(frozen=True)
class RegimeRow:
    """One row of 戒毒措施."""

    id: str
    kind: str
    decided: dt.date
    reported: dt.date | None = None
    suspended_from: tuple[dt.date, ...] = ()
    suspended_to: tuple[dt.date, ...] = ()
    ended: dt.date | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrugTest:
    """One row of 检测: due, done, or both; ``campaign`` where it is an entry of 排查名单."""

    id: str
    at: dt.date | None = None
    due: dt.date | None = None
    kind: str = ""
    way: str = ""
    result: str = ""
    post: str = ""
    target: str = ""
    value: float | None = None
    unit: str = ""
    campaign: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitRow:
    """One row of 走访: due, done, or both."""

    id: str
    at: dt.date | None = None
    due: dt.date | None = None
    result: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterEntry:
    """One row of 涉毒人员."""

    found: dt.date | None = None
    status: str = ""
    risk: str = ""
    units: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CareRecord:
    """Everything the tables tell of one resident id."""

    resident_id: str
    names: tuple[str, ...] = ()
    birth: dt.date | None = None
    phones: tuple[str, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()
    regimes: tuple[RegimeRow, ...] = ()
    tests: tuple[DrugTest, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    evidence: tuple[str, ...] = field(default=())

    @property
    def registered(self) -> bool:
        """Whether he stands in the register or under a regime; one only tested or listed is not."""
        return bool(self.entries or self.regimes)


def regime_row(props: Props) -> RegimeRow | None:
    """A row of 戒毒措施; None for one without its day."""
    decided = day_of(props.get("decided_at"))
    if decided is None:
        return None
    return RegimeRow(
        id=props["regime_id"],
        kind=props.get("kind") or "",
        decided=decided,
        reported=day_of(props.get("reported_at")),
        suspended_from=_days(props.get("suspended_from")),
        suspended_to=_days(props.get("suspended_to")),
        ended=day_of(props.get("ended_at")),
        reason=props.get("ended_reason") or "",
        evidence=tuple(props.get("evidence") or ()),
    )


def tested(props: Props) -> DrugTest:
    """A row of 检测 or 排查名单."""
    return DrugTest(
        id=props["test_id"],
        at=day_of(props.get("at")),
        due=day_of(props.get("due_at")),
        kind=props.get("kind") or "",
        way=props.get("way") or "",
        result=props.get("result") or "",
        post=props.get("post") or "",
        target=props.get("target") or "",
        value=props.get("value"),
        unit=props.get("value_unit") or "",
        campaign=props.get("campaign") or "",
        evidence=tuple(props.get("evidence") or ()),
    )


def visit_row(props: Props) -> VisitRow:
    """A row of 走访."""
    return VisitRow(
        id=props["visit_id"],
        at=day_of(props.get("at")),
        due=day_of(props.get("due_at")),
        result=props.get("result") or "",
        evidence=tuple(props.get("evidence") or ()),
    )


def entry(props: Props) -> RegisterEntry:
    """A row of 涉毒人员."""
    units = (props.get("residence_station"), props.get("home_station"), props.get("found_unit"))
    return RegisterEntry(
        found=day_of(props.get("found_at")),
        status=props.get("control_status") or "",
        risk=props.get("risk_level") or "",
        units=tuple(each for each in units if each),
        evidence=(props["evidence"],) if props.get("evidence") else (),
    )


def _days(times: list[int] | None) -> tuple[dt.date, ...]:
    return tuple(day for at in times or () if (day := day_of(at)) is not None)
