"""Quantity tiers of 刑法 347 and 法释〔2016〕8号, effective-dated; how several substances add up.

Weights are net grams as seized, not by purity. Several substances are added as heroin equivalents,
``mass * 50 / threshold of 数量大``: a proposal of this project; all tables keep the ratio 1:5.

Where the law has no quantity (依托咪酯), the tier stays unknown. Cases still have to be ranked, so the dictionary
``provisional_tiers`` declares example quantities (示例); what comes of them is told apart and is never the tier. A row a site
adds to ``tiers`` takes their place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph_schema.dictionaries.loader import DictionaryEntry, load

Tier = Literal["packet", "small", "major", "unknown"]
HEROIN_LARGE_G = 10.0
HEROIN_MAJOR_G = 50.0


@dataclass(frozen=True)
class Rating:
    """A tier with its basis. ``unrated``: substances no rule in force on that day covers; ``provisional``: the tier to rank by
    where some of these have an example quantity, with all equivalents added up.
    """

    tier: Tier
    heroin_equivalent_g: float
    rules: tuple[DictionaryEntry, ...]
    unrated: tuple[str, ...]
    provisional: Tier | None = None
    provisional_g: float = 0.0
    examples: tuple[DictionaryEntry, ...] = ()

    @property
    def ranking(self) -> Tier:
        """The tier a case is ranked by: that of the law, unless only example quantities cover what was seized."""
        return self.provisional or self.tier

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
            "provisional": self._examples() if self.provisional else None,
        }

    def _examples(self) -> dict[str, object]:
        return {
            "tier": self.provisional,
            "heroin_equivalent_g": round(self.provisional_g, 6),
            "examples": [
                {
                    "id": entry.id,
                    "substance": entry.value,
                    "from": entry.valid_from,
                    "large_g": float(entry.extra["large_g"]),
                    "major_g": float(entry.extra["major_g"]),
                    "note": entry.meaning,
                }
                for entry in self.examples
            ],
        }


@cache
def rule_for(substance: str, on: dt.date, dictionary: str = "tiers") -> DictionaryEntry | None:
    """Return the rule for a list entry on a day: its own, else that of the class its name ends with."""
    rows = [entry for entry in load(dictionary) if entry.valid_on(on)]
    own = [entry for entry in rows if entry.extra["match"] == "exact" and entry.value == substance]
    group = [entry for entry in rows if entry.extra["match"] == "ends" and substance.endswith(entry.value)]
    return next(iter(sorted(own or group, key=lambda entry: entry.valid_from, reverse=True)), None)


def rate(grams: Mapping[str, float], on: dt.date | None = None) -> Rating:
    """Return the tier of net grams by list entry on a day (today by default).

    Unknown where nothing with a rule was weighed; negative weights count as nothing.
    """
    day = on or dt.date.today()
    rules: dict[str, DictionaryEntry] = {}
    examples: dict[str, DictionaryEntry] = {}
    unrated: list[str] = []
    equivalent = guessed = 0.0
    for substance, mass in sorted(grams.items()):
        rule = rule_for(substance, day)
        if rule is None:
            unrated.append(substance)
            example = rule_for(substance, day, "provisional_tiers")
            if example is not None and mass > 0:
                examples[example.id] = example
                guessed += _equivalent(mass, example)
        elif mass > 0:
            rules[rule.id] = rule
            equivalent += _equivalent(mass, rule)
    # Grams are decimal fractions: 10 g must not fall below 10 by a rounding error of the sum.
    equivalent, together = round(equivalent, 9), round(equivalent + guessed, 9)
    return Rating(
        _tier(equivalent) if rules else "unknown",
        equivalent,
        tuple(rules.values()),
        tuple(unrated),
        _tier(together) if examples else None,
        together if examples else 0.0,
        tuple(examples.values()),
    )


def _equivalent(mass: float, rule: DictionaryEntry) -> float:
    return mass * HEROIN_MAJOR_G / float(rule.extra["major_g"])


def _tier(equivalent: float) -> Tier:
    if equivalent >= HEROIN_MAJOR_G:
        return "major"
    return "small" if equivalent >= HEROIN_LARGE_G else "packet"


def tier_of(grams: Mapping[str, float], on: dt.date | None = None, target: bool = False) -> Tier:
    """Return packet (below 数量较大), small, major (from 数量大, or a target case) or unknown."""
    return "major" if target else rate(grams, on).tier
