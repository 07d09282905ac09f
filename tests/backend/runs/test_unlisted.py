"""Why two persons are no supply: told with every term and row, from files to sentence."""

from __future__ import annotations

from itertools import permutations
from math import exp

import pyarrow.parquet as pq
import pytest

from backend import answers
from backend.answers.runs import published
from backend.answers.supplies import SHOWN_FROM
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store


def test_a_pair_below_the_least_score_says_why(demo: Store) -> None:
    """Trap: what was weighed in vain, or lies out of reach of any fact, looks like what nobody looked at."""
    store = demo
    kept = pq.read_table(
        store.home / "runs" / published(store, LOCAL).run_id / "unlikely.parquet"
    ).to_pylist()
    listed = {
        (edge["supplier"]["id"], edge["buyer"]["id"]) for edge in answers.supplies(store, LOCAL)["edges"]
    }
    assert any(pair["reached"] for pair in kept)
    assert all(pair["score"] < SHOWN_FROM for pair in kept if pair["reached"])
    assert listed.isdisjoint((pair["supplier"], pair["buyer"]) for pair in kept)

    pair = max((each for each in kept if each["reached"]), key=lambda each: each["score"])
    told = answers.explain(store, LOCAL, f"{pair['supplier']}>{pair['buyer']}")
    assert told["kind"] == "supply" and told["edges"] == [] and told["score"] == pair["score"]
    assert told["payments"] + told["calls"] + told["statements"] > 0 and told["rows"], "the rows of the two"
    lines = told["sentences"]
    assert "未列为供货" in lines[0]["zh"] and "Not listed" in lines[0]["en"] and lines[0]["evidence"]
    assert len(lines) >= 3 + len(pair["signals"])
    weighed = sum(signal["weight"] for signal in pair["signals"])
    start = float(lines[2 + len(pair["signals"])]["en"].split()[1])
    assert 1 / (1 + exp(-(start + weighed))) == pytest.approx(pair["score"], abs=0.002)

    regular = max((each for each in kept if not each["reached"]), key=lambda each: each["score"])
    told = answers.explain(store, LOCAL, f"{regular['supplier']}>{regular['buyer']}")
    assert (told["score"], told["regular"]) == (0.0, regular["score"])
    assert "没有涉毒材料" in told["sentences"][1]["zh"] and "No drug fact" in told["sentences"][1]["en"]

    weighed_pairs = listed | {(each["supplier"], each["buyer"]) for each in kept}
    persons = [each["id"] for each in answers.persons(store, LOCAL)["persons"]]
    someone, other = next(pair for pair in permutations(persons, 2) if pair not in weighed_pairs)
    told = answers.explain(store, LOCAL, f"{someone}>{other}")
    assert told["score"] is None and "未计算评分" in told["sentences"][1]["zh"]

    for wrong in (f"{someone}>nobody", f"{someone}>{someone}", f"{someone}>"):
        with pytest.raises(NotFound):
            answers.explain(store, LOCAL, wrong)
