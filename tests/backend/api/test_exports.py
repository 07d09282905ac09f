"""Exports and reports over HTTP: signed in only, as downloads, bounded."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from backend.exports.make import digest_of
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
    [
        "/drawings/gangs/G-1?format=svg",
        "/drawings/persons/P-boss",
        "/persons/P-seller/money?format=xlsx",
        "/reports/gangs/G-1?format=pdf",
        "/reports/trace?start=P-seller&format=docx&layers=3",
    ],
)
def test_every_file_leaves_its_record(api: Service, path: str) -> None:
    """Trap: a drawing or a workbook in somebody's hands of which the log knows only that something was read."""
    before = audit_log().head().seq
    answer = api.get(path)
    assert answer.status_code == 200
    left = [r for r in audit_log().records() if r["seq"] > before and r["action"] == "export"]
    assert [record["result"] for record in left] == [hashlib.sha256(answer.content).hexdigest()]
    assert left[0]["objects"] and left[0]["outcome"] == "done"


@pytest.mark.parametrize("form", ["graphml", "csv"])
def test_an_export_is_on_record_by_its_digest(api: Service, form: str) -> None:
    """Trap: a file found years later, and nobody can say whether it is the one that went out."""
    answer = api.get("/exports", params={"format": form, "node": "Person:P-boss"})
    record = [each for each in audit_log().records() if each["action"] == "export"][-1]
    assert record["result"] == hashlib.sha256(answer.content).hexdigest()


def test_a_folder_has_the_digest_of_its_list(tmp_path: Path) -> None:
    """Trap: a digest over many files that only the program itself can compute again."""
    for name, text in {"b.csv": "2", "a/c.csv": "1"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    one, two = (hashlib.sha256(text).hexdigest() for text in (b"1", b"2"))
    assert digest_of(tmp_path) == hashlib.sha256(f"{one}  a/c.csv\n{two}  b.csv\n".encode()).hexdigest()
