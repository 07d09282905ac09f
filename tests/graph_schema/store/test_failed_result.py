"""What the server said is told, also where the driver wraps it because another statement failed first."""

from __future__ import annotations

import pytest
from neo4j.exceptions import ConstraintError, Neo4jError, ResultFailedError

from graph_schema.store.failures import told


def test_a_collision_in_a_failed_result_is_a_collision() -> None:
    """Trap: two who write at once; one is told the database cannot be reached, and does not try again."""
    said = Neo4jError._hydrate_neo4j(
        code="Neo.ClientError.Schema.ConstraintValidationFailed", message="already exists"
    )
    with pytest.raises(ConstraintError), told("review.add"):
        raise ResultFailedError(None, "The result has failed.") from said  # type: ignore[arg-type]
