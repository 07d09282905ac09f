"""What somebody typed in: the kind of table is known, its headings are the usual ones."""

from __future__ import annotations

from pathlib import Path

from etl.layouts import saved
from etl.layouts.heading import unique_headings
from etl.layouts.registry import ENTRY
from etl.mapping.decide import entered
from etl.reading.delimited import read_text
from etl.reading.limits import LIMITS, ReadLimits
from etl.sources.opening import facts_of
from etl.storage.facts import FileOrigin, SheetFacts


def open_entry(path: Path, origin: FileOrigin, limits: ReadLimits = LIMITS) -> list[SheetFacts]:
    """The one table of an entry as facts; ``origin`` names its kind."""
    sheet = read_text(path, limits)
    layout = entered(origin.entry or "", unique_headings(sheet.views[0].head[0]))
    facts = facts_of(saved.under(layout, sheet, 0, 0), sheet, path, origin)
    facts.kind = f"{ENTRY}/{origin.entry}"
    return [facts]
