"""The precursor firms of the invented district against their own truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.demo.district import generate
from backend.district.answering import ALL
from backend.district.chemicals import answers
from backend.scoring.chemicals import score
from etl.writing.load import load
from graph_schema.store import LOCAL, Store


@pytest.mark.parametrize("seed", [11, pytest.param(3, marks=pytest.mark.long)])
def test_planted_faults_are_found_and_clean_firms_left_alone(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: faults that only the maker sees; group transfers, estimates, litres, returns and agencies told as faults."""
    truth = generate(tmp_path, seed=seed, size=0.3).nouns["chemicals"]
    load(store, [tmp_path / "易制毒", tmp_path / "台账"])
    items = answers.chemicals_list(store, LOCAL, ALL)["items"]
    figures = score(items, truth)
    told = [(each["kind"], each["company"], each["chemical"], each["reasons"][0]["en"]) for each in items]
    assert sum(figures.planted.values()) >= 15
    assert {kind: figures.recall(kind) for kind in figures.planted} == dict.fromkeys(figures.planted, 1.0), (
        told
    )
    assert figures.false_share <= 0.1 and figures.clean_named == 0, told


def test_a_scorer_that_can_fail() -> None:
    """Trap: a scorer that counts everything as found, or nothing as false."""
    truth = {"planted": [{"kind": "split", "firms": ["A", "B"], "chemical": "丙酮"}]}
    wrong = score([{"kind": "path", "company": "A"}, {"kind": "split", "company": "C"}], truth)
    assert (wrong.recall("split"), wrong.false, wrong.false_share, wrong.clean_named) == (0.0, 2, 1.0, 1)
    assert score([{"kind": "split", "company": "B"}], truth).recall("split") == 1.0
