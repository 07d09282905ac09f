"""Exports and reports over HTTP: signed in only, as downloads, bounded."""

from __future__ import annotations

import io
import zipfile

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
