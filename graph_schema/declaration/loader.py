"""Reads the declaration files of this folder into one checked ``Declaration``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graph_schema.declaration import strict_yaml
from graph_schema.declaration.model import Declaration, Described
from graph_schema.declaration.strict_yaml import DeclarationError

HERE = Path(__file__).parent
LABEL_FILES = ("labels_observed.yaml", "labels_district.yaml", "labels_derived.yaml")
RELATIONSHIP_FILES = (
    "relationships_observed.yaml",
    "relationships_district.yaml",
    "relationships_derived.yaml",
)


def _merged(files: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Join files, refusing a name that two of them declare."""
    merged: dict[str, dict[str, Any]] = {}
    for file in files:
        for name, body in strict_yaml.read(HERE / file).items():
            if name in merged:
                raise DeclarationError(f"{file}: {name} is declared twice; keep one")
            merged[name] = body
    return merged


def _with_groups(name: str, body: dict[str, Any], groups: dict[str, Any]) -> dict[str, Any]:
    """Fill in the property groups a label or relationship takes; its own properties come first."""
    body = dict(body)
    taken = list(body.pop("groups", []))
    if body.get("event"):
        taken.append("event")
    properties = dict(body.get("properties") or {})
    for group in taken:
        if group not in groups:
            raise DeclarationError(f"{name}: group {group} is not in groups.yaml")
        for prop, spec in groups[group].items():
            if prop in properties:
                raise DeclarationError(f"{name}: property {prop} is also in group {group}; keep one")
            properties[prop] = spec
    return {**body, "name": name, "properties": properties}


def _ends(names: list[str], sets: dict[str, list[str]]) -> list[str]:
    """Replace ``$identifiers`` and ``$observed`` by the labels they stand for, each label once."""
    return list(dict.fromkeys(label for name in names for label in sets.get(name, [name])))


def _undeclared(part: Described, names: Iterable[str]) -> list[str]:
    return [f"{part.name}: {name} is no declared property" for name in names if name not in part.properties]


def _check(declaration: Declaration) -> None:
    """Check what no single part can: every end, key and property that is named must be declared."""
    problems = []
    for rel in declaration.relationships.values():
        problems += [
            f"{rel.name}: {end} is no declared label"
            for end in (*rel.starts, *rel.ends)
            if end not in declaration.labels
        ]
        problems += _undeclared(rel, [name for name in (rel.amount, rel.text) if name])
    for label in declaration.labels.values():
        key = label.properties.get(label.key)
        if key is None or key.type != "string":
            problems.append(f"{label.name}: key {label.key} must be a declared string property")
        problems += _undeclared(label, [*label.caption, *label.text_indexes])
    for part in (*declaration.labels.values(), *declaration.relationships.values()):
        problems += _undeclared(part, [name.removeprefix("-") for name in part.sort])
        problems += _undeclared(part, [name for index in part.indexes for name in index])
    if problems:
        raise DeclarationError("; ".join(problems))


def build(
    labels: dict[str, dict[str, Any]],
    relationships: dict[str, dict[str, Any]],
    groups: dict[str, Any],
    legend: dict[str, Any],
) -> Declaration:
    """Make a checked declaration from parsed files."""
    labels = {name: _with_groups(name, body, groups) for name, body in labels.items()}
    sets = {
        "$identifiers": [name for name, body in labels.items() if body.get("identifier")],
        "$observed": [name for name, body in labels.items() if body.get("layer", "observed") == "observed"],
    }
    rels: dict[str, dict[str, Any]] = {}
    for name, body in relationships.items():
        full = _with_groups(name, body, groups)
        rels[name] = full | {end: _ends(full.get(end, []), sets) for end in ("starts", "ends")}
    try:
        declaration = Declaration.model_validate({"labels": labels, "relationships": rels, "legend": legend})
    except ValidationError as error:
        raise DeclarationError(f"declaration: {error}") from error
    _check(declaration)
    return declaration


@cache
def load_declaration() -> Declaration:
    """Return the declaration of this installation, read once per process."""
    groups = strict_yaml.read(HERE / "groups.yaml")
    legend = strict_yaml.read(HERE / "legend.yaml")
    return build(_merged(LABEL_FILES), _merged(RELATIONSHIP_FILES), groups, legend)
