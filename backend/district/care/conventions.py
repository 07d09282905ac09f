"""The conventions of care as the rule files give them: each can be changed by the site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from backend.contract.district.common import Rule
from backend.district.rules import RuleRow, Rules, rules

EVERY = "全部"
YES = "是"


@dataclass(frozen=True)
class Conventions:
    """The rule files care rests on, as of a day."""

    care: Rules
    schedule: Rules
    scores: Rules
    cut_offs: Rules

    @classmethod
    def read(cls) -> Conventions:
        """The site's files, else the shipped examples. Raises ``RuleError``."""
        return cls(rules("care_rules"), rules("test_schedule"), rules("risk_scores"), rules("cut_offs"))

    def said(self) -> list[Rule]:
        """The rules as an answer names them."""
        return [each.said() for each in (self.care, self.schedule, self.scores, self.cut_offs)]

    def row(self, rule: str, applies: str, on: dt.date) -> RuleRow | None:
        """The row of a convention that holds on a day."""
        found = [
            each for each in self.care.on(on) if (each.text("rule"), each.text("applies")) == (rule, applies)
        ]
        return found[-1] if found else None

    def text(self, rule: str, applies: str, on: dt.date) -> str:
        """What a convention says on a day; empty where it says nothing."""
        row = self.row(rule, applies, on)
        return row.text("value") if row else ""

    def number(self, rule: str, applies: str, on: dt.date) -> int | None:
        """A convention that is a whole number; None where there is none."""
        text = self.text(rule, applies, on)
        return int(text) if text.isdigit() else None

    def yes(self, rule: str, applies: str, on: dt.date) -> bool:
        """A convention that is yes or no."""
        return self.text(rule, applies, on) == YES
