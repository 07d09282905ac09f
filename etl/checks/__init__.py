"""Checks for missing data: declared counts and sums, running balances, gaps, and both sides of a transfer."""

from etl.checks.kept import kept_checks, notes_of, run_checks

__all__ = ["kept_checks", "notes_of", "run_checks"]
