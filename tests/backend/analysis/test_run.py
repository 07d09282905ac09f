"""The whole run on small invented worlds: right, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np
import pyarrow as pa
import pytest

from backend.analysis.model.facts import Events, References
from backend.analysis.model.results import Results
from backend.analysis.pipeline import run
from tests.backend.analysis.score import judge
from tests.backend.analysis.worlds import make


def digest(results: Results) -> str:
    return hashlib.sha256(repr(results).encode()).hexdigest()


def shuffled(events: Events, rng: np.random.Generator) -> Events:
    order = rng.permutation(len(events))
    return dataclasses.replace(
        events,
        a=events.a[order],
        b=events.b[order],
        at=events.at[order],
        precision=events.precision[order],
        amount=events.amount[order],
        service=events.service[order],
        a_ref=[events.a_ref[i] for i in order],
        b_ref=[events.b_ref[i] for i in order],
        evidence=[events.evidence[i] for i in order],
    )


def test_same_bytes_twice_and_for_any_order_of_events() -> None:
    """Trap: sums of floats and ties in sorting follow the order rows were read in."""
    facts = make("adversarial", 3).facts
    rng = np.random.default_rng(5)
    other = dataclasses.replace(
        facts,
        calls=shuffled(facts.calls, rng),
        payments=shuffled(facts.payments, rng),
        parcels=shuffled(facts.parcels, rng),
        statements=shuffled(facts.statements, rng),
    )
    first = digest(run(facts))
    assert digest(run(facts)) == first
    assert digest(run(other)) == first


def test_rows_held_as_one_block_of_text_give_the_same_answer() -> None:
    """Trap: rows of another event after sorting, or after holders counted as one lose the events between them."""
    facts = make("adversarial", 3).facts
    packed = dataclasses.replace(
        facts,
        **{
            name: dataclasses.replace(
                events, evidence=References(pa.array(list(events.evidence), References.KIND))
            )
            for name in ("calls", "payments", "parcels", "statements")
            for events in [getattr(facts, name)]
        },
    )
    assert digest(run(packed)) == digest(run(facts))
    rows = References(pa.array([["a"], [], ["b", "c"]], References.KIND))
    assert (len(rows), rows[2], rows[-1], rows[:2]) == (3, ["b", "c"], ["b", "c"], [["a"], []])
    assert list(rows.take(np.array([2, 0]))) == [["b", "c"], ["a"]]


@pytest.mark.parametrize("kind", ["base", "shifted", "sparse", "adversarial"])
def test_finds_organisers_and_keeps_unrelated_cases_apart(kind: str) -> None:
    """Trap: weights that fit one set of habits (night, round prices, call before payment) and fail on
    others.
    """
    figures = [judge(world, run(world.facts)) for world in (make(kind, 41), make(kind, 42))]
    organiser = [hit for f in figures for hit in f.organiser]
    wrong = [hit for f in figures for hit in f.wrong]
    first = [hit for f in figures for hit in f.first]
    assert np.mean(organiser) >= 0.7
    assert np.mean(wrong) <= 0.25
    assert np.mean(first) >= 0.8
