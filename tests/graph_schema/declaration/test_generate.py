"""What the declaration generates: files without drift, statements the database accepts, API models."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from graph_schema import generate
from graph_schema.declaration import load_declaration
from graph_schema.models import label_model, relationship_model
from graph_schema.store import Store


def test_committed_files_match_the_declaration() -> None:
    """Trap: the declaration is edited and docs/schema.md or schema.json is forgotten."""
    stale = [str(path.relative_to(generate.ROOT)) for path in generate.stale(load_declaration())]
    assert stale == [], "run python -m graph_schema.generate"


def test_every_key_and_event_is_unique() -> None:
    """Trap: a label without its constraint takes the same number twice."""
    declaration = load_declaration()
    statements = generate.constraints(declaration)
    for label in declaration.labels.values():
        assert any(f"(n:{label.name}) REQUIRE n.{label.key} IS UNIQUE" in line for line in statements)
    for name in declaration.events():
        assert any(f"[r:{name}]-() REQUIRE r.event_id IS UNIQUE" in line for line in statements)
    names = [line.split(" IF NOT EXISTS")[0].split()[-1] for line in statements]
    assert len(names) == len(set(names))
    assert all("IF NOT EXISTS" in line for line in statements)


def test_database_has_what_is_declared(engine: Store) -> None:
    """Trap: a statement the real server refuses; an index that is never built."""
    rows = engine.driver.execute_query("SHOW INDEXES YIELD name, state", database_=engine.database)[0]
    online = {row["name"] for row in rows if row["state"] == "ONLINE"}
    wanted = {
        line.split(" IF NOT EXISTS")[0].split()[-1] for line in generate.constraints(load_declaration())
    }
    assert wanted <= online


def test_schema_json_serves_the_web() -> None:
    """Trap: a default that is left out of the file and guessed differently by the web."""
    data = json.loads(generate.SCHEMA_JSON.read_text(encoding="utf-8"))
    assert data["labels"]["Phone"]["zh"] == "电话号码"
    assert data["labels"]["Record"]["layer"] == "observed" and data["labels"]["Record"]["identifier"] is False
    assert data["relationships"]["PAID"]["properties"]["fen"]["unit"] == "fen"
    assert data["legend"]["roles"]["organiser"]["glyph_zh"] == "组"


def test_models_refuse_what_is_not_declared() -> None:
    """Trap: an API that takes any property and writes it."""
    phone = label_model("Phone")
    assert phone(number="+8613900000000", kind="mobile").model_dump()["kind"] == "mobile"
    for wrong in ({}, {"number": "1", "colour": "red"}, {"number": "1", "kind": "pager"}):
        with pytest.raises(ValidationError):
            phone(**wrong)
    with pytest.raises(ValidationError):
        relationship_model("PAID")(fen=100)
    assert "event_id" in relationship_model("PAID").model_json_schema()["required"]
