"""Precursors and equipment: a finding, and the inspections of its firm."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field

from backend.contract.base import Period, Shape, Words
from backend.contract.district.common import Envelope, Item, Reason

FaultKind = Literal["balance", "permit", "split", "path", "unfiled", "unlicensed", "equipment"]
OffenceTier = Literal["较重", "严重", "特别严重"]


class FirmLevel(Shape):
    """The level of a firm, and whether a rule proposes to raise it; a person confirms by 提级后 of an inspection."""

    now: str | None
    proposed: bool
    why: list[Reason]


class FirmInspections(Shape):
    """How a firm was inspected and what became of the problems; risk = class × tonnes × findings × days since."""

    visits: int
    with_finding: int
    problems: int
    closed: int
    closed_on_time: int
    overdue: int
    last: str | None
    days_since: int
    risk: float
    rank: int
    of: int
    level: FirmLevel


class ChemicalItem(Period, Item):
    """A finding; masses in whole milligrams. ``limit_mg`` is that of the span ``from`` to ``to``."""

    kind: FaultKind
    company: Annotated[str, Field(description="USCC of a firm of the table 企业")]
    chemical: str | None
    mg: Annotated[int, Field(description="Missing (below zero: over), bought, sold or resold")]
    sigma_mg: int
    limit_mg: int
    path: Annotated[
        list[str], Field(description="Firms in the order the goods went, or firms under one controller")
    ]
    tier: OffenceTier | None
    tier_reason: Annotated[Words, Field(description="Why this tier, or why none")]
    precursor_class: Literal[1, 2, 3] | None
    inspections: NotRequired[Annotated[FirmInspections, Field(description="Only of one finding shown")]]


class Chemicals(Envelope):
    """Findings, the gravest first."""

    items: list[ChemicalItem]
