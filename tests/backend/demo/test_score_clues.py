"""Joining clues scored on the demo and on a second maker: asked are precision .98 and recall .85 of pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend.demo.district import generate
from backend.district.answering import ALL
from backend.district.clues import answers
from backend.district.clues.alike import account_only
from backend.district.clues.joining import joined
from backend.scoring.clues import CluesScore, score
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.demo.second_clues import made
from tests.etl.opened import text_of


def reached(found: CluesScore) -> None:
    assert found.precision >= 0.98 and found.recall >= 0.85, found
    assert found.joined_others == (), "forwarders, buyers and officers join nothing"
    assert found.wrong_status == ()


@pytest.mark.parametrize("seed", [11, pytest.param(12, marks=pytest.mark.long)])
def test_the_demo(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: couriers, platforms, everybody's picture and stock phrases glue sellers; statuses of today instead of the day."""
    truth = generate(tmp_path, seed=seed, size=0.1).nouns["clues"]
    load(store, [tmp_path / "网上线索"])
    found = answers.clues_list(store, LOCAL, ALL)
    mine = score(found["items"], truth["sellers"], truth["others"], truth["tested"])
    reached(mine)
    assert len(truth["tested"]) > 3
    board = answers.Board(store, LOCAL, answers.asked_day(store, LOCAL, None))
    alone = joined(board.clues, account_only(board.clues))
    plain: list[Any] = [{"clues": group.clues, "substances": []} for group in alone]
    by_account = score(plain, truth["sellers"], (), {})
    assert by_account.recall < mine.recall - 0.2, "what joining by account alone finds"


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_second_maker(store: Store, tmp_path: Path, seed: int) -> None:
    """Trap: rules that fit the demo's way of inventing clues and no other."""
    rows, sellers, others = made(seed)
    (tmp_path / "线索.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    reached(score(answers.clues_list(store, LOCAL, ALL)["items"], sellers, others, {}))
