"""A second maker of worlds, written apart from the demo and the analysis, to see whether figures carry over."""

from benchmarks.accuracy.elsewhere.make import make

__all__ = ["make"]
