"""The invented sample of every layout and document, as a file of its own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.layouts.layout import Layout
from etl.layouts.registry import layouts
from etl.sources import documents
from tests.etl.sources.packages import OWNER, bcp_package


def tables() -> dict[str, Layout]:
    """Every layout that a file of its own can be read by."""
    return {
        name: layout
        for name, layout in layouts().items()
        if not (layout.document or layout.not_yet or layout.module == "aside")
    }


def text_of(layout: Layout) -> str:
    """The example of a layout, else its headings over the samples of its columns."""
    if layout.example:
        return "\n".join(layout.example) + "\n"
    cells: dict[str, str] = {}
    for column in layout.columns.values():
        if column.sample:
            cells.setdefault(column.aliases[0], column.sample)
    for group in layout.needs:  # a column that has to be there and is blank in the sample
        if not any(layout.columns[name].sample for name in group):
            cells.setdefault(layout.columns[group[0]].aliases[0], "")
    out = io.StringIO()
    csv.writer(out).writerows([list(cells), list(cells.values())])
    return out.getvalue()


def write_all(folder: Path) -> list[Path]:
    """One file of every shape: each table, each document, and a phone package."""
    found = []
    for name, layout in tables().items():
        found.append(folder / "tables" / f"{name}.csv")
        found[-1].parent.mkdir(parents=True, exist_ok=True)
        found[-1].write_text(text_of(layout), encoding="utf-8")
    for module in documents.modules():
        name = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
        if name == "bcp":
            found.append(bcp_package(folder / "bcp", OWNER))
            continue
        forms = "\n".join(module.SAMPLE).split("\n\n") if name == "wechat" else ["\n".join(module.SAMPLE)]
        for n, form in enumerate(forms):
            found.append(folder / "documents" / f"{name}-{n}.txt")
            found[-1].parent.mkdir(parents=True, exist_ok=True)
            found[-1].write_text(form + "\n", encoding="utf-8")
    return found
