"""What the call suite and the money suite share: tables of figures with their rows, and presets."""

from backend.analysis.suite.presets import Preset, load_presets
from backend.analysis.suite.tables import Column, Figure, Table, flag, newest

__all__ = ["Column", "Figure", "Preset", "Table", "flag", "load_presets", "newest"]
