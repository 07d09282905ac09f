"""Figures: each is the length of its list; units, ranks, changes, late rows and monthly reports (district.md G2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.contract.district.figures import FigureItem
from backend.district.answering import Listing
from backend.district.figures import answers
from backend.district.figures.counting import WHOLE, Figure, change, completion, ranks
from backend.district.figures.entries import Entry
from backend.district.figures.indicators import indicators
from backend.district.figures.periods import Period, months
from backend.district.rules import rules
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.etl.opened import text_of

ON = dt.date(2024, 3, 31)
CASES = [
    ["案件编号", "案件名称", "案件类别", "立案日期", "破案日期", "主办单位"],
    ["A9901000000002024010001", "甲案", "贩卖毒品案", "2024-01-05", "2024-02-01", "甲所"],
    ["A9901000000002024010002", "乙案", "贩卖毒品案", "2024-01-31", "", "乙所"],
    ["A9901000000002024020003", "丙案", "容留吸毒案", "2024-02-29", "2024-03-02", "乙所"],
    ["A9901000000002024030004", "丁案", "贩卖毒品案", "2024-03-31", "", "甲所"],
    ["A9901000000002024030005", "戊案", "贩卖毒品案", "2024-03-01", "", ""],
]
LATE = [CASES[0], ["A9901000000002024010009", "迟报案", "贩卖毒品案", "2024-01-20", "", "甲所"]]
PEOPLE = [
    ["案件编号", "姓名", "身份证号", "涉案身份", "到案日期", "强制措施"],
    ["A9901000000002024010001", "甲一", "990101199003070018", "贩卖", "2024-01-06", "刑事拘留"],
    ["A9901000000002024010002", "甲一", "990101199003070018", "贩卖", "2024-01-31", "逮捕"],
    ["A9901000000002024020003", "甲一", "990101199003070018", "容留", "2024-02-29", "刑事拘留"],
    ["A9901000000002024020003", "乙二", "990101198811120035", "吸毒", "2024-02-29", "行政拘留"],
]
REPORTS = [
    ["指标", "单位", "月份", "数值"],
    ["立案数", "甲所", "2024-01", "1"],
    ["立案数", "乙所", "2024-01", "1"],
    ["立案数", "全区", "2024-01", "3"],
    ["立案数", "乙所", "2024-02", "2"],
    ["群众满意度", "全区", "2024-01", "98.5"],
]


def load_tables(store: Store, folder: Path, **tables: Sequence[Sequence[str]]) -> None:
    """Load tables as CSV files in one load."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(text_of([list(row) for row in rows]), encoding="utf-8")
    load(store, [folder])


def of(items: Sequence[FigureItem], figure: str, month: str = "2024-01") -> dict[str, FigureItem]:
    """The items of a figure in a month by unit."""
    return {
        each["unit"]: each for each in items if each["figure"] == figure and each["from"].startswith(month)
    }


def test_every_figure_is_its_list_and_units_add_up(store: Store, tmp_path: Path) -> None:
    """Trap: a whole counted apart from its units; a last day left out; rows without a unit that vanish."""
    load_tables(store, tmp_path / "a", 案件=CASES, 人员=PEOPLE)
    found = answers.figures_list(store, LOCAL, Listing(ON))
    opened = {m: of(found["items"], "立案毒品案件数", m) for m in ("2024-01", "2024-02", "2024-03")}
    assert {m: {u: e["value"] for u, e in units.items()} for m, units in opened.items()} == {
        "2024-01": {"全区": 2, "甲所": 1, "乙所": 1, "未注明": 0},
        "2024-02": {"全区": 1, "甲所": 0, "乙所": 1, "未注明": 0},
        "2024-03": {"全区": 2, "甲所": 1, "乙所": 0, "未注明": 1},
    }
    assert opened["2024-03"]["全区"]["against"][0]["en"] == "1 of these name no unit"
    for each in found["items"]:
        shown = answers.figures_show(store, LOCAL, each["id"], on=ON)["items"][0]
        mine = [one for one in shown["members"] if one["of"] == "numerator"]
        assert sum(one["count"] for one in mine) == each["numerator"]
        assert {k: v for k, v in shown.items() if k != "members"} == each
        assert all(one["evidence"] for one in mine)
    whole = answers.figures_list(store, LOCAL, Listing(ON, dt.date(2024, 1, 1), ON))["items"]
    assert of(whole, "立案毒品案件数")["全区"]["value"] == 5
    sale = answers.figures_list(store, LOCAL, Listing(ON), figure="立案数", kind="贩卖毒品案")["items"]
    assert [of(sale, "立案毒品案件数", m)["全区"]["value"] for m in ("2024-01", "2024-02")] == [2, 0]
    assert answers.figures_show(store, LOCAL, sale[0]["id"], on=ON)["items"][0]["id"] == sale[0]["id"]
    with pytest.raises(NotFound):
        answers.figures_show(store, LOCAL, "立案毒品案件数|丙所|2024-01-01|2024-01-31")


def test_persons_count_once_in_a_period(store: Store, tmp_path: Path) -> None:
    """Trap: one person caught in two months is two persons of the year (名 vs 人次); in two units, two of the whole."""
    load_tables(store, tmp_path / "a", 案件=CASES, 人员=PEOPLE)
    found = answers.figures_list(store, LOCAL, Listing(ON))["items"]
    january = of(found, "打处人数")
    assert {u: e["value"] for u, e in january.items()} == {"全区": 1, "甲所": 1, "乙所": 0}
    assert "先由其他单位" in january["乙所"]["against"][0]["zh"], "the remainder is shown"
    assert [of(found, "打处人数", m)["全区"]["value"] for m in ("2024-01", "2024-02")] == [1, 1]
    year = answers.figures_list(store, LOCAL, Listing(ON, dt.date(2024, 1, 1), ON))["items"]
    assert of(year, "打处人数")["全区"]["value"] == 1, "one person, though one in either month"
    assert of(year, "抓获人数")["全区"]["value"] == 2


def test_late_rows_and_reports_that_differ_are_told(store: Store, tmp_path: Path) -> None:
    """Trap: a row that came late changes what was reported without a word; a report that differs is passed over."""
    load_tables(store, tmp_path / "a", 案件=CASES)
    load_tables(store, tmp_path / "b", 案件=LATE, 月报=REPORTS)
    found = answers.figures_list(store, LOCAL, Listing(ON))["items"]
    january = of(found, "立案数")
    assert january, "the figure bears the name the reports use"
    values = {u: (e["value"], e["first_reported"], e["reported"]) for u, e in january.items()}
    assert values == {"全区": (3, 2, 3), "甲所": (2, 1, 1), "乙所": (1, 1, 1), "未注明": (0, 0, None)}
    assert january["甲所"]["first_load"] == 1 and "迟报" in january["甲所"]["against"][0]["zh"]
    assert january["甲所"]["reasons"][0]["en"] == "Reported as 1; the list gives 2"
    assert len(january["甲所"]["against"][0]["evidence"]) == 1, "the late row alone"
    assert [each["rule"] for each in january["全区"]["reasons"]] == ["figures@1"]
    checked = answers.figures_check(store, LOCAL, on=ON)["items"]
    assert {
        (each["code"], each["id"].split("|")[0], each["id"].split("|")[1:2] == ["甲所"]) for each in checked
    } == {
        ("reported_differs", "立案数", True),
        ("reported_differs", "立案数", False),
        ("reported_sum", "立案数", False),
        ("undefined_figure", "群众满意度", False),
    }
    assert all(each["evidence"] for each in checked)
    unknown = of(found, "群众满意度")["全区"]
    assert unknown["value"] is None and unknown["reported"] == 98.5 and unknown["missing"]


def _figure(unit: str, n: int, d: int | None) -> Figure:
    def some(count: int) -> tuple[Entry, ...]:
        return tuple(Entry(str(k), "Case", str(k), None, unit, ON, ()) for k in range(count))

    return Figure(unit, some(n), None if d is None else some(d))


def test_ties_share_a_rank_and_small_bases_have_none() -> None:
    """Trap (G2): 2 of 2 leads the table; two equal units in an order; 全区 ranked among its own units."""
    share = next(each for each in indicators(rules("figures"), ON) if each.name == "问题整改率")
    units = {
        "甲": _figure("甲", 9, 10),
        "乙": _figure("乙", 18, 20),
        "丙": _figure("丙", 5, 10),
        "丁": _figure("丁", 4, 4),
        WHOLE: _figure(WHOLE, 36, 44),
        "未注明": _figure("未注明", 5, 5),
    }
    assert ranks(units, share, {}) == {"甲": 1, "乙": 1, "丙": 3}
    late = next(each for each in indicators(rules("figures"), ON) if each.name == "阳性率")
    assert ranks(units, late, {}) == {"甲": 2, "乙": 2, "丙": 1}, "fewer is better"
    count = next(each for each in indicators(rules("figures"), ON) if each.name == "查处吸毒人员数")
    plain = {"甲": _figure("甲", 6, None), "乙": _figure("乙", 9, None), "丙": _figure("丙", 9, None)}
    assert ranks(plain, count, {}) == {}, "counts of unequal units are no ranking"
    assert ranks(plain, count, {"甲": 6, "乙": 18, "丙": 4}) == {"甲": 1, "乙": 2}


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (89.6, 112.4, -0.203),  # 现有吸毒人员 2022 → 2023, G1
        (407.8, 379.0, 0.076),  # three years clean, G1
        (19.5, 19.7, None),  # in 万 the base is 19.7: counted in persons it is not small
        (195_000, 197_000, -0.01),  # 查处 2022 → 2023, −1.1 % printed
        (12, 9, None),
        (None, 50, None),
        (3, 0, None),
    ],
)
def test_change_against_the_period_before(now: float | None, before: float, expected: float | None) -> None:
    """Trap (G2): per cent on a base below twenty; a rise from nothing."""
    got = change(now, before)
    assert (got is None) if expected is None else got is not None and abs(got - expected) < 0.0006


def test_completion_and_shares_need_twenty() -> None:
    """Worked example (wording.md section 5, G2): 12 ÷ 20 = 60 %; 11 ÷ 19 is not said in per cent."""
    assert completion(12.0, 20.0) == 0.6
    assert completion(11.0, 19.0) is None and completion(12.0, None) is None
    assert _figure("甲", 12, 20).value(20) == 60.0
    assert _figure("甲", 11, 19).value(20) is None and _figure("甲", 11, 19).d == 19
    assert _figure("甲", 0, None).value(0) == 0.0


def test_periods_and_the_one_before() -> None:
    """Trap: the month before March 31 is February 31; a year compared with the month before."""
    march = Period(dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    assert march.kind == "month" and march.before() == Period(dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert year.kind == "year" and year.before().first == dt.date(2023, 1, 1) and len(year.months()) == 12
    days = Period(dt.date(2024, 3, 5), dt.date(2024, 3, 14))
    assert days.before() == Period(dt.date(2024, 2, 24), dt.date(2024, 3, 4)) and days.months() == []
    assert [each.first.month for each in months(dt.date(2023, 12, 31), dt.date(2024, 2, 1))] == [12, 1, 2]


def test_figures_of_care_are_for_its_staff(store: Store, tmp_path: Path) -> None:
    """Trap: counts of tests name the only person of a station; care staff count cases."""
    tests = [
        ["检测编号", "姓名", "身份证号", "检测日期", "检测方式", "检测结果", "检测单位", "应检日期"],
        ["JC1", "乙二", "990101198811120035", "2024-01-10", "毛发", "阴性", "甲所", "2024-01-08"],
    ]
    load_tables(store, tmp_path / "a", 案件=CASES, 检测=tests)
    asked = Listing(ON)

    def seen(role: str) -> set[str]:
        viewer = Viewer(user=role, role=role, purpose="统计")
        return {each["figure"] for each in answers.figures_list(store, viewer, asked)["items"]}

    assert "检测按期率" not in seen("investigator") and "立案毒品案件数" in seen("investigator")
    assert "检测按期率" in seen("care") and "立案毒品案件数" not in seen("care")
    due = of(answers.figures_list(store, LOCAL, asked)["items"], "检测按期率")["甲所"]
    assert (due["numerator"], due["denominator"], due["value"]) == (1, 1, None)
    assert "不列百分比" in due["against"][0]["zh"]


def test_a_month_just_begun_comes_second(store: Store, tmp_path: Path) -> None:
    """Traps: the page opens on a month of four days; a share that agrees is told as differing, its base being small."""
    problems = [
        ["问题编号", "责任单位", "发现日期", "问题", "首次期限", "销号日期"],
        ["W1", "甲所", "2024-01-05", "台账不全", "2024-02-05", "2024-01-20"],
        ["W2", "甲所", "2024-01-06", "台账不全", "2024-02-05", "2024-01-21"],
        ["W3", "乙所", "2024-01-07", "台账不全", "2024-02-05", ""],
        ["W4", "乙所", "2024-03-04", "台账不全", "2024-04-05", ""],
    ]
    said = [REPORTS[0], ["整改率", "全区", "2024-01", "66.7%"], ["整改率", "乙所", "2024-01", "50%"]]
    load_tables(store, tmp_path / "a", 问题=problems, 月报=said)
    found = answers.figures_list(store, LOCAL, Listing(dt.date(2024, 3, 4)))["items"]
    assert list(dict.fromkeys(each["from"][:7] for each in found)) == ["2024-02", "2024-03", "2024-01"]
    ended = answers.figures_list(store, LOCAL, Listing(dt.date(2024, 3, 31), limit=1))["items"]
    assert ended[0]["from"] == "2024-03-01"
    differing = {each["id"] for each in answers.figures_check(store, LOCAL)["items"]}
    assert differing == {"整改率|乙所|2024-01-01|2024-01-31"}
