"""Further questions over the graph: buyers, series, measures of a gang; as answers and over the service's shapes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from backend import answers
from backend.answers.gang_measures import removals
from backend.contract.gangs import Measures
from backend.contract.series import Series
from backend.contract.supplies import Buyers
from backend.drawings import draw_gang
from backend.reports.gang import gang_report
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store
from viz.report.model import Furniture, Table

PACKET, MAJOR = "A9900000000002026040017", "A9900000000002026030002"


def do(store: Store, text: str, **params: Any) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text, params).consume()


def test_further_questions(district: Store) -> None:
    """Trap: the asker among the other buyers; weak candidates as buyers; one market told as a ladder."""
    do(
        district,
        "MATCH (a:Person {person_id: 'P-whole'}), (b:Person {person_id: 'P-zeng'}), (s:Person {person_id: 'P-seller'}) "
        "CREATE (a)-[:SUPPLIES {run: 'R-0001', score: 0.8, signals: '[]'}]->(b) "
        "CREATE (s)-[:SUPPLIES {run: 'R-0001', score: 0.6, signals: '[]'}]->(a)",
    )
    found = answers.buyers(district, LOCAL, "13900000003")
    TypeAdapter(Buyers).validate_python(found)
    (supplier,) = found["suppliers"]
    assert supplier["supplier"]["id"] == "P-whole" and supplier["signals"][0]["name"] == "pays_up"
    assert [each["buyer"]["id"] for each in supplier["others"]] == ["P-zeng"]
    assert found["market"] == supplier["market"] == ["P-seller", "P-whole"]

    do(
        district,
        "MATCH (s:Seizure {seizure_id: 's1'}), (m:Case {case_no: $major}) SET s.batch = 'B7' "
        "CREATE (:Seizure {seizure_id: 's2', batch: 'B7', packaging: ''})-[:SEIZED_IN {event_id: 'sz2', "
        "evidence: ['9f3ac1d2e07b/-/3']}]->(m)",
        major=MAJOR,
    )
    joined = answers.series(district, LOCAL, PACKET)
    TypeAdapter(Series).validate_python(joined)
    assert [(link["basis"], link["value"]) for link in joined["links"]] == [("batch", "B7")]
    (one,) = joined["series"]
    assert (one["cases"], one["bases"], one["status"]) == ([MAJOR, PACKET], ["batch"], "candidate")
    assert one["weakest"]["cases"] == [MAJOR, PACKET] and one["score"] == one["weakest"]["score"] > 0.9
    assert joined["links"][0]["evidence"] and "B7" in joined["links"][0]["why"]["zh"]
    assert answers.series(district, LOCAL, "A9900000000002026050009")["links"] == []
    with pytest.raises(NotFound):
        answers.series(district, LOCAL, "A00")

    page = answers.gang_measures(district, LOCAL, "G-1", k=1)
    TypeAdapter(Measures).validate_python(page)
    assert [(each["kind"], each["members"]) for each in page["key_players"]] == [
        ("fragment", ["P-whole"]),
        ("reach", ["P-whole"]),
    ]
    alone = {each["removed"][0]: each for each in page["removals"]}
    assert alone["P-whole"]["parts"] == 2 and alone["P-boss"]["orphaned"] == []
    assert removals(district, LOCAL, answers.gang_page(district, LOCAL, "G-1")) == alone
    people = {each["person"]["id"]: each["person"]["name"] for each in page["gang"]["members"]}
    drawn = {node.id: node.remarks for node in draw_gang(district, LOCAL, "G-1").nodes}
    report = gang_report(district, LOCAL, "G-1", "zh", Furniture())
    table = next(b for b in report.blocks if isinstance(b, Table) and "到案后" in b.caption)
    said = {row[0].partition("（")[0]: row[1:] for row in table.rows}
    for person, effect in alone.items():
        parts, largest, cut, lost = said[people[person]][-4:]
        assert (parts, largest) == (str(effect["parts"]), str(effect["largest"])), (
            "web, report and drawing say one thing"
        )
        assert (cut, lost) == (f"{effect['pairs_cut']:.0%}", f"{effect['supply_lost']:.0%}")
        assert f"若该人员到案，团伙剩余 {len(alone) - 1} 人，分为 {parts} 部分。" in drawn[person]
    assert [(m["month"], m["events"], m["fen"]) for m in page["months"]] == [("2026-04", 4, 2520000)]
    both = answers.gang_measures(district, LOCAL, "G-1", remove=["P-boss", "P-whole"])["removals"]
    assert [(each["removed"], each["largest"]) for each in both] == [(["P-boss", "P-whole"], 1)]
    with pytest.raises(InputError):
        answers.gang_measures(district, LOCAL, "G-1", remove=["P-zeng"])
