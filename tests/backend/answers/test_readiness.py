"""Which case is ready to decide, and what a request would gain: against chains made by hand and the small district."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from backend import answers
from backend.answers.readiness import Adds, gains, readiness, what_returns_add
from backend.answers.runs import Run
from backend.contract.board import BoardLine
from backend.contract.chains import Chain
from backend.contract.supplies import Weighed
from graph_schema.store import LOCAL, Store

CALLS = "话单与机主登记 call records and subscriber"


def chain(name: str, *scores: float, asks: tuple[int, ...] = (), **more: Any) -> Chain:
    """A chain of supply hops with these scores; ``asks`` number the hops that lack call records."""
    hops = [
        {
            "from": f"{name}{n}",
            "to": f"{name}{n + 1}",
            "kind": "supply",
            "score": score,
            "status": "candidate",
        }
        for n, score in enumerate(scores)
    ]
    weakest = scores.index(min(scores))
    found = {
        "hops": hops,
        "persons": [{"name": "甲"} for _ in range(len(scores) + 1)],
        "ask_for": [{"hop": hop, "content": CALLS, "identifier": "1", "holder": f"h{hop}"} for hop in asks],
        "strength": min(scores),
        "weakest": weakest,
        "status": "candidate",
        "kept": False,
        **more,
    }
    return cast(Chain, found)


def line(found: Chain | None) -> BoardLine:
    return cast(BoardLine, {"chain": found, "gang": None, "major": "A1"})


ADDS = {CALLS: Adds(1.5, 9)}


def test_a_gain_never_passes_the_next_weakest_hop() -> None:
    """Traps: the hop's gain told as the chain's; a request for another hop; a hop that rests on calls already lifted by
    more of them; a hop whose score is made of no signals."""
    assert gains(chain("m", 0.4, 0.7, asks=(0, 1)), [], ADDS) == [
        {"ask": 0, "now": 0.4, "then": 0.7, "alike": 9},
    ]
    assert gains(chain("n", 0.4, 0.99, asks=(0,)), [], ADDS)[0]["then"] == pytest.approx(0.7493, abs=1e-4)
    assert gains(chain("o", 0.4, 0.9, asks=(1,)), [], ADDS) == []
    rests: list[Weighed] = [{"name": "call_share", "weight": 0.4, "n": 2}]
    assert gains(chain("p", 0.4, asks=(0,)), rests, ADDS) == []
    paid = chain("q", 0.4, asks=(0,))
    paid["hops"][0]["kind"] = "payment"
    assert gains(paid, [], ADDS) == []


def test_what_calls_add_is_measured_on_the_run(tmp_path: Path) -> None:
    """Traps: returns that speak against left out of the middle; four supplies taken for a measure; no run kept."""
    store, run = cast(Store, SimpleNamespace(home=tmp_path)), Run("R-1")
    assert what_returns_add(store, run) == {}
    folder = tmp_path / "runs" / "R-1"
    folder.mkdir(parents=True)

    def keep(*weights: float) -> None:
        rows = [{"signals": [{"name": "no_calls", "weight": each, "n": 1}]} for each in weights]
        pq.write_table(pa.Table.from_pylist(rows), folder / "supplies.parquet")

    keep(1.0, 2.0, 3.0, 4.0)
    assert what_returns_add(store, run) == {}
    keep(-3.0, -2.0, 1.0, 2.0, 3.0)
    assert what_returns_add(store, run) == {CALLS: Adds(1.0, 5)}


def test_the_state_and_its_reasons() -> None:
    """Traps: a weak chain with records missing called ready; a strong one held up by a request; a decided one offered
    again; a holder nobody knows left out of the reasons."""

    def state(found: Chain | None) -> str:
        return readiness(line(found), {}, {})["state"]

    assert state(None) == "without"
    assert state(chain("a", 0.4, asks=(0,))) == "lacking"
    assert state(chain("a", 0.4)) == "ready"
    assert state(chain("a", 0.8, asks=(0,))) == "ready"
    assert state(chain("a", 0.8, status="sent_back")) == "lacking"
    assert state(chain("a", 0.8, status="confirmed")) == "decided"
    nameless = chain("a", 0.4, asks=(0,), persons=[{"name": "甲"}, {"name": None}])
    weighed = [{"name": "money_back", "weight": -2.0, "n": 1}, {"name": "repeated", "weight": 0.5, "n": 3}]
    told = readiness(line(nameless), {}, {("a1", "a0"): cast(Any, weighed)})
    assert [each["zh"] for each in told["speaks_for"]] == ["通到一起大案", "多日重复付款"]
    assert [each["zh"] for each in told["speaks_against"]] == [
        "最弱一跳弱",
        "最弱一跳还有 1 项可调取",
        "1 人持有人未知",
        "资金回流",
    ]


def test_the_board_says_it(district: Store) -> None:
    """Trap: reasons without the signals the supply rests on, because the pair was read the wrong way round."""
    row = answers.board(district, LOCAL)["rows"][0]
    assert row["readiness"]["state"] == "ready" and row["tier"] == "packet"
    assert {"zh": "通到一起大案", "en": "reaches a major case"} in row["readiness"]["speaks_for"]
