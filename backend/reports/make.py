"""Compose, record and write a report: the audit record stands before the file does, and the file names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from backend.exports.left import left
from backend.reports.bulletin import bulletin
from backend.reports.chain import chain_report
from backend.reports.gang import gang_report
from backend.reports.item import TITLES, item_report
from backend.reports.trace import trace_report
from backend.security.audited import audit_log, entry_of
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.docx import render_docx
from viz.report.model import Furniture, Report, RowNumbers, Seal
from viz.report.pdf import render_report

FORMATS = ("docx", "pdf")
WHAT = ("chain", "gang", "bulletin", "trace", *TITLES)


@dataclass(frozen=True)
class Made:
    """A written report: its bytes, the digest of what it says, its audit number, how many rows prove it."""

    body: bytes
    digest: str
    audit: int
    rows: int


def make_report(
    store: Store,
    viewer: Viewer,
    what: str,
    object_id: str,
    form: str,
    *,
    n: int = 1,
    short: bool = False,
    language: str = "zh",
    furniture: Furniture | None = None,
    asked: Mapping[str, Any] | None = None,  # parameters of a trace, as its answer takes them
) -> Made:
    """A chain or gang report, a bulletin of figures, a money trace, or an item of a noun of the district, as DOCX or PDF.

    ``object_id`` is a case number (``n`` chooses its chain), a gang id (``short`` for at most six pages), the
    period of a bulletin, the start of a trace (followed as ``asked``), or the id of an item.
    Raises ``InputError`` for another ``what`` or ``form``, ``NotFound`` where there is no such thing,
    ``AuditUnavailable`` where the record cannot be written (then there is no report either).
    """
    if what not in WHAT or form not in FORMATS:
        raise InputError(
            Text(
                f"不能生成 {what} 的 {form} 报告，可用：{'、'.join(WHAT)}，{'、'.join(FORMATS)}。",
                f"No {form} report of {what}: one of {', '.join(WHAT)} as {', '.join(FORMATS)}.",
            )
        )
    around = furniture or Furniture()
    if what == "chain":
        report = chain_report(store, viewer, object_id, n, language, around)
    elif what == "bulletin":
        report = bulletin(store, viewer, object_id, language, around)
    elif what == "trace":
        report = trace_report(store, viewer, object_id, asked or {}, language, around)
    elif what in TITLES:
        report = item_report(store, viewer, what, object_id, language, around)
    else:
        report = gang_report(store, viewer, object_id, language, around, short)
    seal = _sealed(viewer, report, what, object_id)
    body = render_docx(report, seal) if form == "docx" else render_report(report, seal)
    rows = len(RowNumbers(report))
    left(viewer, f"report {what} {seal.audit}", (object_id,), body, rows)  # the file, beside what it says
    return Made(body, seal.digest, seal.audit, rows)


def _sealed(viewer: Viewer, report: Report, what: str, object_id: str) -> Seal:
    digest = report.digest()
    entry = entry_of(viewer, "report", (object_id,), what)
    number = audit_log().append(replace(entry, result=digest, count=len(RowNumbers(report))))
    return Seal(digest, number)
