"""Migrations on a real database: what the declaration asks for is there, once, and said."""

from __future__ import annotations

import pytest

from graph_schema import generate
from graph_schema.declaration import load_declaration
from graph_schema.errors import EngineError
from graph_schema.store import Store, migrations


def unique_properties(store: Store) -> set[tuple[str, str]]:
    rows, _, _ = store.driver.execute_query(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties "
        "RETURN labelsOrTypes[0] AS on, properties[0] AS property"
    )
    return {(row["on"], row["property"]) for row in rows}


def test_every_key_of_the_declaration_is_unique_in_the_database(store: Store) -> None:
    """Trap: a label without its constraint, found when a million nodes are double."""
    declaration = load_declaration()
    wanted = {(label.name, label.key) for label in declaration.labels.values()}
    assert wanted <= unique_properties(store)
    assert ("PAID", "event_id") in unique_properties(store)


def test_nothing_is_done_twice(store: Store) -> None:
    """Trap: every start repeats the whole schema and says it did something."""
    assert migrations.migrate(store) == []
    rows = store.rows("store.migrations")
    assert [row["version"] for row in rows] == [1]


def test_a_changed_declaration_adds_what_is_missing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a label added in a new version of the YAML never gets its constraint in an existing database."""
    extra = "CREATE CONSTRAINT trial_key IF NOT EXISTS FOR (n:TrialLabel) REQUIRE n.key IS UNIQUE"
    original = generate.constraints
    try:
        with monkeypatch.context() as patch:
            patch.setattr(generate, "constraints", lambda declaration: [*original(declaration), extra])
            said = migrations.migrate(store)
            assert said[-1] == "added trial_key"
            assert ("TrialLabel", "key") in unique_properties(store)
            assert migrations.migrate(store) == []
    finally:
        store.driver.execute_query("DROP CONSTRAINT trial_key IF EXISTS")
        migrations.migrate(store)


def test_a_newer_database_is_refused(store: Store) -> None:
    """Trap: an old program writing into a graph whose rules it does not know."""
    store.driver.execute_query("CREATE (:Migration {version: 9000, fingerprint: 'x'})")
    try:
        with pytest.raises(EngineError, match="install the newer Upline"):
            migrations.migrate(store)
    finally:
        store.driver.execute_query("MATCH (m:Migration {version: 9000}) DELETE m")
