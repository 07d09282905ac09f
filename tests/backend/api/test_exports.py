"""Exports and reports over HTTP: signed in only, as downloads, bounded."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from backend.security.audited import audit_log
from tests.backend.api.conftest import Service


def test_an_export_is_a_download(api: Service) -> None:
    """Trap: a file that the browser shows as a page, or a folder that cannot be sent."""
    answer = api.get("/exports", params={"format": "graphml"})
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert b"<graphml" in answer.content
    archive = zipfile.ZipFile(io.BytesIO(api.get("/exports", params={"format": "csv"}).content))
    assert "PAID.relationships.csv" in archive.namelist()


def test_strangers_get_neither_export_nor_report(stranger: Service) -> None:
    """Trap: a download link that works for who has it."""
    assert stranger.get("/exports").status_code == 401
    assert stranger.get("/reports/gangs/G-0001").status_code == 401


def test_a_report_names_its_audit_number(api: Service) -> None:
    """Trap: a downloaded report that cannot be matched to its record."""
    case = next(c for c in api.get("/chains").json()["cases"] if c["chains"])
    answer = api.get(f"/reports/chains/{case['case_no']}/1", params={"format": "pdf"})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert answer.headers["x-upline-audit"] in answer.headers["content-disposition"]
    assert api.get("/reports/chains/A9900000000000000000000/1").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/drawings/gangs/G-1?format=svg", "/drawings/persons/P-boss", "/persons/P-seller/money?format=xlsx"],
)
def test_every_file_leaves_its_record(api: Service, path: str) -> None:
    """Trap: a drawing or a workbook in somebody's hands of which the log knows only that something was read."""
    before = audit_log().head().seq
    answer = api.get(path)
    assert answer.status_code == 200
    left = [r for r in audit_log().records() if r["seq"] > before and r["action"] == "export"]
    assert [record["result"] for record in left] == [hashlib.sha256(answer.content).hexdigest()]
    assert left[0]["objects"] and left[0]["outcome"] == "done"
