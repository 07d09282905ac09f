"""The demo's care: every end, due day, done day, exit day and campaign number exact; a second maker of other shapes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from backend.demo.district import generate
from backend.demo.nouns.care import FOLDER, KINDS
from backend.demo.nouns.care_days import last_day, test_days, years_on
from backend.district.answering import Listing
from backend.district.care import answers
from backend.district.care.conventions import Conventions
from backend.district.care.person import in_care
from backend.district.care.told import CareRecord, DrugTest, RegimeRow, RegisterEntry
from backend.scoring.care import relapses, score, truth_of
from etl.writing.load import load
from graph_schema.store import LOCAL, Store


@pytest.mark.parametrize("seed", [7, pytest.param(19, marks=pytest.mark.long)])
def test_days_and_campaigns_are_exact(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: a day wrong by one; an ordinary life told as missed, relapsed or still under control."""
    made = generate(tmp_path, seed=seed, size=0.2)
    truth = truth_of(made.nouns["care"])
    load(store, [tmp_path / FOLDER])
    found = answers.care_list(store, LOCAL, Listing(date.fromisoformat(truth.on)))
    marks = score(found["items"], found["campaigns"], truth)
    assert marks.exact, marks.wrong
    assert marks.persons == len(found["items"]) >= len(KINDS) and marks.days > 250, (
        "drivers are no registered persons"
    )
    told = next(each for each in found["measures"] if each["measure"] == "relapse")
    assert (told["numerator"], told["denominator"]) == relapses(truth)


def test_a_second_maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: rules that fit the maker they were built on: starts on every day of the month, long and chained
    detentions, tests on any day near or far, answered by the naive search of this test."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    rules, rng = Conventions.read(), Random(3)
    for n in range(300):
        start = date(2019, 1, 1) + timedelta(days=rng.randrange(1200))
        away = _away(rng, start)
        firsts, lasts = tuple(a for a, _ in away), tuple(b for _, b in away)
        row = RegimeRow(f"r{n}", "社区戒毒", start - timedelta(days=3), start, firsts, lasts)
        dues = test_days(start, away)
        acts = sorted(day + timedelta(days=rng.randint(-6, 6)) for day in rng.sample(dues, 14))
        tests = tuple(
            DrugTest(f"t{k}", day, result="阴性", evidence=(f"t{k}",)) for k, day in enumerate(acts)
        )
        told = CareRecord(
            "x", regimes=(row,), tests=tests, entries=(RegisterEntry(start - timedelta(days=10)),)
        )
        person = in_care(told, rules, date(2026, 6, 1))
        assert person.spells[0].ends == last_day(start, 3, away), (start, away)
        assert [due.on for due in person.dues if due.what == "test"] == dues, (start, away)
        done = {due.on: due.done for due in person.dues if due.what == "test" and due.done}
        assert done == _nearest(dues, acts), (start, away, acts)
        assert person.exit_on is not None and person.exit_on >= years_on(start - timedelta(days=10), 3)


def _away(rng: Random, start: date) -> list[tuple[date, date]]:
    spans, day = [], start
    for _ in range(rng.choice((0, 0, 1, 2, 3))):
        day += timedelta(days=rng.randint(1, 300))
        last = day + timedelta(days=rng.choice((0, 6, 14, 37)))
        spans.append((day, last))
        day = rng.choice((last, last + timedelta(days=1), last + timedelta(days=40)))
    return spans


def _nearest(dues: list[date], acts: list[date]) -> dict[date, date]:
    """Each act within three days of a due day answers it; of two the nearer, of two as near the earlier one."""
    found: dict[date, date] = {}
    for due in dues:
        near = [(abs((act - due).days), act) for act in acts if abs((act - due).days) <= 3]
        if near:
            found[due] = min(near)[1]
    return found
