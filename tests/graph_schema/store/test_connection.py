"""The store on a real server: reads for a viewer, writes, transactions, limits and the schema."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph_schema.errors import EngineError, InputError
from graph_schema.store import LOCAL, Store, Viewer, catalogue
from graph_schema.store.catalogue import CatalogueError
from graph_schema.store.failures import QueryTimedOut

QUERIES = """
// name: trial.add
// mode: write
UNWIND $numbers AS number
CREATE (:<<label>> {<<label.key>>: number})

// name: trial.link
// mode: write
MATCH (a:Phone {number: $a}) MATCH (b:Phone {number: $b})
CREATE (a)-[:<<rel>> {event_id: $event_id}]->(b)

// name: trial.bump
// mode: write
MATCH (a:Phone {number: $a}) SET a.load = coalesce(a.load, 0) + 1
WITH a MATCH (b:Phone {number: $b}) SET b.load = coalesce(b.load, 0) + 1

// name: trial.numbers
// mode: read
MATCH (n:Phone) RETURN n.number AS number ORDER BY number

// name: trial.viewer
// mode: read
RETURN $view AS view, $viewer_cases AS cases

// name: trial.endless
// mode: read
UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b
WITH a, b WHERE a * b % 7 = 8 RETURN count(*) AS n
"""
A, B = "+8613900000001", "+8613900000002"


@pytest.fixture(autouse=True)
def trial_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program find the queries of this test besides its own."""
    for file in catalogue.QUERIES.glob("store.cypher"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "trial.cypher").write_text(QUERIES, encoding="utf-8")
    monkeypatch.setattr(catalogue, "QUERIES", tmp_path)
    catalogue._area.cache_clear()
    yield
    catalogue._area.cache_clear()


def numbers(store: Store) -> list[str]:
    return [row["number"] for row in store.read(LOCAL, "trial.numbers")]


def test_write_counts_and_read_returns_rows(store: Store) -> None:
    """Trap: a write that says nothing about what it changed."""
    assert store.write("trial.add", labels={"label": "Phone"}, numbers=[B, A]) == {
        "nodes_created": 2,
        "labels_added": 2,
        "properties_set": 2,
    }
    assert numbers(store) == [A, B]
    assert [row["number"] for row in store.stream(LOCAL, "trial.numbers")] == [A, B]


def test_a_key_is_unique(store: Store) -> None:
    """Trap: one phone as two nodes, half of its calls on each."""
    store.write("trial.add", labels={"label": "Phone"}, numbers=[A])
    with pytest.raises(neo4j.exceptions.ConstraintError):
        store.write("trial.add", labels={"label": "Phone"}, numbers=[A])
    assert numbers(store) == [A]


def test_an_event_is_unique(store: Store) -> None:
    """Trap: a load repeated after a lost answer writes every call twice."""
    store.write("trial.add", labels={"label": "Phone"}, numbers=[A, B])
    link = {"a": A, "b": B, "event_id": "e-1"}
    store.write("trial.link", labels={"rel": "CALLED"}, **link)
    with pytest.raises(neo4j.exceptions.ConstraintError):
        store.write("trial.link", labels={"rel": "CALLED"}, **link)


def test_writer_commits_all_or_nothing(store: Store) -> None:
    """Trap: half a step in the graph after an error in its second statement."""
    with pytest.raises(RuntimeError), store.writer() as writer:
        writer.run("trial.add", labels={"label": "Phone"}, numbers=[A])
        assert [row["number"] for row in writer.run("trial.numbers")] == [A]
        raise RuntimeError("broken off")
    assert numbers(store) == []
    with store.writer() as writer:
        writer.run("trial.add", labels={"label": "Phone"}, numbers=[A])
        writer.run("trial.add", labels={"label": "Phone"}, numbers=[B])
        assert writer.counters["nodes_created"] == 2
    assert numbers(store) == [A, B]


def test_read_never_writes(store: Store) -> None:
    """Trap: a read path that takes a write query, or a session in which a write would pass."""
    with pytest.raises(CatalogueError, match="writes"):
        store.read(LOCAL, "trial.add", labels={"label": "Phone"}, numbers=[A])
    with store._session(neo4j.READ_ACCESS) as session, pytest.raises(neo4j.exceptions.ClientError):
        session.run("CREATE (:Phone {number: '1'})").consume()


def test_read_ends_at_its_limit(store: Store) -> None:
    """Trap: Neo4j has no time limit by default, and one query of that kind occupies the machine for hours."""
    with pytest.raises(QueryTimedOut, match=r"trial\.endless.*time limit"):
        store.read(LOCAL, "trial.endless", timeout=0.5)
    with pytest.raises(QueryTimedOut):
        next(store.stream(LOCAL, "trial.endless", timeout=0.5))
    left, _, _ = store.driver.execute_query(
        "SHOW TRANSACTIONS YIELD metaData WHERE metaData.query IS NOT NULL RETURN 1"
    )
    assert left == []


def test_view_and_cases_come_from_the_viewer(store: Store) -> None:
    """Trap: a caller widening what he may see by passing the parameters himself."""
    narrow = Viewer(user="li", view="squad", cases=frozenset({"A9900002", "A9900001"}))
    assert store.read(narrow, "trial.viewer", view="all", viewer_cases=None) == [
        {"view": "squad", "cases": ["A9900001", "A9900002"]}
    ]
    assert store.read(LOCAL, "trial.viewer") == [{"view": "all", "cases": None}]


def test_deadlocks_are_retried_until_every_write_is_in(store: Store) -> None:
    """Trap: two loaders on the same accounts: one loses its batch to a deadlock."""
    store.write("trial.add", labels={"label": "Phone"}, numbers=[A, B])
    failures: list[BaseException] = []

    def bump(first: str, second: str) -> None:
        try:
            for _ in range(25):
                store.write("trial.bump", a=first, b=second)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=bump, args=pair) for pair in [(A, B), (B, A)] * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    rows, _, _ = store.driver.execute_query("MATCH (n:Phone) RETURN n.load AS load")
    assert [row["load"] for row in rows] == [100, 100]


def test_hostile_values_stay_values(store: Store) -> None:
    """Trap: Cypher, quotes, RTL marks and astral characters in a value changing a query or being lost."""
    hostile = ["'}) DETACH DELETE n //", "`", "\u202e139", "𠮷野", "a\\u0027", "\n;"]
    store.write("trial.add", labels={"label": "Phone"}, numbers=hostile)
    assert sorted(numbers(store)) == sorted(hostile)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_server_mode_by_environment(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scheme: str
) -> None:
    """Trap: a server named by the environment, but an embedded one is started."""
    joined = store._joined
    assert joined is not None
    (tmp_path / "password").write_text(joined.password + "\n", encoding="utf-8")
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("NEO4J_URI", f"{scheme}://127.0.0.1:{joined.server.port}")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    store.write("trial.add", labels={"label": "Phone"}, numbers=[A])
    with Store.connect() as other:
        assert not other.embedded
        assert numbers(other) == [A]
    assert not (tmp_path / "other" / "db").exists()


def test_wrong_password_and_wrong_address_say_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a driver's stack trace instead of what to look at."""
    joined = store._joined
    assert joined is not None
    monkeypatch.setenv("NEO4J_URI", f"bolt://127.0.0.1:{joined.server.port}")
    with pytest.raises(InputError, match="no password"):
        Store.connect()
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    with pytest.raises(EngineError, match="refused the user or password"):
        Store.connect()
    monkeypatch.setenv("NEO4J_URI", f"bolt+s://127.0.0.1:{joined.server.port}")
    with pytest.raises(EngineError, match="cannot be reached"):
        Store.connect()
    monkeypatch.setenv("NEO4J_URI", "http://127.0.0.1:7474")
    with pytest.raises(InputError, match="use one of neo4j://"):
        Store.connect()
