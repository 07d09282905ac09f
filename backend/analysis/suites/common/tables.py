"""A table of a suite: its question, its columns, its rows; every row names the rows of files behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from backend.analysis.model.parameters import whole_parameter

ROWS = whole_parameter("suites.common.rows")
"""Row references a figure names, the newest; ``n`` says how many events there are."""
Kind = Literal["text", "int", "number", "fen", "share", "seconds", "time", "person", "list", "code"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: how it is called and what its values are."""

    key: str
    zh: str
    en: str
    kind: Kind = "text"


N = Column("n", "次数", "Events", "int")


@dataclass(frozen=True)
class Figure:
    """One number that stands for the whole table, with the thresholds it was held against."""

    name: str
    value: float
    flag: str  # none | abnormal | high
    abnormal: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One analysis: ``number`` is that of the catalogue, ``note`` says what it can and cannot tell."""

    key: str
    number: int
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: list[Row]
    note_zh: str = ""
    note_en: str = ""
    figures: tuple[Figure, ...] = ()
    parameters: dict[str, float] = field(default_factory=dict)
    truncated: bool = False


class Seen(Protocol):
    """Whatever has a time and rows."""

    @property
    def at(self) -> int: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...


def newest(events: Iterable[Seen]) -> list[str]:
    """Row references of the newest events, each once, oldest first."""
    last = sorted(events, key=lambda event: (event.at, event.evidence))[-ROWS:]
    return list(dict.fromkeys(ref for event in last for ref in event.evidence))[-ROWS:]


def flag(value: float, abnormal: float | None, high: float | None, below: bool = False) -> str:
    """Where a value stands; ``below`` for figures that are the more striking the smaller they are."""
    for name, bound in (("high", high), ("abnormal", abnormal)):
        if bound is not None and (value < bound if below else value >= bound):
            return name
    return "none"
