"""The catalogue of queries is strict: what is not declared does not reach the database."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema.declaration import load_declaration
from graph_schema.store import catalogue
from graph_schema.store.catalogue import CatalogueError, Query, load, parse

ROOT = Path(__file__).resolve().parents[3]


def one(text: str) -> Query:
    (query,) = parse("area", text, "area.cypher")
    return query


def test_header_body_slots_and_parameters_are_read() -> None:
    """Trap: a comment or the next header becoming part of a query's text."""
    text = """// About this area.

// name: area.a
// mode: read
// Why.
MATCH (n:<<label>> {<<label.key>>: $key})
RETURN n

// name: area.b
// mode: write
CREATE (:Phone {number: $number});
"""
    first, second = parse("area", text, "area.cypher")
    assert first.text == "MATCH (n:<<label>> {<<label.key>>: $key})\nRETURN n"
    assert (first.slots, first.parameters, first.mode) == ({"label"}, {"key"}, "read")
    assert second.text == "CREATE (:Phone {number: $number})"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("// name: area.a\n// mode: read\nMATCH (n:<<lable>>) RETURN n", "unknown placeholder <<lable>>"),
        ("// name: area.a\n// mode: read\nMATCH ()-[r:<<rel.key>>]->() RETURN r", "unknown placeholder"),
        ("// name: area.a\n// mode: read\nMATCH (n:Phone) SET n.number = '1'", "declared read but says SET"),
        ("// name: area.a\n// mode: read\nMATCH (n) detach delete n", "declared read but says delete"),
        ("// name: area.a\nMATCH (n:Phone) RETURN n", "needs `// mode: read`"),
        ("// name: area.a\n// mode: sometimes\nRETURN 1", "needs `// mode: read`"),
        ("// name: other.a\n// mode: read\nRETURN 1", "must be area.something"),
        ("// name: area.a\n// mode: read\n", "has no body"),
        ("MATCH (n) RETURN n", "text before the first"),
        (
            "// name: area.a\n// mode: read\nCALL apoc.load.json($url) YIELD value RETURN value",
            "portable core",
        ),
        ("// name: area.a\n// mode: read\nLOAD CSV FROM $url AS line RETURN line", "portable core"),
        ("// name: area.a\n// mode: read\nMATCH (n:Phone) RETURN $timeout", "choose other names"),
        ("// name: area.a\nRETURN 1\n// mode: read", "right after"),
    ],
)
def test_anything_loose_is_refused(text: str, says: str) -> None:
    """Trap: a misspelt header or placeholder that is taken as it stands and fails in front of a user."""
    with pytest.raises(CatalogueError, match=re.escape(says)):
        parse("area", text, "area.cypher")


def test_words_in_strings_and_comments_are_no_clauses() -> None:
    """Trap: a keyword filter that sees 'DELETE' inside a text value."""
    query = one("// name: area.a\n// mode: read\nMATCH (n:Review) WHERE n.verb = 'SET' RETURN n // no MERGE")
    assert query.mode == "read"


@pytest.mark.parametrize(
    "body",
    [
        "MATCH (n:Fone) RETURN n",
        "MATCH (:Phone)-[r:PAID|CALED]->() RETURN r",
        "MATCH (n) WHERE n:Phone&!Fone RETURN n",
    ],
)
def test_undeclared_names_in_a_text_are_refused(tmp_path: Path, body: str) -> None:
    """Trap: a misspelt label matches nothing, silently."""
    (tmp_path / "area.cypher").write_text(f"// name: area.a\n// mode: read\n{body}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="not in the declaration"):
        load(tmp_path, load_declaration())


def test_a_name_may_exist_once(tmp_path: Path) -> None:
    """Trap: of two queries of one name the later one wins unnoticed."""
    text = "// name: area.a\n// mode: read\nRETURN 1\n"
    (tmp_path / "area.cypher").write_text(text * 2, encoding="utf-8")
    with pytest.raises(CatalogueError, match="exists twice"):
        load(tmp_path, load_declaration())


def test_placeholders_take_declared_names_only() -> None:
    """Trap: Cypher injection through a label (CVE-2026-22743 and its like)."""
    query = one(
        "// name: area.a\n// mode: read\nMATCH (n:<<label>> {<<label.key>>: $k})-[:<<rels>>]-() RETURN n"
    )
    declaration = load_declaration()
    filled = query.filled({"label": "Phone", "rels": ["CALLED", "PAID"]}, declaration)
    assert filled == "MATCH (n:Phone {number: $k})-[:CALLED|PAID]-() RETURN n"
    for wrong in ("Phone) DETACH DELETE n //", "`Phone`", "phone", ""):
        with pytest.raises(CatalogueError, match="not in the declaration"):
            query.filled({"label": wrong, "rels": ["PAID"]}, declaration)
    with pytest.raises(CatalogueError, match="takes a list of names"):
        query.filled({"label": "Phone", "rels": "PAID"}, declaration)
    with pytest.raises(CatalogueError, match="at least one name"):
        query.filled({"label": "Phone", "rels": []}, declaration)
    with pytest.raises(CatalogueError, match="takes the placeholders"):
        query.filled({"label": "Phone"}, declaration)


def test_key_and_property_slots_are_checked_too() -> None:
    """Trap: a property name is as good a way in as a label."""
    query = one("// name: area.a\n// mode: read\nMATCH (n:<<start>> {<<start_key>>: $k}) RETURN n.<<amount>>")
    declaration = load_declaration()
    names = {"start": "Phone", "start_key": "number", "amount": "number"}
    assert query.filled(names, declaration) == "MATCH (n:Phone {number: $k}) RETURN n.number"
    for slot in ("start_key", "amount"):
        with pytest.raises(CatalogueError, match="not in the declaration"):
            query.filled({**names, slot: "number}) DETACH DELETE n //"}, declaration)


def test_parameters_must_be_exactly_those_of_the_query() -> None:
    """Trap: a misspelt parameter is null in the database and matches nothing."""
    query = one("// name: area.a\n// mode: read\nMATCH (n:Phone {number: $number}) RETURN n")
    with pytest.raises(
        CatalogueError, match=re.escape("missing parameters ['number'], unknown parameters ['nummer']")
    ):
        query.check({"nummer": "+8613900000000"})


def test_every_query_of_the_program_keeps_the_rules() -> None:
    """Trap: a query file nobody loaded until a user needed it."""
    queries = load(catalogue.QUERIES, load_declaration())
    assert len(queries) > 20
    with pytest.raises(CatalogueError, match="no query named"):
        catalogue.find("store.nothing")
    with pytest.raises(CatalogueError, match="no query named"):
        catalogue.find("../secrets.x")


def texts(file: Path) -> Iterator[str]:
    """Yield the text constants of a module that are not documentation."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_cypher_lives_in_the_catalogue_only() -> None:
    """Trap: one query in a Python string, and neither rules nor audit see it."""
    clause = re.compile(
        r"\b(MATCH|MERGE|CREATE)\s*\(|\bUNWIND\s+[$\[a-z]|\bCALL\s+(db|dbms|apoc|\{)|\bDETACH DELETE\b"
    )
    found = {
        str(file.relative_to(ROOT))
        for package in ("graph_schema", "etl", "viz", "backend")
        for file in sorted((ROOT / package).rglob("*.py"))
        if "node_modules" not in file.parts and any(clause.search(text) for text in texts(file))
    }
    assert found == set()
