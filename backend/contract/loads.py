"""What is loaded from where: files, checks, rejected rows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.contract.base import Paged, Shape
from graph_schema.shown import SourceFile


class SourceFileShown(SourceFile, Shape):
    """A file in the graph; what it has no value for is absent."""

    corrected: Annotated[int, Field(description="Rejected rows corrected since")]


class LoadsFound(Shape):
    """Files in the graph."""

    files: list[SourceFileShown]
    total: int


class Loads(LoadsFound, Paged):
    """Files in the graph, newest load first."""


class CheckFound(Shape):
    """One finding of a check, in words, with the rows it is about."""

    kind: str
    zh: str
    en: str
    sheet: str
    rows: list[int]
    facts: dict[str, object]


class CheckedFile(Shape):
    """What was found about one file."""

    sha256: str
    path: str
    checks: list[CheckFound]


class Checks(Shape):
    """Findings of one load, file by file."""

    load: str
    files: list[CheckedFile]


class RowAround(Shape):
    """A row before or after a rejected one, as read."""

    row: int
    state: Literal["loaded", "duplicate", "rejected", "excluded"]
    cells: list[str]


class Reject(Shape):
    """A rejected row as read, with its reason and its neighbours."""

    file: str
    path: str
    sheet: str
    row: int
    around: list[RowAround]
    column: str | None
    value: str | None
    reason: str
    zh: str
    en: str
    headings: list[str]
    cells: list[str]


class RejectsFound(Shape):
    """Rejected rows of a load."""

    rejects: list[Reject]
    total: int


class Rejects(RejectsFound, Paged):
    """Rejected rows of one load."""
