"""The kinds of table an unknown one can be mapped onto: the known layouts, and general ones without a form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from etl.layouts.layout import Layout
from etl.layouts.registry import layouts
from graph_schema.declaration.strict_yaml import read
from graph_schema.errors import InputError
from graph_schema.language import Text

FOLDER = Path(__file__).parent / "targets"

PROPOSED = (
    *("bank_transactions", "payment_pairs", "call_records", "call_pairs", "message_pairs", "person_list"),
    *("case_persons", "phone_holders", "waybills", "camera_passes", "stays", "vehicles", "link_list"),
)
"""Kinds that are proposed by themselves; any other can be named."""


@cache
def general() -> dict[str, Layout]:
    """The general kinds: never recognised by themselves, because their headings are everybody's words."""
    found = [Layout.model_validate(read(path)) for path in sorted(FOLDER.glob("*.yaml"))]
    return {layout.name: layout for layout in found}


def bases() -> dict[str, Layout]:
    """Every layout a table can be mapped onto, by name."""
    known = {name: layout for name, layout in layouts().items() if not layout.not_yet and not layout.module}
    return known | general()


def base(name: str) -> Layout:
    """The kind of that name. Raises ``InputError`` naming the kinds there are."""
    found = bases().get(name)
    if found is None:
        raise InputError(
            Text(
                f"没有“{name}”这种表；可选：{'、'.join(PROPOSED)}",
                f"No kind {name!r}; there are {', '.join(sorted(bases()))}.",
            )
        )
    return found
