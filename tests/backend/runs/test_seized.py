"""What was seized is weighed once, whoever it was seized from."""

from __future__ import annotations

from pathlib import Path

from backend import answers
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

CASE = "A9901000000002026040009"
SEIZED = f"""案件编号,缴获日期,持有人身份证号,毒品种类,净重(克),检材编号
{CASE},2026-04-17,990101199001010019,冰毒,30,JC-2026-0001
{CASE},2026-04-17,990101199202020025,冰毒,30,JC-2026-0001
"""
PEOPLE = f"""案件编号,姓名,身份证号,涉案身份
{CASE},章一,990101199001010019,贩卖
{CASE},章二,990101199202020025,贩卖
"""


def test_one_exhibit_of_two_holders_is_weighed_once(store: Store, tmp_path: Path) -> None:
    """Trap: thirty grams two people held together are sixty in the run, a major case, and thirty on the case's page."""
    (tmp_path / "缴获毒品.csv").write_text(SEIZED, encoding="utf-8")
    (tmp_path / "涉案人员.csv").write_text(PEOPLE, encoding="utf-8")
    load(store, [tmp_path])
    analyse(store)
    page = answers.case_quantities(store, LOCAL, CASE)
    assert page["grams"] == {"甲基苯丙胺": 30.0}
    (case,) = answers.cases(store, LOCAL)["cases"]
    assert case["tier"] == page["tier"] != "major"
