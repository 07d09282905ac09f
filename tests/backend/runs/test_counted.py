"""Holders of one name, from files to review: counted as one by a run, merged by nobody, parted by a word."""

from __future__ import annotations

from typing import Any

import pytest

from backend import answers
from backend.reviews import proposals
from backend.reviews.answers import judge
from backend.runs.analyse import analyse
from graph_schema.store import LOCAL, Store


def asked(store: Store) -> list[dict[str, Any]]:
    """Questions about holders of one name, as the review shows them."""
    pages = [
        proposals.proposal(store, LOCAL, each["id"])
        for each in proposals.proposals(store, LOCAL)["proposals"]
    ]
    return [page for page in pages if any(signal["name"] == "counted" for signal in page["for"])]


@pytest.mark.changes
def test_counted_as_one_until_somebody_says_otherwise(adversarial: Store) -> None:
    """Trap: a merge nobody decided; a count nobody can see or that shows no row; a decision the next run overrules."""
    store = adversarial
    signals = [signal for page in asked(store) for signal in page["for"] if signal["name"] == "counted"]
    numbers = [signal for signal in signals if signal["level"] == "number"]
    assert numbers and all(len(signal["evidence"]) >= 2 for signal in numbers)
    for signal in numbers:
        rows = answers.evidence(store, LOCAL, signal["evidence"])["rows"]
        assert any("话单" in row["file"] for row in rows), "the calls the two numbers have in common"
    along = [signal["evidence"] for signal in signals if signal["level"] == "payments"]
    files = [[row["file"] for row in answers.evidence(store, LOCAL, rows)["rows"]] for rows in along]
    assert any(sum("TenpayTrades" in file for file in each) > 6 for each in files), (
        "payments beside the records"
    )
    assert any("话单" in file for each in files for file in each), "and calls"
    persons = answers.persons(store, LOCAL)["persons"]
    page, second = [each for each in asked(store) if each["for"][0]["level"] == "name"][:2]
    ends = [page["one"]["id"], page["other"]["id"]]
    assert set(ends) <= {person["id"] for person in persons}, "both holders are still there"
    shown = [answers.person_page(store, LOCAL, end)["counted"] for end in ends]
    (pair,) = [each for each in shown[0] if each in shown[1]]
    assert {pair["person"]["id"], pair["counted_as"]["id"]} == set(ends) and pair["contacts"] > 0
    assert pair["person"]["name"] == pair["counted_as"]["name"]
    told = answers.explain(store, LOCAL, pair["counted_as"]["id"])["sentences"]
    assert any("推断计为一人" in line["zh"] and "counted as one person" in line["en"] for line in told)
    of_him = answers.person_page(store, LOCAL, pair["person"]["id"])
    assert of_him["supplies"] == [], "what he supplies stands with the one he is counted as"

    judge(store, LOCAL, "identity", "different", page["subjects"], "两人")
    judge(store, LOCAL, "identity", "same", second["subjects"], "同一人")
    analyse(store)
    now = [answers.person_page(store, LOCAL, end)["counted"] for end in ends]
    assert not any({each["person"]["id"], each["counted_as"]["id"]} == set(ends) for each in now[0] + now[1])
    assert {page["id"], second["id"]}.isdisjoint(each["id"] for each in asked(store))
    assert len(answers.persons(store, LOCAL)["persons"]) == len(persons) - 1, "said the same: one person now"

    # A number of somebody with accounts of his own, used by another: shown at both, with rows, and taken back by a word.
    with store.driver.session(database=store.database) as session:
        lenders = session.run("MATCH (p:Person) WHERE p.lent IS NOT NULL RETURN p.person_id AS id").value(
            "id"
        )
    (lent, *_) = [
        each
        for lender in lenders
        for each in answers.person_page(store, LOCAL, lender)["counted"]
        if each["number"]
    ]
    assert (
        lent["person"]["id"] in lenders
        and lent["number"] in lent["person"]["phones"]
        and lent["contacts"] > 0
    )
    user = lent["counted_as"]["id"]
    assert lent in answers.person_page(store, LOCAL, user)["counted"]
    assert any(lent["number"] in line["en"] for line in answers.explain(store, LOCAL, user)["sentences"])
    judge(store, LOCAL, "identity", "different", [lent["person"]["id"], user], "号码由本人使用")
    analyse(store)
    assert not any(each["number"] for each in answers.person_page(store, LOCAL, user)["counted"])
