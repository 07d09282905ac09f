"""Regular dealings from files to answer: counted as the analysis counts, and in nothing that speaks of supplies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
from typer.testing import CliRunner

from backend import answers
from backend.analysis.chains.events import HopEvents
from backend.analysis.model.chains import Hop, Source
from backend.analysis.model.facts import Facts
from backend.analysis.model.weights import default_weights
from backend.analysis.pipeline import scored_supplies
from backend.answers.runs import published
from backend.cli import app
from backend.runs.people import read_people
from graph_schema.store import LOCAL, Store


def test_regular_dealings_are_told_apart_and_counted_once(demo: Store, tmp_path: Path) -> None:
    """Trap: another count here than in the analysis or in `explain`; an innocent's driver in a list of supplies."""
    store = demo
    kept = store.home / "runs" / published(store, LOCAL).run_id / "unlikely.parquet"
    pairs = [(row["supplier"], row["buyer"]) for row in pq.read_table(kept).to_pylist() if row["regular"]]
    assert pairs, "the district has drivers and agents"
    found = {
        person: answers.dealings(store, LOCAL, person) for person in {each for pair in pairs for each in pair}
    }
    told = {
        (person, each["other"]["id"]): each for person, answer in found.items() for each in answer["dealings"]
    }
    assert {*told} == {*pairs, *((b, a) for a, b in pairs)}, "from both sides"
    facts = read_people(store, LOCAL)[1]
    facts = scored_supplies(facts, default_weights())[0].seen.facts
    for (person, other), each in told.items():
        assert each["paid"] + each["received"] >= 4 and each["calls"] + each["messages"] >= 1
        assert each["first"] <= each["last"] and each["evidence"]
        mirror = told[other, person]
        assert (each["paid"], each["paid_fen"]) == (mirror["received"], mirror["received_fen"])
        why = answers.explain(store, LOCAL, f"{person}>{other}")
        assert why["payments"] == each["paid"] + each["received"], "`explain` counts the same"
        assert _paid(facts, person, other) == (each["paid"], each["paid_fen"]), "the analysis counts the same"
    _in_nothing_else(store, {frozenset(pair) for pair in pairs})

    shown = CliRunner().invoke(app, ["dealings", pairs[0][0]], env={"COLUMNS": "240", "UPLINE_LANG": "zh"})
    assert "往来规律" in shown.output and "不是供货认定" in shown.output, shown.output

    shutil.copy2(kept, tmp_path)
    pq.write_table(pq.read_table(kept).drop_columns(["regular"]), kept)
    assert answers.dealings(store, LOCAL, pairs[0][0])["dealings"] is None, "an older run did not look"
    shutil.move(tmp_path / kept.name, kept)


def _paid(facts: Facts, a: str, b: str) -> tuple[int, int]:
    """Payments of one to the other as a chain would count them."""
    of = facts.person_ids.index(a), facts.person_ids.index(b)
    hop = Hop("payment", *of, None, None, 0, 0, 0.0, (), (Source("payments", of),))
    told = HopEvents(facts, [hop]).filled(hop)
    return told.count, told.fen


def _in_nothing_else(store: Store, pairs: set[frozenset[str]]) -> None:
    edges = answers.supplies(store, LOCAL)["edges"]
    assert not pairs & {frozenset((edge["supplier"]["id"], edge["buyer"]["id"])) for edge in edges}
    for case in answers.chains(store, LOCAL)["cases"]:
        for chain in case["chains"]:
            hops = {frozenset((hop["from"], hop["to"])) for hop in chain["hops"] if hop["kind"] == "supply"}
            assert not pairs & hops
    for gang in answers.gangs(store, LOCAL, min_size=1)["gangs"]:
        payers = answers.gang_page(store, LOCAL, gang["id"])["payers"]
        assert not pairs & {frozenset((each["person"]["id"], each["seller"])) for each in payers}
