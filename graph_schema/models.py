"""API models of nodes and relationships, made from the declaration: one pydantic model per label and type."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from graph_schema.declaration import Label, Property, Relationship, load_declaration

_TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "strings": list[str],
    "integers": list[int],
}


class Entity(BaseModel):
    """Base of all generated models: what is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


def _annotation(prop: Property) -> Any:
    return Literal[prop.values] if prop.values and prop.type == "string" else _TYPES[prop.type]


def _model(part: Label | Relationship, required: frozenset[str]) -> type[Entity]:
    fields: dict[str, Any] = {}
    for name, prop in part.properties.items():
        title = f"{prop.zh} / {prop.en}" + (f" ({prop.unit})" if prop.unit else "")
        kind = _annotation(prop)
        if name in required:
            fields[name] = (kind, Field(title=title))
        else:
            fields[name] = (kind | None, Field(default=None, title=title))
    doc = f"{part.zh} / {part.en}: {part.about.zh}。 {part.about.en}."
    return create_model(part.name, __base__=Entity, __doc__=doc, **fields)


@cache
def label_model(name: str) -> type[Entity]:
    """Return the model of a label's properties; its key is required."""
    label = load_declaration().labels[name]
    return _model(label, frozenset({label.key}))


@cache
def relationship_model(name: str) -> type[Entity]:
    """Return the model of a relationship type's properties; an event's id is required."""
    rel = load_declaration().relationships[name]
    return _model(rel, frozenset({"event_id"}) if rel.event else frozenset())
