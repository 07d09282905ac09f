"""The rule file of the risk net as the rules ask it: thresholds, weights, groups, and how a rule is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from backend.contract.district.common import Rule
from backend.district.rules import RuleRow, Rules, rules

FIRM, PERSON, CLASS, SETTING = "firm", "person", "class", "setting"


@dataclass(frozen=True)
class Net:
    """The rows of the file that hold on a day, by rule."""

    rows: Mapping[str, RuleRow]
    version: str
    example: bool

    def threshold(self, rule: str) -> float:
        return self.rows[rule].number("threshold") or 0.0

    def whole(self, rule: str) -> int:
        return round(self.threshold(rule))

    def weight(self, rule: str) -> float:
        """How many times likelier the fact is where something is wrong (a likelihood ratio, an example)."""
        return self.rows[rule].number("weight") or 0.0

    def group(self, rule: str) -> str:
        return self.rows[rule].text("group")

    def has(self, rule: str) -> bool:
        """Whether the site keeps this rule."""
        return rule in self.rows

    def id(self, rule: str) -> str:
        return f"{rule}@{self.version}"

    def class_weight(self, name: str) -> float:
        """What a class of persons of concern weighs; one that speaks of a region weighs nothing."""
        kinds = {rule: row for rule, row in self.rows.items() if row.text("side") == CLASS}
        if any(not row.number("weight") and rule in name for rule, row in kinds.items()):
            return 0.0
        row = kinds.get(name) or kinds.get("*")
        return (row.number("weight") or 0.0) if row else 0.0

    def said(self) -> list[Rule]:
        """The rules as the envelope names them."""
        return [
            {"id": self.id(rule), "example": self.example, "source": row.source}
            for rule, row in self.rows.items()
            if row.text("side") in (FIRM, PERSON)
        ]


def net_of(file: Rules, on: dt.date) -> Net:
    """The net as it holds on a day."""
    return Net({row.text("rule"): row for row in file.on(on)}, file.version, file.example)


def net_on(on: dt.date) -> Net:
    """The site's risk net, else the shipped example."""
    return net_of(rules("risk_net"), on)
