"""The board and the lanes of a chain over the small district."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import pytest

from backend import answers
from graph_schema.store import Store
from tests.backend.api.conftest import Service
from tests.backend.conftest import MAJOR, PACKET


def test_board_groups_packet_cases_by_what_they_reach(api: Service) -> None:
    """Trap: a case that reaches a gang and a major case shown as if it reached nothing."""
    board = api.get("/board").json()
    assert [row["case_no"] for row in board["rows"]] == [PACKET]
    row = board["rows"][0]
    assert (row["gang"], row["major"], row["supplier_role"]) == ("G-1", MAJOR, "wholesaler")
    assert row["supplier"]["name"] == "乙二"
    assert row["seized"] == [{"substance": "甲基苯丙胺", "net_g": 0.62, "packets": 2}]
    assert board["gangs"][0]["roles"] == {"organiser": 1, "wholesaler": 1, "retailer": 1}
    assert board["majors"][0]["rows"] == 1 and board["truncated"] is False


def test_lanes_carry_every_event_between_two_persons_once(api: Service) -> None:
    """Trap: an event drawn twice, drawn downwards, or without its rows."""
    lanes = api.get(f"/chains/{PACKET}/1/lanes").json()
    first, second = lanes["hops"]
    assert [(each["kind"], each["up"], each["fen"]) for each in first["events"]] == [
        ("PAID", True, 480000),
        ("PAID", True, 440000),
        ("CALLED", True, None),
    ]
    assert [each["fen"] for each in second["events"]] == [1600000]
    assert all(each["evidence"] for hop in lanes["hops"] for each in hop["events"])
    assert first["signals"][0]["name"] == "pays_up" and not first["truncated"]
    assert [each["role"] for each in lanes["persons"]] == ["retailer", "wholesaler", "organiser"]


A_SECOND_HOLDER = (
    "MATCH (p:Person {person_id: 'P-whole'})-[h:HOLDS]->(n) WHERE $label IN labels(n) "
    "CREATE (q:Person {key: p.run + '/P-second', run: p.run, person_id: 'P-second', name: p.name}) "
    "CREATE (q)-[:HOLDS {run: p.run, reason: 'only_holder', score: 1.0, evidence: []}]->(n) DELETE h RETURN n.number AS number"
)
"""Parts what P-whole holds of one label from him."""


def test_lanes_show_what_a_holder_counted_as_the_person_did(api: Service, district: Store) -> None:
    """Trap: a hop that rests on payments to his second card, drawn without one of them."""
    before = api.get(f"/chains/{PACKET}/1/lanes").json()["hops"]
    with district.driver.session(database=district.database) as session:
        session.run(A_SECOND_HOLDER, label="Account").consume()
        without = api.get(f"/chains/{PACKET}/1/lanes").json()["hops"]
        assert [each["kind"] for each in without[0]["events"]] == ["CALLED"]
        session.run(
            "MATCH (q:Person {person_id: 'P-second'}) "
            "SET q.counted_as = 'P-whole', q.counted_why = 'name', q.common_contacts = []"
        ).consume()
    assert api.get(f"/chains/{PACKET}/1/lanes").json()["hops"] == before


def test_lanes_show_the_calls_of_a_number_he_uses(api: Service, district: Store) -> None:
    """Traps: the calls a hop rests on, not drawn because the number is registered to another; drawn as the other's too."""
    before = api.get(f"/chains/{PACKET}/1/lanes").json()["hops"]
    with district.driver.session(database=district.database) as session:
        (number,) = (row["number"] for row in session.run(A_SECOND_HOLDER, label="Phone"))
        without = api.get(f"/chains/{PACKET}/1/lanes").json()["hops"]
        assert [each["kind"] for each in without[0]["events"]] == ["PAID", "PAID"]
        session.run(
            "MATCH (q:Person {person_id: 'P-second'}), (p:Person {person_id: 'P-whole'}) "
            "SET q.lent = [$number], q.lent_to = ['P-whole'], q.lent_contacts = [2], p.lent_by = ['P-second']",
            number=number,
        ).consume()
    assert api.get(f"/chains/{PACKET}/1/lanes").json()["hops"] == before
    for end in ("P-whole", "P-second"):
        (each,) = api.get(f"/persons/{end}").json()["counted"]
        assert (each["person"]["id"], each["counted_as"]["id"]) == ("P-second", "P-whole")
        assert (each["number"], each["reason"], each["contacts"]) == (number, "payments", 2)


def test_a_busy_hop_is_counted_by_week_and_opened_by_period(
    api: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: the newest events shown as if they were all, weeks that lose one, a week cut at midnight in London."""
    monkeypatch.setattr(sys.modules[answers.lanes.__module__], "MOST_EVENTS", 2)
    whole = api.get(f"/chains/{PACKET}/1/lanes").json()["hops"][0]
    assert whole["truncated"] and [each["fen"] for each in whole["events"]] == [480000, 440000]
    weeks = whole["weeks"]
    assert (sum(each["fen"] for each in weeks), sum(each["paid"] for each in weeks)) == (920000, 2)
    assert sum(each["talks"] for each in weeks) == 1 and not any(each["paid_down"] for each in weeks)
    starts = [datetime.fromisoformat(each["at"]) for each in weeks]
    assert all(
        each.weekday() == 0 and each.hour == 0 and each.utcoffset() == timedelta(hours=8) for each in starts
    )
    last = int(datetime.fromisoformat(whole["events"][0]["at"]).timestamp() * 1000)
    near = api.get(f"/chains/{PACKET}/1/lanes?since={last}&until={last}").json()["hops"][0]
    assert (
        [each["fen"] for each in near["events"]] == [480000] and not near["truncated"] and near["weeks"] == []
    )


def test_no_lanes_for_a_chain_that_is_not_there(api: Service) -> None:
    """Trap: a second chain invented where there is one, or a refusal that tells a hidden case from none."""
    wrong = [api.get(f"/chains/{path}/lanes") for path in (f"{PACKET}/2", "A0/1")]
    assert [each.status_code for each in wrong] == [404, 404]
    assert wrong[0].json()["detail"] == wrong[1].json()["detail"]
