"""The chain report: 研判报告 of a case chain, from the clue to what should be asked for next.

Headings follow the customary order of a 研判报告; what is seen stands before what it may mean, and what is
missing stands as plainly as what was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend import answers
from backend.answers.chains import numbered
from backend.answers.lanes import SUPPLYING
from backend.answers.requests import requests
from backend.answers.supplies import edges
from backend.contract.chains import Hop
from backend.contract.supplies import SupplyEdge
from backend.drawings import RunShown, draw_chain, run_of, with_roles
from backend.judgements.overlay import Overlay
from backend.reports import chain_parts as cp
from backend.reports.chain_tables import persons_table, requests_part
from backend.reports.composition import composed, figure, numbered_parts
from backend.reports.material import material
from backend.reports.origins import rows_about
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Furniture, Report


def chain_report(
    store: Store, viewer: Viewer, case_no: str, n: int, language: str, furniture: Furniture
) -> Report:
    """The ``n``-th best chain of a case as a report; ``NotFound`` where the case has none of that number."""
    page = answers.case_page(store, viewer, case_no, k=max(n, 3))
    chain = numbered(page["chains"], n)
    if chain is None:
        raise NotFound(Text(f"案件 {case_no} 没有第 {n} 条链。", f"Case {case_no} has no chain {n}."))
    run = run_of(store, viewer)
    roles = {
        person_id: person["role"]
        for person_id, person in with_roles(store, viewer, run, chain["persons"]).items()
    }
    ids = [person["id"] for person in chain["persons"]]
    sure = ids if chain["status"] == "confirmed" else []
    stuff = material(store, viewer, ids, roles, language, sure)
    supplies = _supplies(store, run, viewer, chain["hops"])
    origin = cp.origin(stuff.telling, page, rows_about(store, viewer, f"Case:{case_no}") or cp.rows_of(page))
    parts = [
        (Text("线索来源及基本情况", "Origin of the lead"), origin),
        (Text("涉及人员基本情况", "Persons"), [persons_table(stuff, chain)]),
        (Text("研判分析", "Analysis"), cp.analysis(stuff, chain, supplies)),
        (Text("研判结论及可信程度", "Conclusion and confidence"), cp.conclusion(stuff, chain, case_no)),
        (Text("存在的问题和缺口", "Problems and gaps"), cp.gaps(stuff, chain, supplies)),
        (
            Text("下步工作建议", "Recommended next steps"),
            requests_part(stuff, requests(store, viewer, case_no, chain)),
        ),
    ]
    drawing = draw_chain(store, viewer, case_no, n, language)
    caption = Text(f"案件 {case_no} 的上溯链", f"The chain from case {case_no}")
    return composed(
        store,
        viewer,
        stuff,
        [*numbered_parts(language, parts), *figure(language, caption, drawing)],
        title=Text("案件上溯链研判报告", "Case chain report"),
        subject=Text(f"案件 {case_no}，第 {n} 条链", f"Case {case_no}, chain {n}"),
        status=chain["status"],
        review=chain["review"],
        run=run,
        furniture=furniture,
    )


def _supplies(
    store: Store, run: RunShown, viewer: Viewer, hops: Sequence[Hop]
) -> dict[tuple[int, ...], SupplyEdge]:
    """What hops (numbered from 1) say of who supplies whom: one hop by itself, or the payment to a payee with the one he
    collects for.
    """
    overlay = Overlay.read(store, viewer)
    found: dict[tuple[int, ...], SupplyEdge] = {}
    which: tuple[int, ...]
    for n, hop in enumerate(hops, start=1):
        below = hops[n - 2] if n > 1 else None
        if hop["kind"] in SUPPLYING:
            pair, which = (hop["to"], hop["from"]), (n,)
        elif hop["kind"] == "payee" and below is not None and below["kind"] == "payment":
            pair, which = (hop["to"], below["from"]), (n - 1, n)
        else:
            continue
        supplier, buyer = (f"{run['id']}/{each}" for each in pair)
        if rows := store.read(viewer, "supply.pair", supplier=supplier, buyer=buyer):
            found[which] = edges(rows, overlay)[0]
    return found
