"""What one sheet's conversion carries from batch to batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
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
from etl.storage.facts import Origin


@dataclass(frozen=True)
class MeantHeading:
    """A heading and what it means: its names, the column and unit of each field, columns no field took."""

    names: list[str]
    fields: Mapping[str, int]
    units: Mapping[str, str]
    spare: list[int]
    lines: list[list[str]]  # as they may stand between the rows again


CLOCK_SKEW_MS = 10 * 60_000


@dataclass
class Context:
    """State of one sheet; ``outside`` is what stands outside the rows of the part at hand."""

    layout: Layout
    sheet: str
    origin: Origin
    heading: MeantHeading  # of the part at hand
    outside: Outside
    again: Callable[[list[str]], MeantHeading | None] = lambda _: (
        None
    )  # a line that is this table's heading anew
    damaged: bool = False
    refs: RefBook = field(init=False)
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

    @property
    def headings(self) -> list[str]:
        return self.heading.names

    @property
    def fields(self) -> Mapping[str, int]:
        return self.heading.fields

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
        return self.origin.sha256[:12]

    @property
    def latest(self) -> int:
        """Events after this moment have not happened yet."""
        return self.now + CLOCK_SKEW_MS
