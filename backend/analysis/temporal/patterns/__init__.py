"""Patterns of money over all transfers of a view, each with its payments and the bounds it was sought in."""

from backend.analysis.temporal.patterns.find import find_patterns
from backend.analysis.temporal.patterns.model import KINDS, Kind, Limits, Pattern, Patterns, least_of

__all__ = ["KINDS", "Kind", "Limits", "Pattern", "Patterns", "find_patterns", "least_of"]
