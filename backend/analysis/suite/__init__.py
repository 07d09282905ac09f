"""What the call suite and the money suite share: tables of figures with their rows, and presets."""

from backend.analysis.suite.presets import Preset, load_presets
from backend.analysis.suite.tables import Column, Figure, Table, flag, newest
from backend.analysis.suite.words import WORDS, code

__all__ = ["WORDS", "Column", "Figure", "Preset", "Table", "code", "flag", "load_presets", "newest"]
