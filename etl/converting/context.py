"""What one sheet's conversion carries from batch to batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from etl.converting.ahead import Ahead
from etl.converting.mentions import MentionsSoFar
from etl.converting.refs import RefBook
from etl.layouts.layout import Layout
from etl.layouts.outside import Outside
from etl.layouts.said import UNIT
from etl.reading.grid import Merge
from etl.reading.merged import MergedCells
from etl.storage.facts import FileOrigin


@dataclass(frozen=True)
class MeantHeading:
    """A heading and what it means: its names, the column and unit of each field, columns no field took."""

    names: list[str]
    fields: Mapping[str, int]
    units: Mapping[str, str]
    spare: list[int]
    lines: list[list[str]]  # as they may stand between the rows again


CLOCK_SKEW_MS = 10 * 60_000
_HOW_MUCH = {"money", "number", "integer", "grams", "kilograms"}


@dataclass
class Context:
    """State of one sheet; ``outside`` is what stands outside the rows of the part at hand."""

    layout: Layout
    sheet: str
    origin: FileOrigin
    heading: MeantHeading  # of the part at hand
    outside: Outside
    again: Callable[[Sequence[list[str]], Sequence[Merge]], MeantHeading | None] = lambda _, __: None
    """What one line, or two with the cells merged in them, mean as this table's heading anew."""
    merges: Sequence[Merge] = ()  # below the heading
    damaged: bool = False
    refs: RefBook = field(init=False)
    spread: MergedCells = field(init=False)
    seen: MentionsSoFar = field(default_factory=MentionsSoFar)
    now: int = field(default_factory=lambda: int(time.time() * 1000))
    hex_cells: bool | None = None  # decided on the first batch that has cells
    direction_field: str | None = None
    closing: list[str] = field(default_factory=list)  # lines at the end that are no rows
    ahead: Ahead = field(default_factory=Ahead)  # what later rows say of earlier ones
    books: list[pa.Table] = field(default_factory=list)  # of the batch at hand (schema BOOKS)
    sections: list[tuple[int, list[str]]] = field(
        default_factory=list
    )  # where the heading came in another order
    said: list[tuple[int, list[str]]] = field(
        default_factory=list
    )  # from which row on lines outside say what, see ``Outside.restated``
    folder: Path | None = None  # in which the table lies: files it names are looked for there
    repeats: dict[str, int] = field(default_factory=dict)  # hashed node keys of this file so far

    def __post_init__(self) -> None:
        self.refs = RefBook(self.scope)
        self.spread = MergedCells(self.merges)

    @property
    def headings(self) -> list[str]:
        """Names of the columns of the part at hand."""
        return self.heading.names

    @property
    def fields(self) -> Mapping[str, int]:
        """The column of each field in the part at hand."""
        return self.heading.fields

    @property
    def shared(self) -> set[int]:
        """Columns of which one cell may hold for several rows: who, when and what, but never how much."""
        columns = ((at, self.layout.columns[name]) for name, at in self.fields.items())
        return {at for at, each in columns if each.unit is None and each.type not in _HOW_MUCH}

    @cached_property
    def known_headings(self) -> pa.Array:
        """Every usual heading of this table."""
        aliases = {alias for column in self.layout.columns.values() for alias in column.aliases}
        return pa.array(sorted(aliases), pa.string())

    @property
    def constants(self) -> dict[str, str]:
        """Values found outside the rows, by field."""
        return self.outside.constants

    @property
    def said_units(self) -> dict[str, str]:
        """Units by field, and under ``UNIT`` that of all amounts whose heading names none."""
        unit = self.outside.unit
        return {**self.heading.units, UNIT: unit} if unit else dict(self.heading.units)

    @property
    def scope(self) -> str:
        """The first 12 digits of the file digest: unverified references are true of this file alone."""
        return self.origin.sha256[:12]

    @property
    def latest(self) -> int:
        """Events after this moment have not happened yet."""
        return self.now + CLOCK_SKEW_MS
