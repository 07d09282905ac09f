"""Our own kernel for questions about time: money followed hop by hop, later never before earlier."""

from backend.analysis.temporal.cycles import Cycle, returns
from backend.analysis.temporal.patterns import (
    PATTERN_KINDS,
    Pattern,
    PatternLimits,
    Patterns,
    find_patterns,
    least_of,
)
from backend.analysis.temporal.shapes import Knot, merges, splits
from backend.analysis.temporal.trace import Bounds, Trace, trace, trace_of
from backend.analysis.temporal.transfers import Transfers, indexed

__all__ = [
    "PATTERN_KINDS",
    "Bounds",
    "Cycle",
    "Knot",
    "Pattern",
    "PatternLimits",
    "Patterns",
    "Trace",
    "Transfers",
    "find_patterns",
    "indexed",
    "least_of",
    "merges",
    "returns",
    "splits",
    "trace",
    "trace_of",
]
