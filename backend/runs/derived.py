"""What others derive for a run to keep: rows as its queries take them. Who asks for a run says who derives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph_schema.store import Store, Viewer


@dataclass(frozen=True)
class Derived:
    """Rows as the queries of a run take them: pairs of clues, flags by label of what they point at, classes."""

    offers: list[list[object]]
    flags: dict[str, list[list[object]]]
    classes: list[list[object]]


Derive = Callable[[Store, Viewer], Derived]
