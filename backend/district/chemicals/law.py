"""Classes of precursors by date, quantity tiers of 法释〔2016〕8号, and the parameters of the checks: all rule files."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from backend.contract.district.chemicals import OffenceTier
from backend.contract.district.common import Rule
from backend.district.rules import RuleRow, Rules, rules
from graph_schema.dictionaries import chemical_name, precursor
from graph_schema.errors import InputError
from graph_schema.language import Text

WORST = 5
"""特别严重 begins at five times the quantity at which 严重 does."""
KG = 1_000_000
_HOSPITAL_FIRM = re.compile(r"(\([^()]*\))?(股份)?有限(责任)?公司$")
"""What may follow the word 医院 in a firm's name; 管理, 后勤, 设备 between them make another firm of it."""
_OF_ANIMALS = ("宠物", "动物", "兽")
_BESIDE = re.compile(r"\([^()]*\)|\d+(\.\d+)?%|工业级?|分析纯|化学纯|试剂级?|溶液$|ar$|cp$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """The one name of a chemical; strength and grade beside it (盐酸(36%), 工业丙酮) change no substance."""
    name = chemical_name(text)
    if precursor(name) is not None:
        return name
    bare = _BESIDE.sub("", unicodedata.normalize("NFKC", text).replace(" ", ""))
    return chemical_name(bare) if bare and precursor(bare) is not None else name


@dataclass(frozen=True)
class LawRating:
    """The tier of a quantity on a day; without one, why: below the least quantity, or no quantity in the law."""

    tier: OffenceTier | None
    zh: str
    en: str
    low_mg: int | None = None


class Law:
    """The rules in force, read once per answer."""

    def __init__(self) -> None:
        self.classes = rules("precursor_classes")
        self.tiers = rules("precursor_tiers")
        self.limits = rules("precursor_limits")
        self.densities = rules("densities")
        self.free, self.holidays = rules("no_permit_needed"), rules("holidays")
        self._free = _by_substance(self.free)
        self._classes = _by_substance(self.classes)
        self._tiers = _by_substance(self.tiers)
        self._known: dict[tuple[str, dt.date], int | None] = {}
        self._values = {row.text("parameter"): row.number("value") for row in self.limits.rows}
        self._density = {row.text("substance"): row.number("kg_per_l") for row in self.densities.rows}

    def said(self) -> list[Rule]:
        """The rules an answer names."""
        files = (self.classes, self.tiers, self.limits, self.densities, self.free, self.holidays)
        return [each.said() for each in files]

    def value(self, parameter: str) -> float:
        """A parameter of the checks. Raises ``InputError`` where the site's file leaves it out."""
        found = self._values.get(parameter)
        if found is None:
            zh, en = f"易制毒核查参数缺少 {parameter}", f"precursor_limits lacks the parameter {parameter}"
            raise InputError(Text(zh, en))
        return found

    def density(self, chemical: str) -> float | None:
        """Kilograms per litre by the table, never guessed."""
        return self._density.get(chemical)

    def class_on(self, chemical: str, day: dt.date) -> int | None:
        """The class of a chemical on a day; None where it was not scheduled."""
        if (chemical, day) not in self._known:
            rows = [row for row in self._classes.get(canonical(chemical), ()) if row.holds(day)]
            self._known[chemical, day] = int(rows[-1].text("class")) if rows else None
        return self._known[chemical, day]

    def needs_no_permit(self, chemical: str, buyer: str, day: dt.date) -> bool:
        """Whether a buyer of this name buys a chemical without permit: a hospital its medicines, on its seal card."""
        rows = [row for row in self._free.get(canonical(chemical), ()) if row.holds(day)]
        return any(_named(word, buyer) for row in rows for word in row.text("buyer").split("、"))

    def bounds(self, chemical: str, day: dt.date) -> list[int]:
        """From which quantities 较重 and 严重 begin; none where the law has no quantity."""
        row = self._tier_row(chemical, day)
        return [] if row is None else [round((row.number(name) or 0) * KG) for name in ("low_kg", "high_kg")]

    def rate(self, chemical: str, milligrams: int, day: dt.date, *, halved: bool = False) -> LawRating:
        """The tier; ``halved``: a listed circumstance stands, half of the least quantity suffices for 较重."""
        row = self._tier_row(chemical, day)
        if row is None:
            return LawRating(
                None,
                "法释〔2016〕8号未规定该物质的数量标准",
                "法释〔2016〕8号 has no quantity for this substance",
            )
        low, high = (round((row.number(name) or 0) * KG) for name in ("low_kg", "high_kg"))
        least = low / 2 if halved else low
        if milligrams < least:
            return LawRating(None, f"不足 {low / KG:g} 千克", f"below {low / KG:g} kg", low)
        tier: OffenceTier = (
            "特别严重" if milligrams >= WORST * high else "严重" if milligrams >= high else "较重"
        )
        return LawRating(tier, f"情节{tier}", TIER_EN[tier], low)

    def _tier_row(self, chemical: str, day: dt.date) -> RuleRow | None:
        rows = [row for row in self._tiers.get(canonical(chemical), ()) if row.holds(day)]
        return rows[-1] if rows else None


TIER_EN: dict[OffenceTier, str] = {
    "较重": "fairly serious",
    "严重": "serious",
    "特别严重": "especially serious",
}


def _named(word: str, buyer: str) -> bool:
    """Whether a name is that of a 医院 (``word``), a private one (…医院有限公司) too: no firm that serves or treats others."""
    name = unicodedata.normalize("NFKC", buyer).replace(" ", "")
    before, found, rest = name.rpartition(word)
    if not found or any(each in before + rest for each in _OF_ANIMALS):
        return False
    return "公司" not in rest or _HOSPITAL_FIRM.match(rest) is not None


def _by_substance(table: Rules) -> dict[str, list[RuleRow]]:
    found: dict[str, list[RuleRow]] = {}
    for row in table.rows:
        found.setdefault(canonical(row.text("substance")), []).append(row)
    return found
