"""Tables no layout knows: mappings, previews, hand entries; and the kinds of files there are."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape
from etl.mapping.decide import MappingKept
from etl.writing.entries import EntryKind


class MappingShown(MappingKept, Shape):
    """A saved mapping: the kind it maps onto, its version, and which column is which field."""


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


class ProposalTold(Proposal):
    """A proposal as the command line tells it, with the mapping where it was kept at once."""

    saved: MappingKept | None


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
