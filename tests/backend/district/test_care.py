"""Care from loaded tables: list, show, check, who may read it, and a class confirmed by a person."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from backend.district.answering import ALL, Listing
from backend.district.care import answers, decisions
from backend.reviews import answers as reviews
from backend.security.audited import audit_log
from backend.security.errors import Forbidden
from backend.security.rights import ROLES, Right
from etl.writing.load import load
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.etl.opened import text_of

ON = dt.date(2024, 3, 1)
ANN, BEN, CUI, DAI, EMMA = (
    "990101199001010019",
    "990101198505050028",
    "990101201001010019",
    "99010119700101001X",
    "990101196001010015",
)
CARE = Viewer("an", "care")
REGISTER = [
    ["姓名", "身份证号", "滥用毒品种类", "查获日期", "管控现状", "风险等级", "居住地派出所", "毒品来源"],
    ["季二水", ANN, "冰毒", "2023-02-20", "社区戒毒", "中", "甲所", ""],
    ["章一凡", BEN, "海洛因", "2020-11-30", "戒断三年未复吸", "低", "乙所", ""],
    ["小童", CUI, "依托咪酯", "2023-12-01", "社会面", "高", "甲所", ""],
]
REGIMES = [
    ["身份证号", "姓名", "措施", "决定日期", "报到日期", "中止起", "中止止", "解除日期", "解除原因"],
    [ANN, "季二水", "社区戒毒", "2023-03-01", "2023-03-10", "2023-05-01", "2023-05-14", "", ""],
    [DAI, "戴四", "强制隔离戒毒", "2024-02-29", "", "", "", "", ""],
    [BEN, "章一帆", "社区戒毒", "2020-12-05", "2020-12-01", "", "", "2024-01-31", ""],
]
TESTS = [
    [
        "姓名",
        "身份证号",
        "岗位",
        "检测日期",
        "检测方式",
        "检测结果",
        "应检日期",
        "检测类别",
        "目标物",
        "数值",
        "单位",
    ],
    ["季二水", ANN, "", "2023-03-11", "尿液", "阴性", "", "", "", "", ""],
    ["季二水", ANN, "", "2023-04-20", "尿液", "阴性", "2023-03-25", "", "", "", ""],
    ["季二水", ANN, "", "2023-04-10", "尿液", "拒绝检测", "", "", "", "", ""],
    ["季二水", ANN, "", "2023-08-01", "毛发", "阳性", "", "实验室", "甲基苯丙胺", "0.1", "ng/mg"],
    ["季二水", ANN, "", "", "", "", "2024-02-20", "", "", "", ""],
    ["鄂玛", EMMA, "客车驾驶员", "2024-02-02", "毛发", "阴性", "2024-02-01", "", "", "", ""],
]
VISITS = [
    ["身份证号", "走访日期", "应访日期", "走访人", "结果"],
    [ANN, "2024-01-16", "2024-01-15", "冬三", "正常"],
    [ANN, "", "2024-02-15", "", ""],
    [EMMA, "2024-01-16", "", "冬三", "正常"],
]
LISTS = [
    ["专项", "身份证号", "姓名", "岗位", "单位", "应检日期"],
    ["客车专项", EMMA, "鄂玛", "客车驾驶员", "示例客运", "2024-02-01"],
    ["客车专项", BEN, "章一凡", "客车驾驶员", "示例客运", "2024-02-01"],
]


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Store:
    tables = {"涉毒人员": REGISTER, "戒毒措施": REGIMES, "检测": TESTS, "走访": VISITS, "排查名单": LISTS}
    for name, rows in tables.items():
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    return store


def test_list_show_and_check_from_loaded_tables(loaded: Store) -> None:
    """Trap: a driver who was only tested is registered; items without rows; a refusal or a value below the cut-off
    counts; a planned test that was not done is lost."""
    found = answers.care_list(loaded, CARE, Listing(ON))
    assert found["on"] == "2024-03-01T00:00:00+08:00" and found["count"] == 4
    by_id = {each["id"]: each for each in found["items"]}
    assert EMMA not in by_id and found["items"][0]["id"] == ANN and found["items"][-1]["id"] == BEN
    ann = by_id[ANN]
    assert ann["regimes"] == [
        {"kind": "社区戒毒", "starts_on": "2023-03-10", "ends_on": "2026-03-23", "days_suspended": 14}
    ]
    done = {each["on"]: each["done_on"] for each in ann["due"] if each["what"] == "test"}
    assert len(done) == 29, "28 by the schedule and the planned one"
    assert done["2023-03-10"] == "2023-03-11" and done["2023-03-25"] == "2023-04-20"
    assert done["2023-04-10"] is None and done["2024-02-20"] is None and "2023-05-24" in done
    assert {each["on"]: each["done_on"] for each in ann["due"] if each["what"] == "visit"} == {
        "2024-01-15": "2024-01-16",
        "2024-02-15": None,
    }
    assert (ann["exit_on"], ann["counted"], ann["sealed"]) == ("2026-03-06", True, False)
    assert ann["class"]["proposed"] and ann["class"]["confirmed"] is None and ann["review"] is None
    assert ann["evidence"] and all(set(each["evidence"]) <= set(ann["evidence"]) for each in ann["reasons"])
    assert (by_id[BEN]["counted"], by_id[BEN]["exit_on"], by_id[BEN]["class"]["proposed"]) == (
        False,
        "2023-11-30",
        None,
    )
    assert by_id[CUI]["sealed"] and by_id[CUI]["person"]["name"] == "小童"
    assert by_id[DAI]["regimes"][0]["ends_on"] == "2026-02-28" and by_id[DAI]["counted"]
    [bus] = found["campaigns"]
    assert (bus["listed"], bus["tested"], bus["positive"], bus["missing"]) == (2, 1, 0, 1)
    assert bus["upper_95"] == pytest.approx(0.95)
    relapse = next(each for each in found["measures"] if each["measure"] == "relapse")
    assert (relapse["numerator"], relapse["denominator"], relapse["from"]) == (0, 1, "2023-03-02")
    assert all(each["example"] for each in found["rules"]) and len(found["rules"]) == 4
    due = answers.care_list(loaded, CARE, Listing(ON, first=dt.date(2024, 2, 1), last=dt.date(2024, 2, 28)))
    assert [each["on"] for each in due["items"][0]["due"]] == ["2024-02-20", "2024-02-24", "2024-02-15"]
    mine = answers.care_list(loaded, CARE, Listing(ON, unit="乙所", limit=1))
    assert [each["id"] for each in mine["items"]] == [BEN]
    assert answers.care_list(loaded, LOCAL, ALL)["on"].startswith("2024-02-29"), "no day that is only due"
    assert answers.care_show(loaded, CARE, CUI, on=ON)["items"][0]["rank"] == by_id[CUI]["rank"]
    with pytest.raises(NotFound):
        answers.care_show(loaded, CARE, EMMA, on=ON)
    checked = {(each["code"], each["id"]) for each in answers.care_check(loaded, CARE, on=ON)["items"]}
    assert checked == {
        ("reported_before_decided", BEN),
        ("control_after_end", BEN),
        ("names_differ", BEN),
        ("result_against_cut_off", ANN),
        ("not_registered", EMMA),
    }


def test_from_2026_records_of_use_are_sealed(loaded: Store) -> None:
    """Trap: an administrative record of use open after 治安管理处罚法 136 came into force."""
    before, after = (
        {each["id"]: each["sealed"] for each in answers.care_list(loaded, CARE, Listing(day))["items"]}
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    )
    assert [who for who, closed in before.items() if closed] == [CUI] and all(after.values())


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_only_care_staff_ask(loaded: Store, role: str) -> None:
    """Trap: one verb of the noun without the circle; a refusal without its record (over all roles)."""
    viewer = Viewer("li", role)
    asked = (
        lambda: answers.care_list(loaded, viewer, ALL),
        lambda: answers.care_show(loaded, viewer, ANN),
        lambda: answers.care_check(loaded, viewer),
    )
    for ask in asked:
        if Right.CARE in ROLES.get(role, frozenset()):
            assert ask()["items"]
            continue
        with pytest.raises(Forbidden):
            ask()
        *_, last = audit_log().records()
        assert (last["role"], last["outcome"]) == (role, "E-FORBIDDEN")


def test_a_person_confirms_the_class_and_case_roles_do_not_read_it(loaded: Store) -> None:
    """Trap: a class without a reason; one an investigator confirms or reads in the ledger; one nobody can undo."""
    with pytest.raises(InputError):
        decisions.confirm(loaded, CARE, ANN, "A", " ", None)
    with pytest.raises(NotFound):
        decisions.confirm(loaded, CARE, "990101190001010018", "A", "走访所见", None)
    entry = decisions.confirm(loaded, CARE, ANN, "A", "走访所见", "")["review"]
    item = answers.care_show(loaded, CARE, ANN, on=ON)["items"][0]
    assert item["class"]["confirmed"] == "A" and item["review"]["reason"] == "走访所见"  # type: ignore[index]
    case_role = Viewer("li", "chief")
    assert reviews.reviews(loaded, case_role)["total"] == 0
    assert reviews.reviews(loaded, LOCAL)["total"] == 1
    for ask in (
        lambda: reviews.review(loaded, case_role, entry["id"]),
        lambda: reviews.undo(loaded, case_role, entry["id"], "x"),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(Forbidden):
        reviews.judge(loaded, case_role, "care", "C", [ANN], "x")
    decisions.take_back(loaded, CARE, entry["id"], "误操作")
    item = answers.care_show(loaded, CARE, ANN, on=ON)["items"][0]
    assert item["class"]["confirmed"] is None and item["review"] is None
    assert "小童" in json.dumps(answers.care_list(loaded, CARE, ALL), ensure_ascii=False)
