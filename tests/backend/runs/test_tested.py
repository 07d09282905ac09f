"""Positive tests as drug facts: read from the test, told of the record it was made for."""

from __future__ import annotations

from graph_schema.store import LOCAL, Store
from tests.backend.conftest import Builder


def test_only_a_positive_test_that_was_made_counts(district: Store, builder: Builder) -> None:
    """Trap: tests moved to a label of their own and the run finds none; a test that is due counts as positive."""
    for test, result in (("t1", "阳性"), ("t2", "阴性"), ("t3", None)):
        builder.event("TESTED", "Record:rec1", f"Test:{test}", None, f"e-{test}", evidence=[f"aa/-/{test}"])
        builder.do("MATCH (t:Test {test_id: $id}) SET t.result = $result", id=test, result=result)
    assert district.read(LOCAL, "run.tested") == [{"record": "rec1", "row": "aa/-/t1"}]
