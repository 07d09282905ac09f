"""Scores the risk net against the truth: workshops among the first twenty, beside plain rules on the same facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from backend.contract.district.risk import RiskItem
from backend.district.risk.items import items_of, two_sided
from backend.district.risk.net import Net
from backend.district.risk.persons import Finder, FirmDays
from backend.district.risk.told import District

FIRST = 20


@dataclass(frozen=True)
class RiskScore:
    """Share of the planted workshops among the first twenty: of the net, and of two plain rules."""

    planted: int
    net: float
    own_history_alone: float
    person_alone: float
    false_first: int
    missed: tuple[str, ...]


def score(district: District, net: Net, workshops: Collection[str]) -> RiskScore:
    """The net on a district, beside own history alone and ties to persons of concern alone, at any time."""
    items = items_of(district, net)
    both = [each["uscc"] for each in items if two_sided(each)][:FIRST]
    least = min(FIRST, len(workshops)) or 1
    history = {each["uscc"]: _own_history(each) for each in items}
    finder, always = Finder(district, net), FirmDays(((date.min, district.on),))
    persons = {firm.uscc: float(len(finder.facts(firm, always))) for firm in district.firms}
    return RiskScore(
        planted=len(workshops),
        net=len(set(both) & set(workshops)) / least,
        own_history_alone=_found(history, workshops) / least,
        person_alone=_found(persons, workshops) / least,
        false_first=len(set(both) - set(workshops)),
        missed=tuple(sorted(set(workshops) - set(both))),
    )


def _found(values: Mapping[str, float], workshops: Collection[str]) -> int:
    """Workshops among the first twenty by one value alone; ties by the number of the firm."""
    ordered = sorted((uscc for uscc in values if values[uscc] > 0), key=lambda uscc: (-values[uscc], uscc))
    return len(set(ordered[:FIRST]) & set(workshops))


def _own_history(item: RiskItem) -> float:
    named = (each["value"] or 0.0 for each in item["firm_facts"] if each["rule"].startswith("own_history@"))
    return max(named, default=0.0)
