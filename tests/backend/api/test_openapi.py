"""Schemathesis against the service and its real store: no server error, no answer that its schema denies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from backend.api import create_app
from backend.security.sessions import local_token
from graph_schema.store import Store

CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.ignored_auth,
)
RULED = ("/mappings", "/entries", "/corrections", "/views", "/compartments")
"""Routes of what no schema can tell whole: the kind of a table, names that are declared, the parts of a chart."""
EXAMPLES = pytest.mark.parametrize("examples", [2, pytest.param(8, marks=pytest.mark.long)])
"""Per operation and mode: each example asks the real database, and `make faults` has time for more."""


@pytest.fixture
def schema(district: Store) -> Iterator[schemathesis.BaseSchema]:
    """The schema as the service itself gives it out; its jobs end before the next test."""
    app = create_app(lambda: nullcontext(district), Path(district.home), hosts=("testserver",))
    found = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    # A wrong body may be refused for its size before anybody looks into it.
    refusals = found.config.checks.negative_data_rejection
    refusals.expected_statuses = [*refusals.expected_statuses, "413"]
    yield found
    app.state.jobs.stop()


def test_schema_is_openapi_3_1(schema: schemathesis.BaseSchema) -> None:
    """Trap: a document no tool can read."""
    raw = schema.raw_schema
    assert raw["openapi"].startswith("3.1") and len(raw["paths"]) >= 25
    assert "HTTPValidationError" not in raw["components"]["schemas"]
    for path, operations in raw["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], (method, path)


@EXAMPLES
def test_service_keeps_its_schema(schema: schemathesis.BaseSchema, district: Store, examples: int) -> None:
    """Trap: an input that ends in a server error, a wrong input taken, an answer other than documented."""
    token = local_token(Path(district.home))
    asked = 0
    settings = hypothesis.settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in schemathesis.GenerationMode:

            @settings
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def check(case: schemathesis.Case) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(
                    headers={"Authorization": f"Bearer {token}"}, checks=CHECKS, excluded_checks=_told(case)
                )

            # An operation without parameters cannot be asked wrongly.
            with contextlib.suppress(hypothesis.errors.Unsatisfiable):
                check()
    assert asked > 100


def _told(case: schemathesis.Case) -> list[schemathesis.CheckFunction]:
    """What a file, its mapping, an entry or a chart must say no schema can tell: rubbish there is refused rightly. A form
    sends everything as text: a file that was turned into null arrives as a file that says "null".
    """
    files = "multipart/form-data" in case.operation.definition.raw.get("requestBody", {}).get("content", {})
    said = files or any(each in case.path for each in RULED)
    wrong = [checks.negative_data_rejection] if files else []
    return [checks.positive_data_acceptance, *wrong] if said else []
