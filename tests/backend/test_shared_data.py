"""What nobody here invented: the POLE graph loads whole and answers; skipped where the data is absent."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from backend import answers
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

POLE = Path(__file__).parents[3] / "shared" / "data" / "pole"


@pytest.mark.long
@pytest.mark.shared_data
@pytest.mark.skipif(not POLE.is_dir(), reason="../shared/data/pole is not beside the checkout")
def test_pole_loads_whole_and_shows_paths_between_drug_suspects(store: Store) -> None:
    """Trap: a foreign model of which the parts that fit nothing of ours are left out without a word."""
    report = load(store, [POLE])
    for file in report.files:
        with (POLE / file.path).open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        assert (file.state, file.read, file.loaded) == ("loaded", rows, rows), file
    nodes = sum(file.read for file in report.files if ".nodes." in file.path)
    links = sum(file.read for file in report.files if ".relationships." in file.path)
    assert (nodes, links) == (61_521, 105_840)
    with store.driver.session() as session:
        things = session.run("MATCH (n:Thing) RETURN count(n) AS n").data()[0]["n"]
        related = session.run("MATCH (:Thing)-[e:RELATED_TO]->(:Thing) RETURN count(e) AS n").data()[0]["n"]
        suspects = session.run(
            "MATCH (r:Record)-[:STATES]->(:Thing)-[:RELATED_TO {kind: 'PARTY_TO'}]->(c:Thing) "
            'WHERE c.extra CONTAINS \'"type": "Drugs"\' RETURN DISTINCT r.name AS name ORDER BY name'
        ).data()
    assert (things, related) == (nodes, links)
    names = [row["name"] for row in suspects]
    assert {"Jack Powell", "Raymond Walker"} <= set(names)
    analyse(store)
    found = answers.path(store, LOCAL, "Jack Powell", "Raymond Walker")["paths"]
    through = [[station["caption"] for station in route["stations"]] for route in found]
    assert all((way[0], len(way), way[-1]) == ("Jack Powell", 4, "Raymond Walker") for way in through), (
        through
    )
    assert all(hop["evidence"] for hop in found[0]["hops"])
