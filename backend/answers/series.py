"""Series of cases 串并案: what several cases have in common, each link with its rows; a person decides."""

from __future__ import annotations

from typing import Any

from backend.analysis.joined import roots
from backend.answers.runs import Run, on_run
from backend.answers.shape import Answer
from backend.answers.supplies import THRESHOLD
from backend.security.audited import audited
from backend.security.errors import Both
from graph_schema.dictionaries.loader import load
from graph_schema.errors import NotFound
from graph_schema.store import Store, Viewer

HUB = 2_000
"""Payments into one account beyond which it is a shop or a service, not a link between cases."""
LEAST_PAYMENTS = 2
COMMON = 0.5
"""What joins more than this share of all cases (from six on) joins nothing in particular; it is told as left out."""
MOST_MESSAGES = 50_000
TIMEOUT = 60.0


@audited("series", "case_no")
@on_run
def series(store: Store, viewer: Viewer, run: Run, case_no: str | None = None) -> Answer:
    """Links between cases by supplier, batch, packaging, code words, handset and account, and the series they make.

    With ``case_no`` only links and series of that case. Series are joined by supplier, batch, handset or
    account; packaging and code words alone join none. Raises ``NotFound`` for an unknown case.
    """
    if case_no is not None and not store.read(viewer, "case.one", case_no=case_no, run=run.run_id):
        raise NotFound(
            Both("没有这个案件，或您无权查看。", "There is no such case, or it is not yours to see.")
        )
    total = int(store.read(viewer, "case.count")[0]["total"])
    links: list[Answer] = []
    left_out: list[Answer] = []
    for basis, rows in _links(store, viewer, run).items():
        for row in rows:
            link = {
                "basis": basis,
                "value": row["value"],
                "cases": sorted(row["cases"]),
                "score": row.get("score"),
                "evidence": list(dict.fromkeys(_flat(row["evidence"])))[:20],
            }
            (left_out if total >= 6 and len(row["cases"]) > COMMON * total else links).append(link)
    links.sort(key=lambda link: (_ORDER.index(link["basis"]), -len(link["cases"]), str(link["value"])))
    groups = _joined([link["cases"] for link in links if link["basis"] in _JOINS])
    if case_no is not None:
        links = [link for link in links if case_no in link["cases"]]
        groups = [group for group in groups if case_no in group]
    return {
        "links": links,
        "series": [
            {
                "cases": group,
                "bases": sorted({link["basis"] for link in links if set(link["cases"]) <= set(group)}),
            }
            for group in groups
        ],
        "left_out": left_out,
        "run": run.name,
    }


_ORDER = ("supplier", "batch", "handset", "account", "packaging", "code_word")
_JOINS = ("supplier", "batch", "handset", "account")


def _links(store: Store, viewer: Viewer, run: Run) -> dict[str, list[dict[str, Any]]]:
    def ask(query: str, **asked: Any) -> list[dict[str, Any]]:
        return store.read(viewer, query, timeout=TIMEOUT, **asked)

    words = sorted({entry.value for entry in load("code_words") if str(entry.extra.get("use")) != "3"})
    return {
        "supplier": ask("series.suppliers", run=run.run_id, min_score=THRESHOLD),
        "batch": ask("series.seizures", labels={"property": "batch"}),
        "packaging": ask("series.seizures", labels={"property": "packaging"}),
        "handset": ask("series.handsets", run=run.run_id),
        "account": ask("series.accounts", run=run.run_id, hub=HUB, least=LEAST_PAYMENTS),
        "code_word": ask("series.words", run=run.run_id, words=words, limit=MOST_MESSAGES),
    }


def _flat(values: Any) -> list[str]:
    if isinstance(values, str):
        return [values]
    return [each for value in values or () for each in _flat(value)]


def _joined(groups: list[list[str]]) -> list[list[str]]:
    """Cases that hang together by any of the links."""
    root = roots((group[0], case) for group in groups for case in group[1:])
    found: dict[str, list[str]] = {}
    for case in sorted(root):
        found.setdefault(root[case], []).append(case)
    return sorted((group for group in found.values() if len(group) > 1), key=lambda g: (-len(g), g))
