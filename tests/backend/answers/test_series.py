"""Series over the graph: chains below one upstream, judged and undone by a person, shown only of cases one may see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from backend import answers
from backend.contract.board import Board, Lanes
from backend.contract.series import Series
from backend.reviews.answers import judge, undo
from graph_schema.errors import InputError
from graph_schema.store import LOCAL, Store, Viewer

PACKET, MAJOR, LONELY = "A9900000000002026040017", "A9900000000002026030002", "A9900000000002026050009"


def do(store: Store, text: str, **params: Any) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text, params).consume()


@pytest.fixture
def below(district: Store) -> Store:
    """A second case whose first chain leads up to the same boss, and a stall both arrested men paid."""
    hop: dict[str, Any] = {
        "kind": "supply",
        "from": "P-zeng",
        "to": "P-boss",
        "score": 0.9,
        "count": 4,
        "fen": 4,
    }
    hop |= {"first": None, "last": None, "evidence": ["41be07aa93c5/交易明细/4"]}
    body = {"persons": ["P-zeng", "P-boss"], "reaches": [], "hops": [hop], "weakest": 0, "ask_for": []}
    do(
        district,
        "MATCH (c:Case {case_no: $case}), (z:Person {person_id: 'P-zeng'}), (b:Person {person_id: 'P-boss'}) "
        "CREATE (h:Chain {key: 'R-0001/K-2', run: 'R-0001', chain_id: 'K-2', case_no: $case, rank: 1, status: 'candidate', "
        "score: 0.7, strength: 0.9, weakest: 0, body: $body})-[:STARTS_AT {run: 'R-0001'}]->(c) "
        "CREATE (h)-[:PASSES {run: 'R-0001', n: 0}]->(z) CREATE (h)-[:PASSES {run: 'R-0001', n: 1}]->(b) "
        "CREATE (r:Record {record_id: 'rec9', name: '曾单'})<-[:IS {run: 'R-0001'}]-(z) "
        "CREATE (r)-[:INVOLVED_IN {event_id: 'inv9', role_class: 'dealing', evidence: ['9f3ac1d2e07b/-/2']}]->(c) "
        "WITH z MATCH (w:Account {account_id: 'card:6200000000000000033'}) "
        "CREATE (mine:Account {account_id: 'card:6200000000000000777'})<-[:HOLDS {run: 'R-0001'}]-(z) "
        "CREATE (stall:Account {account_id: 'card:6200000000000000888'}) "
        "WITH mine, w, stall UNWIND range(1, 3) AS k "
        "CREATE (mine)-[:PAID {event_id: 'x' + k, fen: 1200, evidence: ['41be07aa93c5/交易明细/5']}]->(stall) "
        "CREATE (w)-[:PAID {event_id: 'y' + k, fen: 900, evidence: ['41be07aa93c5/交易明细/5']}]->(stall)",
        case=LONELY,
        body=json.dumps(body),
    )
    return district


def test_cases_below_one_upstream(below: Store) -> None:
    """Trap: a stall both men paid joins their cases; the chains' common boss is not told with his rows."""
    found = answers.series(below, LOCAL)
    TypeAdapter(Series).validate_python(found)
    up = next(link for link in found["links"] if link["basis"] == "upstream")
    assert up["value"] == "P-boss" and up["person"]["name"] == "甲一" and up["cases"] == [PACKET, LONELY]
    assert up["score"] == round(0.83 * 0.83 * 0.9, 4) and up["evidence"]
    stall = [link for link in found["left_out"] if link["basis"] == "account"]
    assert [link["value"] for link in stall] == ["card:6200000000000000888"] and "不计" in stall[0]["why"][
        "zh"
    ]
    assert [each["cases"] for each in found["series"]] == [[PACKET, LONELY]]
    lanes = answers.lanes(below, LOCAL, PACKET, 1)
    TypeAdapter(Lanes).validate_python(lanes)
    (other,) = lanes["beside"]
    assert (other["case_no"], other["person"]["id"], other["score"]) == (LONELY, "P-boss", up["score"])
    board = answers.board(below, LOCAL)
    TypeAdapter(Board).validate_python(board)
    assert [each["case_no"] for each in board["rows"][0]["beside"]] == [LONELY]


def test_a_person_parts_joins_and_takes_back(below: Store) -> None:
    """Trap: a judgement is lost with the order of the two cases, or what was taken back still holds."""
    parted = judge(below, LOCAL, "series", "rejected", [LONELY, PACKET], "两案无关")["review"]["id"]
    found = answers.series(below, LOCAL, PACKET)
    assert found["series"] == [] and found["judged"][0]["verdict"] == "rejected"
    assert answers.lanes(below, LOCAL, PACKET, 1)["beside"] == []
    undo(below, LOCAL, parted, "重新核实")
    assert answers.series(below, LOCAL)["judged"] == []
    assert len(answers.series(below, LOCAL)["series"]) == 1

    judge(below, LOCAL, "series", "confirmed", [PACKET, MAJOR], "同案犯供述")
    judge(below, LOCAL, "series", "confirmed", [PACKET, LONELY], "上家同一人")
    (one,) = answers.series(below, LOCAL)["series"]
    assert set(one["cases"]) == {PACKET, MAJOR, LONELY} and one["status"] == "confirmed"
    with pytest.raises(InputError):
        judge(below, LOCAL, "series", "confirmed", [PACKET, PACKET], "同一案件")


def test_only_cases_the_viewer_may_see(below: Store) -> None:
    """Trap: a series, a judgement or the board names a case that is not the viewer's."""
    judge(below, LOCAL, "series", "confirmed", [PACKET, LONELY], "上家同一人")
    mine = Viewer("li", cases=frozenset({PACKET}))
    told = json.dumps(
        [answers.series(below, mine), answers.board(below, mine), answers.lanes(below, mine, PACKET, 1)]
    )
    assert LONELY not in told and MAJOR not in told
