"""What the call suite and the money suite share: tables of figures with their rows, and presets."""

from backend.analysis.suites.common.presets import Preset, load_presets
from backend.analysis.suites.common.tables import (
    Column,
    Figure,
    SuiteTable,
    TableFound,
    flag,
    headings,
    newest,
    suite_tables,
)
from backend.analysis.suites.common.words import WORDS, code

__all__ = [
    "WORDS",
    "Column",
    "Figure",
    "Preset",
    "SuiteTable",
    "TableFound",
    "code",
    "flag",
    "headings",
    "load_presets",
    "newest",
    "suite_tables",
]
