"""Unknown files: proposes how their columns map onto a known kind of table, and saves the decision."""

import etl.sources  # noqa: F401 - before any converter: they need each other, and it has to come first
