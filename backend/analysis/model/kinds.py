"""Closed lists of words of the analysis that answers repeat as they are."""

from __future__ import annotations

from typing import Literal

PatternKind = Literal[
    "fan_in", "fan_out", "gather_scatter", "scatter_gather", "pass_through", "cycle", "bipartite", "stack"
]
"""Shapes of payments; their words stand in ``patterns`` of the legend."""
ColumnKind = Literal["text", "int", "number", "fen", "share", "seconds", "time", "person", "list", "code"]
"""What the values of a column of a suite are."""
Flag = Literal["none", "abnormal", "high"]
"""Which threshold a figure of a suite has passed."""
