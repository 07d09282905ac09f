"""Pictures that lie beside a table and were read with it: they are no tables of their own, and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.intake.reports import FileReport
from etl.storage.archive import Archive
from graph_schema.language import Text

BESIDE = "beside"
_PREFIX = "Picture:"


def with_tables(archive: Archive, reports: Sequence[FileReport]) -> list[FileReport]:
    """The reports, with refused pictures that a table of this load names told as read with it."""
    if not any(each.state == "refused" and each.sha256 for each in reports):
        return list(reports)
    shown = {sha for each in reports if each.state in ("loaded", "known") for sha in _pictures(archive, each)}
    text = Text("表格所附的图片，已随表格读取。", "A picture of a table, read with it.")
    return [
        replace(each, state=BESIDE, reason=text) if each.state == "refused" and each.sha256 in shown else each
        for each in reports
    ]


def _pictures(archive: Archive, report: FileReport) -> Iterator[str]:
    file = archive.facts(report.sha256 or "") / "legs.parquet"
    if report.sha256 is None or not file.is_file():
        return
    ends = pq.read_table(file, columns=["end"], filters=[("rel", "=", "SHOWS")])["end"]
    for ref in pc.unique(ends).to_pylist():
        if ref and ref.startswith(_PREFIX):
            yield ref.removeprefix(_PREFIX)
