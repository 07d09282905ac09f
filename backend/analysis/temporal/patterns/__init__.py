"""Patterns of money over all transfers of a view, each with its payments and the bounds it was sought in."""

from backend.analysis.temporal.patterns.find import find_patterns
from backend.analysis.temporal.patterns.model import (
    PATTERN_KINDS,
    Pattern,
    PatternLimits,
    Patterns,
    least_of,
)

__all__ = [
    "PATTERN_KINDS",
    "Pattern",
    "PatternLimits",
    "Patterns",
    "find_patterns",
    "least_of",
]
