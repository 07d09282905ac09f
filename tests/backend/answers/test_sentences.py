"""Explanations in sentences: every score taken apart, every sentence with its rows, in both languages."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from backend import answers
from backend.answers.sentences import of_supply
from backend.judgements.ledger import append
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import PACKET
from viz.text.words import CHIP


def told(store: Store, object_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    answer = answers.explain(store, LOCAL, object_id)
    return answer, answer["sentences"]


@pytest.mark.parametrize("kind", ["supply", "chain", "gang", "person", "event"])
def test_every_kind_is_told_in_both_languages(district: Store, kind: str) -> None:
    """Trap: one kind of object, or one language, is left to tables of codes."""
    chain = answers.case_chains(district, LOCAL, PACKET)["cases"][0]["chains"][0]["id"]
    ids = {"supply": "P-whole>P-seller", "chain": chain, "gang": "G-1", "person": "P-seller", "event": "p1"}
    answer, lines = told(district, ids[kind])
    assert answer["kind"] == kind and lines
    for line in lines:
        assert re.search(r"[\u4e00-\u9fff]", line["zh"]) or kind == "event", line
        assert line["en"] and "{" not in line["zh"] + line["en"] and "None" not in line["en"], line
    # the small district's gang keeps no rows of its own
    assert kind == "gang" or any(line["evidence"] for line in lines), (
        "a sentence without its rows is an opinion"
    )


@pytest.mark.parametrize("verdict", [None, "under_review", "sent_back", "confirmed", "rejected"])
def test_a_decision_is_told(district: Store, verdict: str | None) -> None:
    """Trap: a chain a chief has decided on is still called a candidate, or one under review cannot be told at all."""
    chain = answers.case_chains(district, LOCAL, PACKET)["cases"][0]["chains"][0]["id"]
    if verdict:
        append(district, LOCAL, "chain", verdict, [f"Chain:{chain}"], "看过")
    said = told(district, chain)[1][0]
    words = CHIP[verdict or "candidate"]
    assert said["zh"].startswith(f"上溯链（{words.zh}）") and said["en"].startswith(f"Chain ({words.en})")


def test_the_terms_add_up_to_the_score() -> None:
    """Trap: the explanation names signals that do not make the score it explains."""
    start, weights = -3.8, {"repeated": 1.25, "money_back": -0.5, "statement": 4.0}
    score = 1 / (1 + math.exp(-(start + sum(weights.values()))))
    person = {"id": "P", "name": "甲一", "phones": [], "accounts": []}
    edge = {
        "supplier": person,
        "buyer": person,
        "score": score,
        "from": None,
        "to": None,
        "signals": [
            {"name": name, "weight": weight, "n": 1, "evidence": [f"r/{name}"]}
            for name, weight in weights.items()
        ],
        "months": [
            {"month": "2026-03", "count": 2, "fen": 80_000},
            {"month": "2026-04", "count": 1, "fen": 5_050},
        ],
        "status": "candidate",
        "review": None,
    }
    claim, months, *lines = of_supply({"edges": [edge], "counted": [], "run": None})
    assert "0." in claim["en"]
    assert months["zh"] == "按月付款：2026-03 2 笔 ¥800、2026-04 1 笔 ¥50.50。"
    assert months["en"] == "Paid by month: 2026-03 ¥800 in 2, 2026-04 ¥50.50 in 1."
    assert [line["evidence"] for line in lines[:-1]] == [["r/statement"], ["r/repeated"], ["r/money_back"]]
    assert "against -0.50" in lines[2]["en"] and "反对" in lines[2]["zh"]
    assert "-3.80" in lines[-1]["en"] and "+4.75" in lines[-1]["en"] and f"{score:.2f}" in lines[-1]["en"]
