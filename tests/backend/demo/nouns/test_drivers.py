"""The demo's barred drivers: found by the rules, nobody innocent named, windows hit in weeks the rules did not see."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from backend.demo.district import generate
from backend.demo.nouns.drivers import FOLDER, LeadTruth, last_day
from backend.district.answering import Listing
from backend.district.drivers import answers
from backend.scoring.drivers import score
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

ON = last_day() - timedelta(days=21)


@pytest.mark.parametrize("seed", [7, pytest.param(19, marks=pytest.mark.long)])
def test_barred_drivers_are_found_and_nobody_else(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: fewer than nine in ten found, or one named by a clone, a misread, a pass out of time, custody."""
    made = generate(tmp_path, seed=seed, size=0.3)
    truth = [LeadTruth(**each) for each in made.nouns["drivers"]]
    load(store, [tmp_path / FOLDER])
    found = score(answers.drivers_list(store, LOCAL, Listing(ON))["items"], truth, ON)
    assert found.planted >= 6 and len({each.what for each in truth}) >= 11
    assert found.blamed == (), found
    assert found.recall >= 0.9, found
    assert found.windows and found.hit_rate >= 0.6, found
