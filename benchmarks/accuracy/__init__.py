"""How right the analysis is: districts written, loaded, analysed and held against their truth, beside plain baselines."""

from benchmarks.accuracy.command import main

__all__ = ["main"]
