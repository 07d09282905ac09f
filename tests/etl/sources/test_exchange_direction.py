"""Links of other programs without one direction, and entities of FollowTheMoney in fragments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.etl.opened import Facts, facts_of
from tests.etl.sources.casefiles import beijing, end, paid, sheets

ONE, TWO = "6200991700000000015", "6200991700000000023"


def opened(folder: Path, text: str, name: str) -> Facts:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    [facts] = facts_of(path)
    return facts


def told(leg: dict[str, Any]) -> Any:
    return json.loads(leg["props"]["extra"])


def test_graphml_without_direction() -> None:
    """Trap: an undirected edge of 300 becomes a payment of whoever stands first."""
    [facts] = sheets("17c-graphml-undirected-paid")
    [leg] = facts.legs
    assert leg["rel"] == "RELATED_TO"
    assert (told(leg)["direction"], told(leg)["amount"]) == ("undirected", "300.0")


GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="t" for="all" attr.name="type"/>'
    '<key id="a" for="edge" attr.name="amount"/><graph {graph}>'
    '<node id="6200991700000000015"><data key="t">card</data></node>'
    '<node id="6200991700000000023"><data key="t">card</data></node>'
    '<edge source="6200991700000000015" target="6200991700000000023" {edge}><data key="t">payment</data>'
    '<data key="a">300</data>{more}</edge></graph></graphml>'
)
YED = '<data key="g"><y:E xmlns:y="urn:y"><y:Arrows source="{}" target="{}"/></y:E></data>'


@pytest.mark.parametrize(
    ("graph", "edge", "more", "rel", "start"),
    [
        ('edgedefault="directed"', "", "", "PAID", ONE),
        ('edgedefault="directed"', 'directed="false"', "", "RELATED_TO", ONE),
        ('edgedefault="undirected"', 'directed="true"', "", "PAID", ONE),
        ('edgedefault="directed"', "", YED.format("none", "standard"), "PAID", ONE),
        ('edgedefault="directed"', "", YED.format("standard", "none"), "PAID", TWO),
        ('edgedefault="directed"', "", YED.format("none", "none"), "RELATED_TO", ONE),
        ('edgedefault="directed"', "", YED.format("standard", "standard"), "RELATED_TO", ONE),
    ],
)
def test_edges_and_arrows(tmp_path: Path, graph: str, edge: str, more: str, rel: str, start: str) -> None:
    """Trap: the edge says otherwise than the graph, or the arrow of yEd points back."""
    [leg] = opened(tmp_path, GRAPHML.format(graph=graph, edge=edge, more=more), "a.graphml").legs
    assert (leg["rel"], leg["start"][-19:]) == (rel, start)
    assert leg["currency"] is None  # no currency was stated


@pytest.mark.parametrize(
    ("graph", "edge", "rel"),
    [
        ('defaultedgetype="directed"', "", "PAID"),
        ("", "", "RELATED_TO"),
        ('defaultedgetype="undirected"', "", "RELATED_TO"),
        ('defaultedgetype="directed"', 'type="mutual"', "RELATED_TO"),
        ("", 'type="directed"', "PAID"),
    ],
)
def test_gexf(tmp_path: Path, graph: str, edge: str, rel: str) -> None:
    """Trap: the format's links have no direction unless they say so."""
    attributes = '<attributes class="{0}"><attribute id="k" title="kind"/><attribute id="a" title="amount"/></attributes>'
    node = '<node id="{0}" label="{0}"><attvalues><attvalue for="k" value="card"/></attvalues></node>'
    text = (
        f'<gexf xmlns="http://gexf.net/1.3"><graph {graph}>{attributes.format("node")}{attributes.format("edge")}'
        f"<nodes>{node.format(ONE)}{node.format(TWO)}</nodes><edges><edge id='e' source='{ONE}' target='{TWO}' {edge}>"
        '<attvalues><attvalue for="k" value="payment"/><attvalue for="a" value="5"/></attvalues></edge></edges>'
        "</graph></gexf>"
    )
    [leg] = opened(tmp_path, text, "a.gexf").legs
    assert leg["rel"] == rel


def test_arrows_of_charts() -> None:
    """Trap: two arrows or none become one call in the order of the file."""
    [facts] = sheets("18-anx-arrows")
    assert [(leg["rel"], end(leg["start"]), end(leg["end"])) for leg in facts.legs] == [
        ("CALLED", "0001", "0002"),
        ("CALLED", "0002", "0001"),
        ("RELATED_TO", "0001", "0002"),
        ("RELATED_TO", "0001", "0002"),
    ]
    assert [told(leg)["direction"] for leg in facts.legs[2:]] == ["both", "undirected"]


def test_fragments_of_entities() -> None:
    """Traps: accounts in one line and the amount in another; two ways of writing one amount; a month for a date."""
    [facts] = sheets("16-ftm-fragments-currency")
    assert facts.states() == {"loaded": 8}
    assert paid(facts) == [("0019", "0027", 100_050, "USD"), ("0019", "0027", 150_000, "CNY")]
    [other] = facts.legs_of("RELATED_TO")
    assert other["start"].startswith("Thing:") and other["at"] is None
    assert (told(other)["amount"], told(other)["date"]) == ("2000", "2026-03")
    calls = facts.legs_of("CALLED")
    assert [(end(leg["end"]), leg["amount"]) for leg in calls] == [("0002", 61), ("0003", 61)]


def ftm(folder: Path, *entities: dict[str, Any]) -> Facts:
    accounts = [
        {"id": name, "schema": "BankAccount", "properties": {"accountNumber": [number]}}
        for name, number in (("a1", ONE), ("a2", TWO))
    ]
    return opened(folder, "\n".join(json.dumps(each) for each in (*accounts, *entities)), "a.ftm.json")


def payment(**values: list[str]) -> dict[str, Any]:
    given = {"payerAccount": ["a1"], "beneficiaryAccount": ["a2"], "date": ["2026-03-01"], "amount": ["5"]}
    return {"id": "t", "schema": "Payment", "properties": {**given, **values}}


def test_values_of_several(tmp_path: Path) -> None:
    """Traps: two amounts, of which one is taken; two payers, each of whom pays it all; two dates; no currency."""
    [rejected] = ftm(tmp_path, payment(amount=["5", "6"])).reasons()
    assert rejected[1:3] == ("rejected", "bad_amount")
    [rejected] = ftm(tmp_path, payment(date=["2026-03-01", "2026-04-01"])).reasons()
    assert rejected[1:3] == ("rejected", "bad_time")
    facts = ftm(tmp_path, payment(payerAccount=["a1", "a2"]))
    assert [leg["rel"] for leg in facts.legs] == ["RELATED_TO", "RELATED_TO"]
    assert paid(ftm(tmp_path, payment())) == [("0015", "0023", 500, None)]
    assert paid(ftm(tmp_path, payment(currency=["EUR", "USD"]))) == [("0015", "0023", 500, None)]
    [leg] = ftm(tmp_path, payment(date=["2026-03-01", "2026-03-01T08:00:00"])).legs
    assert beijing(leg) == "2026-03-01 08:00:00"
