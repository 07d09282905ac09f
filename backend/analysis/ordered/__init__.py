"""Our own kernel for questions about time: money followed hop by hop, later never before earlier."""

from backend.analysis.ordered.cycles import Cycle, returns
from backend.analysis.ordered.shapes import Knot, merges, splits
from backend.analysis.ordered.trace import Bounds, Trace, trace
from backend.analysis.ordered.transfers import Transfers, indexed

__all__ = [
    "Bounds",
    "Cycle",
    "Knot",
    "Trace",
    "Transfers",
    "indexed",
    "merges",
    "returns",
    "splits",
    "trace",
]
