"""The district's nouns on the command line: each has list, show and check, and nothing else."""

from backend.cli.district import care, chemicals, clues, drivers, figures, risk, tasks, water

NOUNS = {
    "clues": clues.app,
    "risk": risk.app,
    "chemicals": chemicals.app,
    "drivers": drivers.app,
    "care": care.app,
    "water": water.app,
    "figures": figures.app,
    "tasks": tasks.app,
}
"""Name of each noun and its commands."""

__all__ = ["NOUNS"]
