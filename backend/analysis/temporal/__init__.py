"""Our own kernel for questions about time: money followed hop by hop, later never before earlier."""

from backend.analysis.temporal.cycles import Cycle, returns
from backend.analysis.temporal.shapes import Knot, merges, splits
from backend.analysis.temporal.trace import Bounds, Trace, trace
from backend.analysis.temporal.transfers import Transfers, indexed

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
