"""Ordinary life that looks like a finding: nobody is blamed for it, and what is really wrong beside it still is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from backend.district.care.conventions import Conventions
from backend.district.care.findings import findings as care_findings
from backend.district.care.results import positives, reported, treated
from backend.district.care.told import CareRecord, DrugTest
from backend.district.care.use import ABROAD, DEAD, says
from backend.district.chemicals.checks import findings
from backend.district.chemicals.equipment import working_days_on
from backend.district.chemicals.law import Law
from backend.district.deliveries import Delivery, TradeRow
from backend.district.drivers.licences import for_drugs, loss_in_force
from backend.district.drivers.parameters import parameters
from backend.district.holidays import Holidays
from backend.district.rules import rules
from backend.district.water.chart import charts
from backend.district.water.doubts import against
from backend.district.water.series import series_of
from tests.backend.district.chemical_books import Books, books
from tests.backend.district.test_deliveries import at
from tests.backend.district.waters import given, sample

ON = dt.date(2026, 3, 1)
YEAR = ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("假阳性", "negative"),
        ("未见阳性", "negative"),
        ("尿检未检出毒品", "negative"),
        ("现场阳性，实验室检测阴性", "negative"),
        ("阴性（此前误报阳性）", "negative"),
        ("弱阳性", "positive"),
        ("阴性，复核阳性", "positive"),
        ("甲基苯丙胺阳性，吗啡未检出", "positive"),
        ("未检", "invalid"),
        ("甲基苯丙胺阳性，实验室检测吗啡阴性", "positive"),
        ("甲基苯丙胺阳性，吗啡复检阴性", "positive"),
        ("甲基苯丙胺、吗啡阳性，实验室检测吗啡阴性", "positive"),
        ("甲基苯丙胺阳性，实验室复检苯丙胺阴性", "positive"),
        ("尿检甲基苯丙胺阳性，实验室检测甲基苯丙胺呈阴性", "negative"),
        ("阳性，因异议复核，结果为阴性", "negative"),
        ("不能排除阳性", "invalid"),
        ("现场阴性，不排除阳性", "invalid"),
        ("阳性，不能排除假阳性", "positive"),
        ("排除阳性", "negative"),
        ("可待因阳性", "positive"),
    ],
)
def test_a_result_that_takes_the_positive_back(result: str, said: str) -> None:
    """Trap: 阳 anywhere in a result is a relapse; 未检出 is no test at all; another substance's 阴性 clears it."""
    assert reported(DrugTest("T", at=ON, result=result)) == said


def test_a_patient_whose_medicine_was_verified_has_not_used() -> None:
    """Trap: methadone of the clinic, codeine of the hospital are a relapse; or an unverified excuse clears anybody."""
    tests = [
        DrugTest("a", at=ON, result="吗啡阳性（医院处方可待因，已核实）"),
        DrugTest("b", at=ON, result="阳性，美沙酮维持治疗，已查实"),
        DrugTest("c", at=ON, result="阳性，本人称系处方药"),
        DrugTest("d", at=ON, result="阳性，已核实"),
    ]
    assert [each.id for each in positives(tests, rules("cut_offs"))] == ["c", "d"]
    register = CareRecord("R", tests=tuple(replace(each, evidence=(each.id,)) for each in tests))
    told = care_findings([], [register], Conventions.read(), ON)
    assert [(each["code"], each["evidence"]) for each in told] == [
        ("left_out_as_treated", ["a"]),
        ("left_out_as_treated", ["b"]),
    ]


@pytest.mark.parametrize(
    ("result", "explained"),
    [
        ("阳性，自称服用处方药，经核实不属实", False),
        ("阳性，自称服用处方药，经核实，情况不实", False),
        ("阳性，不能提供处方证明", False),
        ("阳性，处方证明未提供", False),
        ("阳性，未核实处方", False),
        ("阳性，经核实无医嘱", False),
        ("阳性，处方系伪造，已查实", False),
        ("阳性，服用非处方药，已核实", False),
        ("阳性，未参加美沙酮维持治疗，已查实", False),
        ("阳性，处方经核实无误", True),
        ("阳性，处方无伪造，已核实", True),
        ("阳性，未吸毒系处方药所致，已核实", True),
        ("阳性，因失眠不适服用处方药，已核实", True),
        ("阳性，不是吸毒，按医嘱服药，有医院证明", True),
    ],
)
def test_a_medicine_denied_or_untrue_explains_nothing(result: str, explained: bool) -> None:
    """Trap: the words 处方 and 核实 clear whoever was found to have lied; or any 未 and 不 beside them blames a patient."""
    assert treated(DrugTest("T", at=ON, result=result)) is explained


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("父亲病故，情绪低落", False),
        ("妻子去世后独居", False),
        ("其母于2024年3月死亡", False),
        ("父母均已去世", False),
        ("死亡", True),
        ("家属反映已死亡", True),
        ("其妻报称其已病故", True),
        ("母亲去世，本人亦于次月死亡", True),
    ],
)
def test_the_death_of_kin_is_not_his_own(text: str, dead: bool) -> None:
    """Trap: who buries his father leaves care and is visited no more; his barred car is looked for no more."""
    assert says(text, DEAD) is dead
    assert not says("儿子出国留学", ABROAD) and says("已出境", ABROAD)


@pytest.mark.parametrize(
    ("reason", "drugs"),
    [
        ("醉酒驾驶，吸毒检测阴性", False),
        ("醉酒驾驶（毒检阴性）", False),
        ("系统误录吸毒，已更正", False),
        ("未服用精神药品，年龄届满", False),
        ("禁毒宣传车驾驶人，超过体检期限", False),
        ("吸毒检测阳性", True),
        ("禁毒大队通报吸毒成瘾", True),
        ("非法使用精神药品", True),
        ("非法吸食毒品", True),
        ("未非法持有毒品", False),
        ("因吸毒成瘾未戒除，驾驶许可已撤销", True),
        ("吸毒，驾驶证登记已撤销", True),
        ("身份证号已更正，吸毒成瘾", True),
        ("吸毒登记有误，已撤销", False),
        ("吸毒成瘾认定已撤销", False),
        ("吸毒成瘾（已更正）", False),
        ("违反禁毒法", True),
        ("未违反禁毒法", False),
        ("禁毒法宣传车驾驶人，超过体检期限", False),
        ("尚未戒除毒瘾", True),
    ],
)
def test_a_licence_lost_for_something_else(reason: str, drugs: bool) -> None:
    """Trap: a driver whose test was negative, or whose entry was corrected, is barred; 非法, 已撤销 and 禁毒法 hide a loss."""
    assert for_drugs(reason, parameters(ON).words("drug_reason")) is drugs


def test_who_lost_only_the_highest_class_may_still_drive() -> None:
    """Trap: a lorry driver set back to C1 is looked for in his own car."""
    row = {"lost_at": at("2024-03-01"), "reason": "吸毒", "licence_class": "A2"}
    words = parameters(ON).words("drug_reason")
    assert loss_in_force([{**row, "state": "降级"}], ON, words) is None
    assert loss_in_force([{**row, "state": "注销"}], ON, words) is not None


def _hospital(name: str, chemical: str) -> Books:
    made = books("S").permit("JY1", "S", 0, *YEAR, chemical, "经营")
    made.firms[:0] = [books("H").firms[0]._replace(name=name)]
    return made.trade("H", "S", 2, "2024-05-01", chemical)


def test_a_hospital_buys_its_medicines_on_its_seal_card() -> None:
    """Trap: a clinic's ephedrine is unfiled (条例 16); or its ether, or a trader called 医药, is free as well."""
    made = _hospital("示例县人民医院", "麻黄素")
    assert made.kinds() == []
    assert ("seal_card", "H") in [(f["code"], f["id"]) for f in findings(made.book(), Law(), {}, {})]
    assert _hospital("示例县人民医院", "乙醚").kinds() == [("unfiled", "H")]
    assert _hospital("示例医药有限公司", "麻黄素").kinds() == [("unfiled", "H")]


@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("示例医院管理有限公司", False),
        ("示例医院后勤服务有限公司", False),
        ("示例宠物医院", False),
        ("示例骨科医院（杭州）有限责任公司", True),
        ("示例钢铁公司职工医院", True),
        ("示例县人民医院城西院区", True),
    ],
)
def test_whose_name_is_that_of_a_hospital(name: str, free: bool) -> None:
    """Trap: a firm that manages hospitals, or treats dogs, buys ephedrine freely; a private hospital is blamed."""
    assert Law().needs_no_permit("麻黄素", name, ON) is free


def test_hazardous_waste_is_handed_over_not_sold() -> None:
    """Trap: who gives spent solvent to a disposal firm deals without licence, and that firm buys without filing."""

    def handed(use: str) -> Books:
        made = books("A", "S", "W").permit("JYS", "S", 0, *YEAR, kind="经营").permit("B1", "A", 900, *YEAR)
        made.trade("A", "S", 500, "2024-05-01", permit="B1")
        return made.trade("W", "A", 300, "2024-05-20", use=use, direction="销")

    assert handed("委托处置（危废）").kinds() == []
    told = findings(handed("委托处置（危废）").book(), Law(), {}, {})
    assert ("waste_manifest", "A") in [(f["code"], f["id"]) for f in told]
    blamed = [("unfiled", "W"), ("unlicensed", "A")]
    assert handed("").kinds() == blamed
    both = handed("委托处置（危废）").trade("W", "A", 300, "2024-05-21", use="生产", direction="购")
    assert both.kinds() == blamed, "the buyer says otherwise"


@pytest.mark.parametrize(
    ("use", "waste"),
    [
        ("危废", True),
        ("废液处置", True),
        ("危险废物转移", True),
        ("移交处置", True),
        ("用于危废中和", False),
        ("用于废液处置", False),
        ("危废处置药剂", False),
        ("危废处理", False),
    ],
)
def test_what_treats_waste_is_no_waste(use: str, waste: bool) -> None:
    """Trap: acid bought to neutralise waste needs no certificate, for the word 危废 stands in its use."""
    assert Delivery((TradeRow("e", "W", "A", "盐酸", 0, 1, use=use),)).disposed is waste


def test_a_holiday_is_no_working_day() -> None:
    """Trap: what was let on 30 September and reported on 13 October is late; or a year without notice is taken as known."""
    assert working_days_on(dt.date(2025, 9, 30), 5, Holidays()) == dt.date(2025, 10, 15)
    assert books("A").machine("A", "出租", "2025-09-30", "2025-10-13").kinds("2025-12-31") == []
    (late,) = books("A").machine("A", "出租", "2025-09-30", "2025-10-16").judged("2025-12-31")
    assert "节假日" not in late.against[0]["zh"]
    (unknown,) = books("A").machine("A", "出租", "2019-09-30", None).judged("2019-12-31")
    assert "未计节假日" in unknown.against[0]["zh"]


def test_a_holiday_week_is_told_beside_its_waste_water() -> None:
    """Trap: twice the people make twice the drugs, and the alarm says nothing of holiday and people."""
    days = [dt.date(2025, 6, 3) + dt.timedelta(days=7 * n) for n in range(18)]
    samples = [
        sample(day, 900 if day == days[-1] else 200, cotinine=5400 if day == days[-1] else 1200)
        for day in days
    ]
    assert days[-1] == dt.date(2025, 9, 30)
    for moved, holiday in ((0, False), (2, True)):
        last = sample(days[-1] + dt.timedelta(days=moved), 900, cotinine=5400)
        (found,) = charts(series_of([*samples[:-1], last]), given())
        assert found.alarm
        told = " ".join(each["zh"] for each in against(found, [found], given()))
        assert "按标志物人口计为 1.0 倍" in told and ("国庆节、中秋节" in told) is holiday
    (used,) = charts(series_of([*samples[:-1], sample(days[-1], 900, cotinine=1200)]), given())
    assert "标志物人口同时增加" not in " ".join(each["zh"] for each in against(used, [used], given()))
