"""The graph store: connection, embedded server, migrations and the catalogue of named queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_schema.store.rows import Parameters, Props, Row
from graph_schema.store.viewer import LOCAL, Viewer

if TYPE_CHECKING:
    from graph_schema.store.connection import Store

__all__ = ["LOCAL", "Parameters", "Props", "Row", "Store", "Viewer"]


def __getattr__(name: str) -> Any:
    """Import ``Store`` and with it the driver only when asked: the server's keeper starts without them."""
    if name == "Store":
        from graph_schema.store.connection import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
