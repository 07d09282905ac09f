"""Shapes of answers about what is loaded from where: mappings, previews, rejected rows; see ``shapes``."""

from __future__ import annotations

from typing import Literal

from backend.api.shapes import Shape


class MappingShown(Shape):
    """A saved mapping: the kind it maps onto, its version, and which column is which field."""

    name: str
    of: str
    zh: str
    en: str
    version: int
    kind: str
    headings: list[str]
    fields: dict[str, str]
    inflow: list[str]
    outflow: list[str]


class MappingsShown(Shape):
    """All saved mappings."""

    mappings: list[MappingShown]


class KindFits(Shape):
    """A kind of table and how well the unknown one fits it; ``fields`` with their usual headings."""

    name: str
    zh: str
    en: str
    score: float
    missing: list[str]
    fields: dict[str, str]


class FieldFits(Shape):
    """A field a column may be, how sure, and why."""

    field: str
    score: float
    zh: str
    en: str


class ColumnLooked(Shape):
    """A column of the unknown table: what it is mapped to, and what else it may be."""

    heading: str
    samples: list[str]
    fields: list[FieldFits]
    others: list[FieldFits]


class MappingProposed(Shape):
    """A mapping as it stands; ``PUT`` it to keep it."""

    of: str
    headings: list[str]
    fields: dict[str, str]
    inflow: list[str]
    outflow: list[str]


class PreviewCounts(Shape):
    """Rows of the whole table."""

    read: int
    loaded: int
    rejected: int
    excluded: int


class PreviewReason(Shape):
    """Why rows would not load, how many, and some of the values."""

    state: Literal["rejected", "excluded"]
    code: str
    zh: str
    en: str
    column: str | None
    n: int
    examples: list[str]


class PreviewRow(Shape):
    """A row as it would load: cells by field, and what it makes."""

    row: int
    state: Literal["loaded", "rejected", "excluded"]
    reason: str | None
    column: str | None
    value: str | None
    cells: dict[str, str]
    makes: list[str]


class Preview(Shape):
    """What the table would become; ``makes`` counts relationships by type."""

    counts: PreviewCounts
    reasons: list[PreviewReason]
    makes: dict[str, int]
    rows: list[PreviewRow]


class Proposal(Shape):
    """How an unknown table could be mapped; ``preview`` is null as long as something is missing."""

    file: str
    sheet: str
    sheets: list[str]
    header_row: int
    kind: str
    kinds: list[KindFits]
    columns: list[ColumnLooked]
    missing: list[str]
    mapping: MappingProposed | None
    preview: Preview | None


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
    column: str | None
    value: str | None
    reason: str
    zh: str
    en: str
    headings: list[str]
    cells: list[str]
    around: list[RowAround]


class Rejects(Shape):
    """Rejected rows of one load."""

    rejects: list[Reject]
    total: int
    next: str | None


class EntryField(Shape):
    """A field of a hand entry, by its usual heading."""

    heading: str
    must: bool
    sample: str


class EntryKind(Shape):
    """What can be entered under a short name, and its table."""

    kind: str
    table: str
    zh: str
    en: str
    fields: list[EntryField]


class EntryKinds(Shape):
    """Every kind of hand entry."""

    kinds: list[EntryKind]


class FileKind(Shape):
    """A kind of file and what it is called."""

    kind: str
    zh: str
    en: str


class FileKinds(Shape):
    """Every kind of file there is a layout for."""

    kinds: list[FileKind]
