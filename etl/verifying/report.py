"""What a verification found: the state of every file, and each difference by file, row and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from graph_schema.language import Text

DifferenceKind = Literal[
    "gone", "changed", "unreadable", "row", "fact", "source", "missing", "altered", "extra"
]
MOST = 200
"""Differences listed; all of them are counted."""
SHOWN = 120
"""Characters of a value that is shown."""

WORDS: dict[DifferenceKind, Text] = {
    "gone": Text("来源文件不在原处，也没有留存", "The source file is gone and no copy is kept"),
    "changed": Text("来源文件已被改动", "The source file has changed"),
    "unreadable": Text("读不出来", "It cannot be read"),
    "row": Text("留存的原始行与文件不同", "The row kept is not the file's"),
    "fact": Text("留存的数据与文件不同", "The fact kept is not what the file says"),
    "source": Text("图中的文件登记与导入记录不同", "The file's entry in the graph is not that of its load"),
    "missing": Text("图中缺少", "The graph lacks it"),
    "altered": Text("图中的值与文件不同", "The graph says other than the file"),
    "extra": Text("图中多出，没有文件说过", "The graph has it and no file says it"),
}
"""What each kind of difference means."""


@dataclass(frozen=True)
class Difference:
    """One difference; ``row`` counts from 1 as a spreadsheet does, 0 where it is about the whole file.

    ``about`` names the table of facts, or the event, record or node of the graph; ``expected`` is what the file says.
    """

    kind: DifferenceKind
    file: str
    sha256: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    about: str = ""
    expected: str = ""
    found: str = ""


@dataclass
class Differences:
    """The first ``MOST`` differences and how many there are of each kind."""

    listed: list[Difference] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, found: Difference) -> None:
        self.counts[found.kind] += 1
        if len(self.listed) < MOST:
            self.listed.append(found)


@dataclass
class FileVerified:
    """One file: whether it was read again (``same`` where nothing differs), from a kept copy or its own place."""

    load: int
    path: str
    sha256: str
    state: Literal["same", "different", "changed", "gone"] = "gone"
    rows: int = 0


@dataclass
class Verified:
    """All that was compared; ``whole`` where all loads were, so that also what no file says is looked for."""

    files: list[FileVerified]
    whole: bool
    compared: dict[str, int] = field(default_factory=dict)
    differences: Differences = field(default_factory=Differences)


def said(value: object) -> str:
    """A value as it is shown; blank for none."""
    return "" if value is None else str(value)[:SHOWN]
