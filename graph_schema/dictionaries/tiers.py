"""Quantity tiers of 刑法 347 and 法释〔2016〕8号, effective-dated; how several substances add up.

Weights are net grams as seized, not by purity. Several substances are added as heroin equivalents,
``mass * 50 / threshold of 数量大``: a proposal of this project; all tables keep the ratio 1:5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph_schema.dictionaries.loader import Entry, load

Tier = Literal["packet", "small", "major", "unknown"]
HEROIN_LARGE_G = 10.0
HEROIN_MAJOR_G = 50.0


@dataclass(frozen=True)
class Rating:
    """A tier with its basis. ``unrated``: substances no rule in force on that day covers."""

    tier: Tier
    heroin_equivalent_g: float
    rules: tuple[Entry, ...]
    unrated: tuple[str, ...]

    def basis(self) -> dict[str, object]:
        """Return the basis as plain data for a report or a ``RATES`` relationship."""
        return {
            "heroin_equivalent_g": round(self.heroin_equivalent_g, 6),
            "rules": [
                {
                    "id": rule.id,
                    "substance": rule.value,
                    "law": rule.extra["law"],
                    "article": rule.extra["article"],
                    "from": rule.valid_from,
                    "large_g": float(rule.extra["large_g"]),
                    "major_g": float(rule.extra["major_g"]),
                }
                for rule in self.rules
            ],
            "unrated": list(self.unrated),
        }


@cache
def rule_for(substance: str, on: dt.date) -> Entry | None:
    """Return the rule for a list entry on a day: its own, else that of the class its name ends with."""
    rows = [entry for entry in load("tiers") if entry.valid_on(on)]
    own = [entry for entry in rows if entry.extra["match"] == "exact" and entry.value == substance]
    group = [entry for entry in rows if entry.extra["match"] == "ends" and substance.endswith(entry.value)]
    return next(iter(sorted(own or group, key=lambda entry: entry.valid_from, reverse=True)), None)


def rate(grams: Mapping[str, float], on: dt.date | None = None) -> Rating:
    """Return the tier of net grams by list entry on a day (today by default).

    Unknown where nothing with a rule was weighed; negative weights count as nothing.
    """
    day = on or dt.date.today()
    rules: dict[str, Entry] = {}
    unrated: list[str] = []
    equivalent = 0.0
    for substance, mass in sorted(grams.items()):
        rule = rule_for(substance, day)
        if rule is None:
            unrated.append(substance)
        elif mass > 0:
            rules[rule.id] = rule
            equivalent += mass * HEROIN_MAJOR_G / float(rule.extra["major_g"])
    # Grams are decimal fractions: 10 g must not fall below 10 by a rounding error of the sum.
    equivalent = round(equivalent, 9)
    tier: Tier = "packet"
    if not rules:
        tier = "unknown"
    elif equivalent >= HEROIN_MAJOR_G:
        tier = "major"
    elif equivalent >= HEROIN_LARGE_G:
        tier = "small"
    return Rating(tier, equivalent, tuple(rules.values()), tuple(unrated))


def tier_of(grams: Mapping[str, float], on: dt.date | None = None, target: bool = False) -> Tier:
    """Return packet (below 数量较大), small, major (from 数量大, or a target case) or unknown."""
    return "major" if target else rate(grams, on).tier
