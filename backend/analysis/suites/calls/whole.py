"""Where in everything loaded the targets' numbers occur."""

from __future__ import annotations

from backend.analysis.suites.calls.book import CallBook
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow


def everywhere(book: CallBook, preset: Preset) -> TableFound:
    """#3: in which kinds of record and in which cases a number of a target occurs."""
    rows: list[TableRow] = [
        {
            "number": found.number,
            "what": found.what,
            "n": found.n,
            "cases": sorted(found.cases),
            "first": found.first,
            "last": found.last,
            "evidence": list(found.evidence),
        }
        for found in sorted(book.occurrences, key=lambda found: (found.number, -found.n, found.what))
    ]
    return TableFound(rows)
