"""What the rules of barred drivers leave to the site: reasons, limits and periods, each a dated row of the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from backend.contract.district.common import Rule
from backend.district.rules import RuleRow, rules
from graph_schema.errors import InputError
from graph_schema.language import Text


@dataclass(frozen=True)
class Parameters:
    """The rows that hold on the day of an answer."""

    rows: tuple[RuleRow, ...]
    said: Rule

    def number(self, name: str) -> float:
        """A limit. A file without it is refused by ``parameters``."""
        return next(value for row in self._of(name) if (value := row.number("value")) is not None)

    def numbers(self, name: str) -> dict[str, float | None]:
        """Values by subject; None where a row leaves it open."""
        return {row.text("subject"): row.number("value") for row in self._of(name)}

    def words(self, name: str) -> list[str]:
        return [row.text("words") for row in self._of(name)]

    def words_by_subject(self, name: str) -> dict[str, str]:
        return {row.text("subject"): row.text("words") for row in self._of(name)}

    def _of(self, name: str) -> list[RuleRow]:
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> dict[str, list[RuleRow]]:
        found: dict[str, list[RuleRow]] = {}
        for row in self.rows:
            found.setdefault(row.text("parameter"), []).append(row)
        return found


NEEDED = (
    *("wait_years", "least_confidence", "least_reads", "clock_error_s", "check_kmh", "clone_kmh"),
    *(
        "least_km",
        "fast_share",
        "strange_share",
        "clock_drift_s",
        "window_weeks",
        "window_support",
        "window_minutes",
    ),
)


def parameters(on: dt.date) -> Parameters:
    """The site's file, else the shipped example. Raises ``InputError`` where a limit is missing."""
    file = rules("driving")
    rows = tuple(file.on(on))
    have = {row.text("parameter") for row in rows if row.number("value") is not None}
    if lacking := [name for name in NEEDED if name not in have]:
        names = ", ".join(lacking)
        raise InputError(Text(f"规则文件 driving 缺少 {names}", f"the rule file driving lacks {names}"))
    return Parameters(rows, file.said())
