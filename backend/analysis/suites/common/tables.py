"""A table of a suite: its question, its columns, its rows; every row names the rows of files behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from backend.analysis.model.kinds import ColumnKind, Flag
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.common.presets import Preset
from graph_schema.declaration.strict_yaml import read

_SHARED = Path(__file__).with_name("columns.yaml")
ROWS = whole_parameter("suites.common.rows")
"""Row references a figure names, the newest; ``n`` says how many events there are."""
TableRow = dict[str, Any]  # by the columns of a table, whose kinds say what the values are
B = TypeVar("B")
"""What was read of the targets."""


@dataclass(frozen=True)
class Column:
    """One column: how it is called and what its values are."""

    key: str
    zh: str
    en: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Figure:
    """One number that stands for the whole table, with the thresholds it was held against."""

    name: str
    value: float
    flag: Flag
    abnormal: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class TableFound:
    """What one analysis found: its rows, and figures that stand for the whole table.

    ``told`` fills in the note, ``note`` says whether there is one to tell. ``parameters`` stand in place of the thresholds
    and ``truncated`` in place of what the book says, where they are given.
    """

    rows: list[TableRow]
    figures: Sequence[Figure] = ()
    told: Mapping[str, int] = field(default_factory=dict)
    note: bool = True
    parameters: Mapping[str, float] | None = None
    truncated: bool | None = None


@dataclass(frozen=True)
class SuiteTable:
    """One analysis: ``number`` is that of the catalogue, ``note`` says what it can and cannot tell."""

    key: str
    number: int
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: list[TableRow]
    note_zh: str = ""
    note_en: str = ""
    figures: tuple[Figure, ...] = ()
    parameters: dict[str, float] = field(default_factory=dict)
    truncated: bool = False


@dataclass(frozen=True)
class TableHeading:
    """What ``tables.yaml`` says of a table: all but its rows and figures."""

    key: str
    number: int
    zh: str
    en: str
    columns: tuple[Column, ...]
    note: Mapping[str, str] = field(default_factory=dict)
    thresholds: tuple[str, ...] = ()

    def over(self, found: TableFound, preset: Preset, truncated: bool) -> SuiteTable:
        """The table of what was found."""
        note = self.note if found.note else {}
        shown = preset.some(*self.thresholds) if found.parameters is None else dict(found.parameters)
        return SuiteTable(
            self.key,
            self.number,
            self.zh,
            self.en,
            self.columns,
            found.rows,
            note.get("zh", "").format_map(found.told),
            note.get("en", "").format_map(found.told),
            tuple(found.figures),
            shown,
            truncated if found.truncated is None else found.truncated,
        )


@cache
def headings(suite: str) -> Mapping[str, TableHeading]:
    """The tables of a suite as its ``tables.yaml`` describes them, in the order of the catalogue."""
    shared = {key: Column(key, **words) for key, words in read(_SHARED).items()}
    return {
        key: TableHeading(
            key,
            **{
                **told,
                "columns": tuple(
                    shared[each] if isinstance(each, str) else Column(**each) for each in told["columns"]
                ),
                "thresholds": tuple(told.get("thresholds", ())),
            },
        )
        for key, told in read(_SHARED.parents[1] / suite / "tables.yaml").items()
    }


def suite_tables(
    suite: str,
    analyses: Mapping[str, Callable[[B, Preset], TableFound]],
    book: B,
    preset: Preset,
    truncated: bool,
) -> list[SuiteTable]:
    """All tables of a suite, in the order of the catalogue."""
    described = headings(suite)
    return [described[key].over(each(book, preset), preset, truncated) for key, each in analyses.items()]


class Timed(Protocol):
    """Whatever has a time and rows."""

    @property
    def at(self) -> int: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...


def newest(events: Iterable[Timed]) -> list[str]:
    """Row references of the newest events, each once, oldest first."""
    last = sorted(events, key=lambda event: (event.at, event.evidence))[-ROWS:]
    return list(dict.fromkeys(ref for event in last for ref in event.evidence))[-ROWS:]


def flag(value: float, abnormal: float | None, high: float | None, below: bool = False) -> Flag:
    """Where a value stands; ``below`` for figures that are the more striking the smaller they are."""
    bounds: tuple[tuple[Flag, float | None], ...] = (("high", high), ("abnormal", abnormal))
    for name, bound in bounds:
        if bound is not None and (value < bound if below else value >= bound):
            return name
    return "none"
