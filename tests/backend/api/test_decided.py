"""A decision is told by every answer at once, and the address of a chain leads to the same chain after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph_schema.store import Store
from tests.backend.api.conftest import Service
from tests.backend.conftest import MAJOR, PACKET

PLACES = (
    "/board",
    "/chains",
    f"/chains/{PACKET}",
    f"/chains/{PACKET}/1/lanes",
    f"/cases/{PACKET}",
    f"/cases/{MAJOR}",
    "/gangs",
    "/gangs/G-1",
    "/persons/P-whole",
    "/persons/P-boss",
)


def told(value: Any, name: str) -> Iterator[str]:
    """Every status an answer gives of the chain or gang ``name``."""
    if isinstance(value, dict):
        if value.get("id") == name and "status" in value:
            yield value["status"]
        for inner in value.values():
            yield from told(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner, name)


def states(api: Service, name: str) -> dict[str, set[str]]:
    found = {place: set(told(api.get(place).json(), name)) for place in PLACES}
    return {place: said for place, said in found.items() if said}


def test_confirmed_is_confirmed_everywhere_and_undone_everywhere(api: Service) -> None:
    """Trap: the board says candidate while the page of the gang says confirmed."""
    for kind, name, least in (("chain", "K-1", 6), ("gang", "G-1", 4)):
        assert set.union(*states(api, name).values()) == {"candidate"}
        body = {"kind": kind, "verdict": "confirmed", "subjects": [name], "reason": "流水与供述相符"}
        made = api.post("/reviews", json=body).json()["review"]
        now = states(api, name)
        assert set.union(*now.values()) == {"confirmed"} and len(now) >= least, now
        api.post(f"/reviews/{made['id']}/undo", json={"reason": "看错"})
        assert set.union(*states(api, name).values()) == {"candidate"}


def test_a_rejected_chain_keeps_its_address(api: Service, district: Store) -> None:
    """Trap: refused, the first chain is listed last; its address then leads to another, and the second to the first."""
    with district.driver.session(database=district.database) as session:
        session.run(
            "MATCH (h:Chain {chain_id: 'K-1'}) CREATE (k:Chain) "
            "SET k = h {.*, chain_id: 'K-2', rank: 2, key: h.run + '/K-2', score: 0.2} "
            "WITH h, k MATCH (h)-[s:STARTS_AT]->(c) CREATE (k)-[t:STARTS_AT]->(c) SET t = s "
            "WITH h, k MATCH (h)-[q:PASSES]->(p) CREATE (k)-[r:PASSES]->(p) SET r = q"
        ).consume()
    at = {n: api.get(f"/chains/{PACKET}/{n}/lanes").json()["chain"]["id"] for n in (1, 2)}
    assert at == {1: "K-1", 2: "K-2"}
    api.post("/reviews", json={"kind": "chain", "verdict": "rejected", "subjects": ["K-1"], "reason": "借款"})
    assert [c["id"] for c in api.get(f"/chains/{PACKET}").json()["cases"][0]["chains"]] == ["K-2", "K-1"]
    assert {n: api.get(f"/chains/{PACKET}/{n}/lanes").json()["chain"]["id"] for n in (1, 2)} == at
    first, second = (api.get(f"/drawings/chains/{PACKET}/{n}?format=svg").text for n in (1, 2))
    assert "不成立" in first and "不成立" not in second
