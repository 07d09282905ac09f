"""Each hop of every published chain, from files to answer: what it says is what its rows say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from backend import answers
from backend.answers.people import counted, hands_of
from backend.answers.runs import Run, published
from backend.demo.district import generate
from backend.drawings import draw_chain
from backend.reports.chain import chain_report
from backend.runs.analyse import analyse
from benchmarks.accuracy.elsewhere import make
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from viz.report.model import Furniture, Heading, Paragraph
from viz.text.phrases import hop_amount

Json = Mapping[str, Any]


def between(store: Store, run: Run, a: str, b: str) -> list[dict[str, Any]]:
    """Everything on record between two persons, asked of the graph."""
    hands = hands_of(run, (a, b), counted(store, LOCAL, run, (a, b)))
    ends: dict[str, Any] = {**hands[a].named("a"), **hands[b].named("b"), "since": None, "until": None}
    rels = {"rels": ["CALLED", "MESSAGED", "PAID"]}
    return store.read(LOCAL, "board.between", labels=rels, limit=1_000_000, timeout=120.0, **ends)


def events_of(store: Store, run: Run, hop: Json) -> list[dict[str, Any]] | None:
    """The events between the two persons a hop names that its rows may be; None for rows of another kind."""
    of = hop["rows_of"]
    a, b = (of["from"]["id"], of["to"]["id"]) if of else (hop["from"], hop["to"])
    if hop["rows"] == "payments":
        return [row for row in between(store, run, a, b) if row["kind"] == "PAID" and row["forward"]]
    if hop["rows"] == "calls":
        named = set(hop["evidence"])
        found = [row for row in between(store, run, a, b) if row["kind"] != "PAID"]
        return [row for row in found if named & set(row["evidence"])]
    return None


def check(store: Store) -> None:
    run, kinds = published(store, LOCAL), set()
    for case in answers.chains(store, LOCAL)["cases"]:
        for chain in case["chains"]:
            persons = {person["id"] for person in chain["persons"]}
            for hop in chain["hops"]:
                where = (case["case_no"], chain["id"], hop)
                assert {hop["from"], hop["to"]} <= persons and hop["evidence"], where
                assert hop["rows_of"] is None or hop["kind"] != "payment", where
                kinds.add((hop["kind"], hop["rows"], hop["rows_of"] is None))
                events = events_of(store, run, hop)
                if events is None:
                    continue
                rows = {row for event in events for row in event["evidence"]}
                assert rows == set(hop["evidence"]) and len(hop["evidence"]) == len(rows), where
                assert hop["count"] == len(events), where
                assert hop["fen"] == sum(event["fen"] or 0 for event in events), where
    assert ("payment", "payments", True) in kinds, kinds
    assert ("supply", "payments", True) in kinds, kinds


def test_a_hop_says_what_its_rows_say(adversarial: Store) -> None:
    """Trap: a payee's hop with the count, sum and rows of all that the supplier behind him got, from whomever."""
    told_alike(adversarial)


@pytest.mark.long
def test_so_does_a_hop_of_another_maker(store: Store, tmp_path: Path) -> None:
    """Trap: the same, in a world of other habits than the demo's."""
    make(tmp_path, preset="sparse", seed=2)
    load(store, [tmp_path])
    analyse(store)
    told_alike(store)


def told_alike(store: Store) -> None:
    """Each hop is one answer, wherever it is asked, and says what its rows say."""
    check(store)
    drawn = 0
    for case in answers.chains(store, LOCAL, k=1)["cases"]:
        if not case["chains"]:
            continue
        hops = case["chains"][0]["hops"]
        shown = answers.case_chains(store, LOCAL, case["case_no"])["cases"][0]["chains"][0]["hops"]
        page = answers.lanes(store, LOCAL, case["case_no"], 1)["chain"]["hops"]
        assert hops == shown == page, "one answer, wherever it is asked"
        edges = {edge.hop: edge for edge in draw_chain(store, LOCAL, case["case_no"]).edges if edge.hop}
        told = answers.explain(store, LOCAL, case["chains"][0]["id"])["sentences"]
        for n, hop in enumerate(hops, start=1):
            assert (edges[n].count, edges[n].fen or 0) == (hop["count"], hop["fen"])
            assert any(hop_amount(hop, "zh") in line["zh"] for line in told)
            drawn += 1
        reported(store, case["case_no"], hops)
    assert drawn


def reported(store: Store, case_no: str, hops: list[Json]) -> None:
    """The report tells each hop from its own rows, and its list of evidence has each of them whole."""
    report = chain_report(store, LOCAL, case_no, 1, "zh", Furniture())
    parts: list[str] = []  # text under each heading of a hop
    for block in report.blocks:
        if isinstance(block, Heading):
            parts.append("")
        elif isinstance(block, Paragraph) and parts:
            parts[-1] += "".join(sentence.text for sentence in block.sentences)
    told = parts[3 : 3 + len(hops)]
    for hop, text in zip(hops, told, strict=True):
        amount = f"付款 {hop['count']} 笔，合计 {hop['fen'] / 100:,.2f} 元"
        assert (amount if hop["rows"] == "payments" else f" {hop['count']} ") in text
        if hop["kind"] == "payment":
            assert "供货" not in text, "a payment to a payee says nothing of who supplies"
        for ref in hop["evidence"]:
            event = report.sources[ref].event
            if hop["rows"] in ("payments", "calls"):
                assert event is not None and event.at[:4].isdecimal() and event.a and event.b, ref
            if hop["rows"] == "payments":
                assert event is not None and "元" in event.what
                assert any(len(each) >= 8 for each in event.serial.split("\n")), (ref, event)


@pytest.mark.long
def test_so_does_each_hop_of_the_demo(store: Store, tmp_path: Path) -> None:
    """Trap: what holds for small worlds fails in the one everybody looks at."""
    generate(tmp_path, seed=7)
    load(store, [tmp_path])
    analyse(store)
    check(store)
