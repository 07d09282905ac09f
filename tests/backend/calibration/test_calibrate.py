"""Calibration: moves weights where solved cases say so, keeps signs, prints what was held out, writes a file that loads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backend.analysis.identity.same_holder import counted_as
from backend.analysis.model.facts import Facts
from backend.analysis.model.weights import default_weights, load_weights
from backend.calibration.calibrate import calibrate, named_weights, quality, write_weights
from backend.calibration.fit import Examples, fitted
from backend.calibration.known import KnownPairs, from_csv
from graph_schema.errors import InputError
from tests.backend.analysis.worlds import make


@pytest.fixture(scope="module")
def solved() -> tuple[Facts, KnownPairs]:
    world = make("base", 5)
    holders: dict[int, list[int]] = {}
    for holder, person in enumerate(world.who):
        holders.setdefault(person, []).append(holder)
    known = {(a, b): True for s, r in world.supplies for a in holders.get(s, ()) for b in holders.get(r, ())}
    return world.facts, known


def test_a_fit_says_how_it_does_on_buyers_held_out(solved: tuple[Facts, KnownPairs]) -> None:
    """Trap: figures over the pairs a weight was fitted to are always good."""
    facts, known = solved
    report = calibrate(facts, known, "test")
    assert report.right >= 20
    assert report.buyers >= 10
    assert report.fitted.log_loss < report.published.log_loss * 1.1
    published = default_weights()
    for name, weight in report.weights.signals.items():
        old = published.signals[name]
        for new_value, old_value in ((weight.retail, old.retail), (weight.restock, old.restock)):
            assert new_value * old_value >= 0, name
            assert old_value != 0 or new_value == 0, name
    assert report.weights.version == f"{published.version}+test"


def test_the_file_loads_as_it_was_written(solved: tuple[Facts, KnownPairs], tmp_path: Path) -> None:
    """Trap: a weight file the strict reader refuses, or that changes on the way."""
    report = calibrate(*solved, "test")
    write_weights(report.weights, tmp_path / "weights" / "test.yaml")
    assert load_weights(tmp_path / "weights" / "test.yaml") == report.weights
    assert named_weights(tmp_path, "test") == report.weights
    with pytest.raises(InputError):
        named_weights(tmp_path, "other")


def test_too_little_is_refused(solved: tuple[Facts, KnownPairs]) -> None:
    """Trap: three solved cases learnt by heart."""
    facts, known = solved
    with pytest.raises(InputError, match="Too few"):
        calibrate(facts, dict(list(known.items())[:3]), "test")


def test_without_evidence_nothing_moves() -> None:
    """Trap: a fit without a pull runs to infinity on pairs a single signal separates."""
    values = np.array([[1.0, 0, 1, 0], [0.0, 0, 1, 0]] * 3)
    few = Examples(values, np.array([True, False] * 3), np.arange(6), ("x",))
    start = np.array([0.5, 0.0, -1.0, -1.0])
    found = fitted(few, start, pull=1e6)
    assert found == pytest.approx(start, abs=1e-3)
    free = fitted(few, start)
    assert 0.5 < free[0] < 5
    assert free[1] == 0.0


def test_pairs_are_read_by_whatever_identifier(tmp_path: Path, solved: tuple[Facts, KnownPairs]) -> None:
    """Trap: a phone with country prefix, a file saved by Excel, a pair known to be false, a stranger."""
    facts = replace(
        solved[0], refs=[["Phone:+8619900000001"], ["Account:tenpay:wxid_demo1"], *solved[0].refs[2:]]
    )
    path = tmp_path / "pairs.csv"
    path.write_bytes(
        "上家,下家,属实\r\n19900000001,wxid_DEMO1,否\r\nnobody,wxid_demo1,是\r\n".encode("gb18030")
    )
    known, unknown = from_csv(path, facts)
    assert known == {(0, 1): False}
    assert unknown == ["nobody"]
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="supplier and buyer"):
        from_csv(path, facts)


def test_quality_of_a_sure_and_wrong_claim() -> None:
    """Trap: an error averaged away over the bins."""
    found = quality(np.array([1.0, 1.0, 0.0, 0.0]), np.array([True, False, False, True]))
    assert found.precision == found.recall == 0.5
    assert found.calibration_error == 0.5


def test_a_pair_known_by_a_counted_holder_is_the_pair_a_run_scores(solved: tuple[Facts, KnownPairs]) -> None:
    """Trap: a supplier named by his second card, whom a run counts as the holder of the first, lost as unknown."""
    facts, known = solved
    who = make("base", 5).who
    named = replace(facts, names=[f"测{chr(0x4E00 + person)}" for person in who])
    same = {each.person: each.counted_as for each in counted_as(named)}
    assert any(end in same for pair in known for end in pair)
    other = {to: person for person, to in same.items()}
    whole = {pair: right for pair, right in known.items() if not set(pair) & same.keys()}
    by_other = {(other.get(a, a), other.get(b, b)): right for (a, b), right in whole.items()}
    assert by_other.keys() != whole.keys()
    assert calibrate(named, by_other, "test").right == calibrate(named, whole, "test").right
