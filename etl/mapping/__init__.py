"""The unknown file: proposing how its columns map onto a known kind of table, and keeping what was decided."""

import etl.sources  # noqa: F401 - before any converter: they need each other, and it has to come first
