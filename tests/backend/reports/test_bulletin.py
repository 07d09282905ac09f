"""The bulletin of figures: the values of the list, what was reported otherwise, overdue tasks; DOCX and PDF."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
import pytest

from backend.district.answering import Listing
from backend.district.figures import answers
from backend.reports import make_report
from backend.reports.bulletin import bulletin
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.district.test_figures import CASES, LATE, PEOPLE, REPORTS, load_tables
from tests.backend.district.test_tasks import TASKS
from viz.report.model import Furniture, Paragraph, Table


@pytest.fixture
def told(store: Store, tmp_path: Path) -> Store:
    load_tables(store, tmp_path / "a", 案件=[*CASES, *LATE[1:]], 人员=PEOPLE, 月报=REPORTS, 任务=TASKS)
    return store


def test_the_bulletin_says_what_the_list_says(told: Store) -> None:
    """Trap: a bulletin with a figure of its own; a reported value that differs is left out of the notice."""
    report = bulletin(told, LOCAL, "2024-01", "zh", Furniture())
    tables = [block for block in report.blocks if isinstance(block, Table)]
    whole = {row[0]: row[1] for row in tables[0].rows}
    items = answers.figures_list(told, LOCAL, Listing(dt.date(2024, 4, 5)))["items"]
    january = {e["figure"]: e for e in items if e["unit"] == "全区" and e["from"] == "2024-01-01"}
    assert whole["立案数"] == "3 起" and january["立案数"]["value"] == 3
    for name, text in whole.items():
        value = january[name]["value"]
        assert value is None or text.startswith(f"{value:g}") or text.endswith("%"), name
    assert "任务" in tables[2].caption and tables[2].rows[0][0] == "RW1"
    said = [s for block in report.blocks if isinstance(block, Paragraph) for s in block.sentences]
    differing = [each for each in said if "统计月报为 1，清单为 2" in each.text]
    assert len(differing) == 1 and differing[0].evidence
    assert set(report.sources) and all(source.found for source in report.sources.values())


@pytest.mark.parametrize(("form", "language"), [("docx", "zh"), ("pdf", "en")])
def test_it_is_written_and_recorded(told: Store, form: str, language: str) -> None:
    """Trap: a file without an audit number; a period that cannot be read becomes the whole time."""
    made = make_report(told, LOCAL, "bulletin", "latest", form, language=language)
    assert made.audit > 0 and made.rows > 0
    if form == "docx":
        words = "\n".join(each.text for each in docx.Document(io.BytesIO(made.body)).paragraphs)
        assert "禁毒工作情况通报" in words and "2024-03-01" in words
    else:
        assert made.body.startswith(b"%PDF")
    with pytest.raises(InputError):
        make_report(told, LOCAL, "bulletin", "March", form)
    with pytest.raises(NotFound):
        make_report(told, LOCAL, "bulletin", "1999-01", form)
