"""Suites and traces over the service."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter

from backend.contract.suites import Ordered, Suite


def test_suites_and_their_workbook(api: Any) -> None:
    """Trap: a table whose shape the schema denies; a workbook that is a problem page."""
    for name, count in (("calls", 14), ("money", 17)):
        answer = api.get(f"/persons/P-seller/{name}", params={"preset": "packet", "also": ["P-boss"]})
        assert answer.status_code == 200, answer.text
        assert len(TypeAdapter(Suite).validate_python(answer.json())["tables"]) == count
        file = api.get(f"/persons/P-seller/{name}", params={"format": "xlsx"})
        assert len(load_workbook(io.BytesIO(file.content)).sheetnames) == count + 1
    assert api.get("/persons/P-seller/money", params={"preset": "other"}).status_code == 422
    assert api.get("/persons/nobody/calls").status_code == 404


@pytest.mark.parametrize("direction", ["down", "up"])
def test_trace(api: Any, direction: str) -> None:
    """Trap: the trace of the service another than that of the command line."""
    answer = api.get("/graph/ordered", params={"start": "P-whole", "direction": direction, "layers": 3})
    assert answer.status_code == 200, answer.text
    TypeAdapter(Ordered).validate_python(answer.json())
    assert api.get("/graph/ordered", params={"start": "nobody"}).status_code == 404
