"""Values outside the rows of a sheet that apply to them: owner, currency, unit, period."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.layouts import declared, hints, said
from etl.layouts.layout import Layout
from etl.parsing.text import folded
from etl.parsing.times import parse_time

_MONTH = re.compile(r"(?<!\d)(20\d{2})\s*[年./_-]?\s*(0[1-9]|1[0-2]|[1-9](?=月))(?:月|(?!\d))")


@dataclass(frozen=True)
class Outside:
    """``hints`` are the lines above (or between) the rows by folded key, ``names`` those of sheet, file, folders.

    ``constants`` are the layout's fields found there; ``currency`` is "?" where the one stated is not known.
    """

    layout: Layout
    hints: Mapping[str, str]
    names: Sequence[str]
    lines: Sequence[str] = ()
    named_owner: bool = True

    @property
    def constants(self) -> dict[str, str]:
        """Values by field, from the lines first, then from names."""
        return hints.constants(self.layout, self.hints, self.names, self.named_owner)

    @property
    def unit(self) -> str | None:
        """The unit of all amounts whose heading names none."""
        in_names = (said.unit_in_name(name).get(said.UNIT) for name in self.names)
        return self.hints.get(said.UNIT) or next((unit for unit in in_names if unit), None)

    @property
    def currency(self) -> str | None:
        """The code of the currency stated for all amounts, "?" for one nobody knows."""
        in_names = (said.currency_in_name(name) for name in self.names)
        return self.hints.get(said.CURRENCY) or next((code for code in in_names if code), None)

    @property
    def period(self) -> tuple[int, int] | None:
        """The time the rows are of, as the lines say it, else as a month in a line or a name does."""
        found = declared.period(self.lines)
        months = (_month(text) for text in (*reversed(self.lines), *self.names))
        return found or next((month for month in months if month is not None), None)

    @property
    def restated(self) -> list[str]:
        """What the lines say of the rows, as one line to put above them where they stand alone."""
        preamble = [
            key
            for column in self.layout.columns.values()
            if column.fallback is not None
            for key in column.fallback.preamble
        ]
        keys = {**{folded(key): key for key in preamble}, said.CURRENCY: "币种", said.UNIT: "单位"}
        told = [f"{name}：{self.hints[key]}" for key, name in keys.items() if self.hints.get(key)]
        span = declared.period_said(self.lines)
        month = next((text for line in reversed(self.lines) if (text := _month_said(line))), None)
        return [*told, *filter(None, [span or month])]

    def renewed(self, rows: Sequence[Sequence[str]]) -> Outside:
        """The same after some lines between the rows."""
        new: dict[str, str] = {}
        for row in rows:
            for key, text in said.pairs(row).items():
                new.setdefault(key, text)
        lines = [" ".join(cell for cell in row if cell) for row in rows]
        other = said.other_owner(self.hints, new, self.layout)
        return replace(
            self,
            hints=said.renewed(self.hints, new, self.layout),
            lines=lines if declared.period(lines) else self.lines,
            named_owner=self.named_owner and not other,
        )


def _month_said(text: str) -> str | None:
    """The one month a line speaks of, as it stands there."""
    return found[0] if _month(text) and (found := _MONTH.search(text)) else None


def _month(text: str) -> tuple[int, int] | None:
    """First and last moment of the one month a line or name speaks of (``2026年03月通话详单``)."""
    found = {(int(year), int(month)) for year, month in _MONTH.findall(text)}
    if len(found) != 1:
        return None
    [(year, month)] = found
    first = parse_time(f"{year}-{month:02d}-01")
    after = parse_time(f"{year + month // 12}-{month % 12 + 1:02d}-01")
    return None if first is None or after is None else (first[0], after[0] - 1)
