"""The tables of the district's systems: each is recognised by its headings and becomes what the graph names."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.reading import Unreadable
from graph_schema.beijing import BEIJING
from tests.etl.opened import names
from tests.etl.sources.test_native import BUYER, ID, OTHER_ID, SELLER, table

TABLES = {
    "vehicle_uses": (
        "号牌号码*,号牌种类*,身份证号*,姓名,使用依据*,起,止",
        "浙Z99A01,02,ID,章一凡,违章处理人,2023-01-01,",
    ),
    "company_ties": ("统一社会信用代码*,身份证号*,姓名*,关系*,起,止", "FIRM,ID,章一凡,承租,2022-01-01,"),
    "persons_of_concern": (
        "身份证号*,姓名*,类别*,来源,起,止,状态,户籍地",
        "ID,章一凡,化工技能,通报,2023-01-01,,有效,示例省",
    ),
    "withdrawals": (
        "统一社会信用代码*,化学品名称*,数量(千克)*,日期*,用途,领用人",
        "FIRM,盐酸,25,2024-01-16,报损,冬三",
    ),
    "stocktakes": (
        "统一社会信用代码*,化学品名称*,盘点日期*,实物数量(千克)*,账面数量(千克),盘点人",
        "FIRM,盐酸,2024-01-31,470,475,冬三",
    ),
    "permits": (
        "证号*,单位代码*,种类*,化学品名称*,数量(千克)*,有效期起*,有效期止*,对方单位代码",
        "BA1,FIRM,购买,盐酸,500,2024-01-01,2024-06-30,OTHER",
    ),
    "equipment": (
        "设备编号*,统一社会信用代码*,设备种类*,容积(升),状态*,状态日期,对方单位代码,报告日期",
        "SB1,FIRM,反应釜,500,出租,2024-02-01,OTHER,2024-02-05",
    ),
    "sewers": (
        "节点编号*,节点名称,类型*,下游节点,流达时间(分),服务人口,企业代码,经度,纬度",
        "GW1,示例井,检查井,GW2,12,3200,FIRM,120.1,30.2",
    ),
    "regimes": (
        "身份证号*,姓名*,措施*,决定日期*,报到日期,中止起,中止止,解除日期,解除原因",
        "ID,章一凡,社区戒毒,2023-03-01,2023-03-10,,,,",
    ),
    "visits": ("身份证号*,走访日期*,应访日期,走访人,结果", "ID,2024-02-01,2024-02-01,冬三,正常"),
    "campaign_lists": (
        "专项*,身份证号*,姓名*,岗位*,单位,应检日期",
        "客车专项,ID,章一凡,客车驾驶员,示例客运,2024-02-01",
    ),
    "clue_answers": (
        "线索编号*,承办单位*,下发时间*,签收时间,反馈期限,反馈时间,结果,说明",
        "XS1,示例派出所,2024-03-02 10:00:00,2024-03-02 15:00:00,2024-03-09,2024-03-07,查实,",
    ),
    "problems": (
        "问题编号*,任务编号,检查编号,责任单位*,发现日期*,问题*,首次期限*,整改期限,整改完成日期,复查日期,销号日期",
        "WT1,RW1,JC1,示例派出所,2024-01-20,台账不全,2024-02-20,2024-03-20,,,",
    ),
    "joint_inspections": (
        "检查编号*,检查日期*,牵头部门*,参加部门,责任单位,问题数",
        "LH1,2024-01-20,禁毒办,应急管理局；生态环境局,示例派出所,3",
    ),
    "prevention": ("单位名称*,类型*,应覆盖,已覆盖,日期,学时", "示例中学,学校,600,598,2024-03-01,4"),
    "reported_figures": ("指标*,单位*,月份*,数值*", "破获毒品案件数,示例派出所,2024-02,3"),
}


def cells(kind: str) -> dict[str, str]:
    """A full row of a table of the contract."""
    headings, row = TABLES[kind]
    values = row.replace("FIRM", BUYER).replace("OTHER", SELLER).split(",")
    values = [ID if value == "ID" else value for value in values]
    return dict(zip(names(headings), values, strict=True))


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_told_by_its_headings(tmp_path: Path, kind: str) -> None:
    """Trap: another table with some of the same headings takes the rows; a column more is lost; order decides."""
    row = cells(kind) | {"备用列": "甲"}
    backwards = dict(reversed(list(row.items())))
    facts = table(tmp_path, backwards)
    assert (facts.kind, facts.states()) == (kind, {"loaded": 1})
    kept = [part["props"].get("extra") for part in (*facts.nodes, *facts.records)]
    assert '{"备用列":"甲"}' in kept


@pytest.mark.parametrize("kind", [kind for kind in TABLES if TABLES[kind][0].count("*") > 2])
def test_starred_headings_are_enough(tmp_path: Path, kind: str) -> None:
    """Trap: a table that is complete by its stars is refused because an optional column is missing."""
    starred = {name: value for name, value in cells(kind).items() if name.endswith("*")}
    assert table(tmp_path, starred).kind == kind


@pytest.mark.parametrize("kind", TABLES)
def test_a_blank_starred_cell_rejects_its_row_with_place_and_reason(tmp_path: Path, kind: str) -> None:
    """Trap: a row without its key loads as a nameless node."""
    row = cells(kind)
    last = next(name for name in reversed(row) if name.endswith("*"))
    if kind == "visits":
        row["应访日期"] = ""
    assert table(tmp_path, row, row | {last: ""}).reasons() == [(3, "rejected", "blank_required", last, None)]


def day(text: str) -> int:
    from datetime import datetime

    return int(datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp() * 1000)


def ends(facts: object, rel: str) -> list[tuple[str, str]]:
    return [(leg["start"], leg["end"]) for leg in facts.legs_of(rel)]  # type: ignore[attr-defined]


def test_firms_permits_stocks_and_equipment(tmp_path: Path) -> None:
    """Trap: kilograms kept as floats; a permit that allows its partner instead of its holder."""
    permit = table(tmp_path, cells("permits"))
    assert [(leg["end"], leg["props"].get("role"), leg["amount"]) for leg in permit.legs_of("ALLOWS")] == [
        (f"Company:{BUYER}", "holder", None),
        (f"Company:{SELLER}", "partner", None),
        ("Chemical:盐酸", None, 500_000_000),
    ]
    told = permit.node("Permit:BA1")
    assert (told["milligrams"], told["to_at"]) == (500_000_000, day("2024-06-30"))
    stock = table(tmp_path, cells("stocktakes"))
    [(firm, counted)] = ends(stock, "HELD")
    assert firm == f"Company:{BUYER}" and stock.node(counted)["book_milligrams"] == 475_000_000
    loss = table(tmp_path, cells("withdrawals"))
    assert loss.node(ends(loss, "USED")[0][1])["use"] == "报损"
    let = table(tmp_path, cells("equipment"))
    assert ends(let, "OWNS") == [(f"Company:{BUYER}", "Equipment:SB1")]
    assert ends(let, "LETS") == [("Equipment:SB1", f"Company:{SELLER}")]
    tie = table(tmp_path, cells("company_ties")).legs_of("WORKS_FOR")
    assert tie[0]["props"]["role"] == "承租"


def test_one_chemical_under_its_names(tmp_path: Path) -> None:
    """Trap: 丁酮 bought and 甲基乙基酮 used look like a gap in the one and a surplus in the other."""
    row = cells("withdrawals")
    names_of = ("丁酮", "甲基乙基酮", "氯仿", "乙酸酐", "氢氯酸", "示例溶剂")
    facts = table(tmp_path, *(row | {"化学品名称*": name} for name in names_of))
    found = [facts.node(end)["chemical_id"] for _, end in ends(facts, "USED")]
    assert found == ["甲基乙基酮", "甲基乙基酮", "三氯甲烷", "醋酸酐", "盐酸", "示例溶剂"]


def test_care_tables(tmp_path: Path) -> None:
    """Trap: due and not done is rejected for its blank date, or taken as done on the due day."""
    regime = cells("regimes") | {"中止起": "2023-05-01；2023-09-01", "中止止": "2023-05-14;2023-09-03"}
    facts = table(tmp_path, regime)
    told = facts.node(ends(facts, "UNDER")[0][1])
    assert told["suspended_to"] == [day("2023-05-14"), day("2023-09-03")]
    visits = table(tmp_path, cells("visits") | {"走访日期*": "", "应访日期": "2099-01-01"})
    [(_, due)] = ends(visits, "VISITED")
    assert "at" not in visits.node(due) and visits.node(due)["due_at"] == day("2099-01-01")
    person = {
        "姓名*": "季二水",
        "身份证号*": OTHER_ID,
        "检测日期*": "",
        "检测结果*": "",
        "应检日期": "2024-02-01",
    }
    tests = table(tmp_path, person, person | {"应检日期": ""})
    assert tests.kind == "screening_tests" and tests.reasons()[0][:3] == (3, "rejected", "blank_required")
    assert tests.node(ends(tests, "TESTED")[0][1])["due_at"] == day("2024-02-01")
    listed = table(tmp_path, cells("campaign_lists"))
    assert listed.node(ends(listed, "TESTED")[0][1])["campaign"] == "客车专项"


@pytest.mark.parametrize(
    ("written", "value", "limit"),
    [
        ("41.5", 41.5, None),
        ("<LOQ", None, 2.0),
        ("＜2.5", None, 2.5),
        ("ND", None, 1.0),
        ("未检出", None, 1.0),
        ("0", None, 2.0),
    ],
)
def test_values_below_a_limit_are_intervals(
    tmp_path: Path, written: str, value: float | None, limit: float | None
) -> None:
    """Trap: a value below the limit is rejected as no number, or counted as zero."""
    row = {"采样点*": "示例污水厂", "采样日期*": "2024-02-10", "目标物*": "MDMA", "浓度(纳克/升)*": written}
    row |= {"检出限(纳克/升)": "1", "定量限(纳克/升)": "2", "节点编号": "GW1", "生活污水占比": "80%"}
    facts = table(tmp_path, row)
    assert facts.states() == {"loaded": 1}
    (sample, _), (_, sewer) = ends(facts, "TAKEN_AT")
    told = facts.node(sample)
    assert sewer == "Sewer:GW1" and told["domestic_share"] == 0.8
    assert told.get("concentration_ng_l") == value and told.get("limit_ng_l") == limit
    assert told.get("below") == (True if value is None else None)


def test_words_are_no_measurement(tmp_path: Path) -> None:
    """Trap: whatever is no number passes as below the limit."""
    row = {"采样点*": "示例污水厂", "采样日期*": "2024-02-10", "目标物*": "MDMA", "浓度(纳克/升)*": "偏高"}
    assert table(tmp_path, row).reasons() == [(2, "rejected", "bad_amount", "浓度(纳克/升)*", "偏高")]


def test_sewers_tasks_and_problems(tmp_path: Path) -> None:
    """Trap: the sewer runs uphill; a problem hangs on no task; first deadline and present one are mixed up."""
    sewer = table(tmp_path, cells("sewers"))
    assert ends(sewer, "DRAINS_TO") == [("Sewer:GW1", "Sewer:GW2"), (f"Company:{BUYER}", "Sewer:GW1")]
    problem = table(tmp_path, cells("problems"))
    assert ends(problem, "FOUND") == [("Task:RW1", "Problem:WT1"), ("Inspection:JC1", "Problem:WT1")]
    told = problem.node("Problem:WT1")
    assert (told["first_due_at"], told["due_at"]) == (day("2024-02-20"), day("2024-03-20"))
    joint = table(tmp_path, cells("joint_inspections")).node("Inspection:LH1")
    assert joint["departments"] == ["应急管理局", "生态环境局"] and joint["joint"] is True
    row = {
        "任务编号": "RW1",
        "任务名称": "检测",
        "首次期限": "2024-03-15",
        "截止日期": "2024-03-31",
        "佐证": "照片",
    }
    task = table(tmp_path, row).node("Task:RW1")
    assert (task["first_due_at"], task["due_at"], task["proof"]) == (
        day("2024-03-15"),
        day("2024-03-31"),
        "照片",
    )


def test_pictures_of_a_clue_stay_beside_the_table(tmp_path: Path) -> None:
    """Trap: a path that leads out of the folder opens whatever file it names."""
    row = {"线索编号": "XS1", "平台": "QQ", "平台账号": "990010001", "发布时间": "2024-03-01 23:10:00"}
    good = table(tmp_path, row | {"图片文件": r"图片\1.jpg；b 2.png", "报价(元)": "300"}).node("Clue:XS1")
    assert good["pictures"] == ["图片/1.jpg", "b 2.png"] and good["price_fen"] == 30_000
    for path in ("../x.jpg", "/etc/x.jpg", r"C:\x.jpg"):
        told = table(tmp_path, row | {"图片文件": path}).node("Clue:XS1")
        assert "pictures" not in told and "图片文件" in told["extra"]


def test_using_is_not_owning(tmp_path: Path) -> None:
    """Trap: 车辆使用 read as 机动车 makes the user the registered owner."""
    use = table(tmp_path, cells("vehicle_uses"))
    [leg] = use.legs_of("USES")
    assert (leg["start"], leg["end"], leg["text"]) == ("Record:2/user", "Vehicle:浙Z99A01|02", "违章处理人")
    assert use.records[0]["refs"] == [f"ResidentId:{ID}"]
    owner = {"号牌号码": "浙Z99A01", "号牌种类": "02", "所有人": "章一凡", "身份证号": ID, "品牌": "示例牌"}
    assert table(tmp_path, owner).node("Vehicle:浙Z99A01|02")["brand"] == "示例牌"


def test_a_missing_star_is_named(tmp_path: Path) -> None:
    """Trap: a table without its key loads as another one."""
    row = {name: value for name, value in cells("permits").items() if name != "证号*"}
    with pytest.raises(Unreadable) as error:
        table(tmp_path, row)
    assert "证号" in str(error.value)
