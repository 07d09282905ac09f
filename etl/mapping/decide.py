"""Decisions about an unknown table, stored as a layout."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from etl.layouts import saved
from etl.layouts.layout import Layout, Mapped
from etl.mapping.propose import missing
from etl.mapping.targets import base
from graph_schema.errors import InputError
from graph_schema.language import Text


class StatedMapping(BaseModel):
    """A mapping as somebody states it; ``headings`` are all of the table, ``fields`` go from field to heading.

    ``inflow`` and ``outflow`` are further words of the direction column of a payment table.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str = Field(min_length=1, max_length=60)
    headings: tuple[str, ...] = Field(min_length=1, max_length=500)
    fields: dict[str, str] = Field(min_length=1, max_length=200)
    inflow: tuple[str, ...] = Field(default=(), max_length=50)
    outflow: tuple[str, ...] = Field(default=(), max_length=50)


def layout_of(name: str, decision: StatedMapping, version: int = 1) -> Layout:
    """The layout a decision makes. Raises ``InputError`` for unknown fields or headings and for what is missing."""
    on = base(decision.of)
    unknown = [field for field in decision.fields if field not in on.columns]
    if unknown:
        raise InputError(
            Text(
                f"“{on.zh}”没有字段 {'、'.join(unknown)}；可用：{'、'.join(on.columns)}",
                f"{on.en} has no field {', '.join(unknown)}; there are {', '.join(on.columns)}.",
            )
        )
    lost = [heading for heading in decision.fields.values() if heading not in decision.headings]
    if lost:
        raise InputError(
            Text(
                f"文件没有列 {'、'.join(lost)}",
                f"The file has no column {', '.join(lost)}.",
            )
        )
    lacking = missing(on, set(decision.fields))
    if lacking:
        raise InputError(
            Text(
                f"映射为“{on.zh}”还缺少：{'、'.join(lacking)}",
                f"To be {on.en} it still lacks {', '.join(lacking)}.",
            )
        )
    return _with_words(_on(on, name, decision, version), decision.inflow, decision.outflow)


def entered(kind: str, headings: list[str]) -> Layout:
    """The layout of a table somebody typed in, under the usual headings of its kind."""
    on = base(kind)
    fields = {name: column.aliases[0] for name, column in on.columns.items() if column.aliases[0] in headings}
    return layout_of("-", StatedMapping(of=kind, headings=tuple(headings), fields=fields))


def _on(on: Layout, name: str, decision: StatedMapping, version: int) -> Layout:
    columns = {
        field: column.model_copy(update={"aliases": (decision.fields[field],)})
        if field in decision.fields
        else column
        for field, column in on.columns.items()
    }
    mapped = Mapped(of=on.name, version=version, headings=decision.headings, fields=dict(decision.fields))
    kept = on.model_copy(update={"name": name, "columns": columns, "mapped": mapped, "example": ()})
    return Layout.model_validate(kept.model_dump())


def _with_words(layout: Layout, inflow: tuple[str, ...], outflow: tuple[str, ...]) -> Layout:
    if not inflow and not outflow:
        return layout
    if layout.payment is None or layout.payment.directed:
        raise InputError(
            Text(
                "只有单方账目的付款表才有收付方向词。",
                "Only a payment table of one party's books has words of direction.",
            )
        )
    words = layout.payment.direction
    words = words.model_copy(
        update={"inflow": (*words.inflow, *inflow), "outflow": (*words.outflow, *outflow)}
    )
    return layout.model_copy(update={"payment": layout.payment.model_copy(update={"direction": words})})


def save(name: str, decision: StatedMapping) -> Layout:
    """Keep a decision under a name; the same name again is its next version."""
    path = saved.path_of(name)
    before = saved.one(name).mapped if path.exists() else None
    layout = layout_of(name, decision, before.version + 1 if before else 1)
    others = _same_shape(name, layout.mapped.headings if layout.mapped else ())
    if others:
        raise InputError(
            Text(
                f"映射“{others}”已用于同样的表头；请改它，或先删除。",
                f"Mapping {others!r} is for the same headings: change or delete it.",
            )
        )
    saved.write(layout)
    return layout


def _same_shape(name: str, headings: tuple[str, ...]) -> str | None:
    for other, layout in saved.all_saved().items():
        if other != name and layout.mapped is not None and set(layout.mapped.headings) == set(headings):
            return other
    return None


class MappingKept(TypedDict):
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


def shown(layout: Layout) -> MappingKept:
    """A saved mapping as it is given out."""
    assert layout.mapped is not None
    words = layout.payment.direction if layout.payment is not None else None
    return {
        "name": layout.name,
        "of": layout.mapped.of,
        "zh": layout.zh,
        "en": layout.en,
        "version": layout.mapped.version,
        "kind": layout.kind,
        "headings": list(layout.mapped.headings),
        "fields": dict(layout.mapped.fields),
        "inflow": list(words.inflow) if words else [],
        "outflow": list(words.outflow) if words else [],
    }
