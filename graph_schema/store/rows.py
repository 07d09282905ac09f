"""What goes into a query and comes out of it: its text alone says which values, so no type of Python's can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
"""One row of an answer, by the names the query returns."""
Props = Mapping[str, Any]
"""A row, or the properties of a node or relationship, to be read only."""
Parameters = dict[str, Any]
"""What a query is asked with, by the names of its parameters."""
