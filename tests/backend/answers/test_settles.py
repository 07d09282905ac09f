"""What would settle an unknown role: one sentence, the same on page, command line, report and in `explain`."""

from __future__ import annotations

from typer.testing import CliRunner

from backend import answers
from backend.cli import app
from backend.reports.gang import gang_report
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import Builder
from viz.report.model import Furniture, Table
from viz.text.settling import SETTLES


def test_the_same_sentence_everywhere(district: Store) -> None:
    """Trap: the page says which return would settle a role, the report says "unknown" and no more."""
    Builder(district).do(
        "MATCH (:Person {key: 'R-0001/P-seller'})-[m:MEMBER_OF]->(:Gang) SET m.role = 'unknown', "
        'm.reasons = \'[{"code": "tied_to", "detail": "P-whole"}, {"code": "unsettled", "detail": "payers"}]\''
    )
    expected = {"zh": SETTLES["payers"].zh, "en": SETTLES["payers"].en}
    members = answers.gang_page(district, LOCAL, "G-1")["gang"]["members"]
    assert {m["person"]["id"]: m["settles"] for m in members} == {
        "P-boss": None,
        "P-whole": None,
        "P-seller": expected,
    }
    why = answers.explain(district, LOCAL, "G-1")["sentences"]
    assert any(expected["zh"] in each["zh"] and expected["en"] in each["en"] for each in why)
    for language in ("zh", "en"):
        report = gang_report(district, LOCAL, "G-1", language, Furniture())
        cells = [
            cell for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row
        ]
        assert any(expected[language] in cell for cell in cells)
    shown = CliRunner().invoke(app, ["gang", "G-1"], env={"UPLINE_LANG": "en"})
    assert "several" in expected["en"] and "several" in shown.output, (
        "one word: lines are broken between words"
    )
