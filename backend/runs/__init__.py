"""Runs: read the observed graph, resolve, analyse, write the derived layer and publish it in one step."""

from backend.runs.analyse import Summary, analyse

__all__ = ["Summary", "analyse"]
