"""The numbers of waste-water warning and the excretion factors, as the rule files give them on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from backend.contract.district.common import Rule
from backend.district.rule_tables import FILES
from backend.district.rules import SHIPPED, RuleRow, read, rules
from graph_schema.errors import InputError
from graph_schema.language import Text


@dataclass(frozen=True)
class DrugFactor:
    """How much of a drug a biomarker stands for: mass ratio, and the share of a dose excreted as it."""

    drug: str
    mass_ratio: float
    low: float
    high: float
    source: str

    @property
    def value(self) -> float:
        """Drug used per load of the biomarker, nothing lost in the sewer."""
        return self.mass_ratio / ((self.low + self.high) / 2)


@dataclass(frozen=True)
class Settings:
    """What a rule file says on a day; ``rules`` names the files."""

    numbers: dict[str, float]
    factors: dict[str, DrugFactor]
    warning: Rule
    excretion: Rule

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]

    @property
    def rules(self) -> list[Rule]:
        """Both files as an answer names them."""
        return [self.warning, self.excretion]


def settings(day: dt.date) -> Settings:
    """The settings and factors that hold on a day. Raises ``RuleError``, ``InputError`` for one that is missing."""
    warning, excretion = rules("wastewater"), rules("excretion")
    numbers = {row.text("setting"): row.number("value") or 0.0 for row in warning.on(day)}
    lacking = sorted({row.text("setting") for row in _shipped()} - numbers.keys())
    if lacking:
        names = "、".join(lacking)
        raise InputError(
            Text(
                f"污水预警参数缺少：{names}", f"the settings of waste-water warning lack {', '.join(lacking)}"
            )
        )
    factors = {row.text("biomarker"): factor for row in excretion.on(day) if (factor := _factor(row))}
    return Settings(numbers, factors, warning.said(), excretion.said())


def _shipped() -> tuple[RuleRow, ...]:
    return read(SHIPPED / "wastewater.csv", FILES["wastewater"], site=False).rows


def _factor(row: RuleRow) -> DrugFactor | None:
    """None where only an upper bound is known: then the load is told, never the use."""
    low, share, high = (row.number(name) for name in ("share_low", "share", "share_high"))
    if share is not None:
        low, high = low or share, high or share
    ratio = row.number("mass_ratio")
    if low is None or high is None or not ratio:
        return None
    return DrugFactor(row.text("drug"), ratio, low, high, row.source)
