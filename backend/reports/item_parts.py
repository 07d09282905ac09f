"""What each noun of the district adds to the report of one of its items: its facts, and its lists as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from backend.contract.district.care import CareItem
from backend.contract.district.chemicals import ChemicalItem
from backend.contract.district.clues import OfferItem
from backend.contract.district.drivers import DriverLead
from backend.contract.district.figures import FigureItem
from backend.contract.district.risk import RiskItem
from backend.contract.district.tasks import TaskItem
from backend.contract.district.water import WaterItem
from backend.district.clues.needs import WORDS as NEEDS
from backend.district.words import (
    CLONES,
    DUE,
    FAULTS,
    NEED_STATES,
    ORIGINS,
    PROBLEM_STATES,
    REGIMES,
    STATUS,
    TASK_STATES,
    TIERS,
    TIES,
    WEEKDAYS,
    unit,
)
from backend.reports.composition import ReportColumn, table
from backend.reports.telling import Telling
from graph_schema.language import Text
from viz.report.model import Block

MOST = 60
"""Rows of a list in a report, the latest; the rest is in the workbench."""
_MG = 1_000_000
NamedValues = Iterable[tuple[Text, str | None]]
ListRows = Sequence[Sequence[str | Text | None]]


def _facts(t: Telling, facts: NamedValues) -> Block:
    columns = (ReportColumn(Text("事项", "Fact"), 1.0), ReportColumn(Text("内容", "Value"), 3.0))
    return table(
        t, Text("主要情况", "Facts"), columns, [(name.of(t.language), value or "-") for name, value in facts]
    )


def _list(
    t: Telling, caption: Text, heads: Sequence[Text], rows: ListRows, proof: Sequence[Sequence[str]] = ()
) -> list[Block]:
    """A list as a table; none where there is nothing to list. ``proof`` has the rows of each line, or nothing."""
    if not rows:
        return []
    said = [
        tuple(cell.of(t.language) if isinstance(cell, Text) else cell or "-" for cell in row)
        for row in rows[-MOST:]
    ]
    columns = [ReportColumn(head, 1.0) for head in heads]
    return [table(t, caption, columns, said, [tuple(refs[:3]) for refs in proof[-MOST:]])]


def _clues(t: Telling, item: OfferItem) -> list[Block]:
    persons = t.pick("、", ", ").join(each["name"] or each["id"] for each in item["persons"])
    facts = _facts(
        t,
        (
            (Text("线索", "Clues"), " ".join(item["clues"])),
            (Text("账号", "Accounts"), " ".join(item["accounts"])),
            (Text("账号持有人", "Holders of accounts"), persons),
            (Text("所在链条", "Chains"), " ".join(item["chains"])),
            (Text("所在团伙候选", "Gang candidates"), " ".join(item["gangs"])),
        ),
    )
    said = [
        (
            each["clue"],
            each["act_on"],
            each["word"],
            each["substance"],
            each["tested"],
            STATUS[each["status"]],
        )
        for each in item["substances"]
    ]
    heads = (
        Text("线索", "Clue"),
        Text("行为日", "Day of the act"),
        Text("用语", "Word"),
        Text("所指", "Means"),
        Text("检出", "Tested"),
        Text("当日列管", "Status that day"),
    )
    needs = [(NEEDS[each["need"]], NEED_STATES[each["state"]]) for each in item["case_needs"]]
    return [
        facts,
        *_list(t, Text("物质", "Substances"), heads, said),
        *_list(
            t,
            Text("立案条件", "Needs of a case"),
            (Text("条件", "Need"), Text("状态", "State")),
            needs,
            [each["evidence"] for each in item["case_needs"]],
        ),
    ]


def _chemicals(t: Telling, item: ChemicalItem) -> list[Block]:
    why = t.pick(item["tier_reason"]["zh"], item["tier_reason"]["en"])
    return [
        _facts(
            t,
            (
                (Text("类别", "Kind"), FAULTS[item["kind"]].of(t.language)),
                (Text("化学品", "Chemical"), item["chemical"]),
                (Text("起止", "From, to"), f"{item['from'] or '-'} – {item['to'] or '-'}"),
                (Text("数量(千克)", "Quantity, kg"), _kilos(item["mg"])),
                (Text("界限(千克)", "Limit, kg"), _kilos(item["limit_mg"])),
                (Text("量刑档次", "Tier"), TIERS[item["tier"]].of(t.language) if item["tier"] else why),
                (Text("流向或同一控制", "Path, or one controller"), " → ".join(item["path"])),
            ),
        )
    ]


def _kilos(mg: int) -> str:
    return shown(mg / _MG) if mg else "-"


def shown(value: float) -> str:
    """A number as a report prints it: four places that count, thousands apart, never a power of ten."""
    return f"{value:,.1f}".removesuffix(".0") if abs(value) >= 1000 else f"{value:.4g}"


def _drivers(t: Telling, item: DriverLead) -> list[Block]:
    licence, clone = item["licence"], item["clone"]
    facts = _facts(
        t,
        (
            (Text("准驾车型", "Class"), licence["class"]),
            (Text("失效日期", "Lost on"), licence["lost_at"][:10]),
            (Text("可重新申领", "May apply again from"), licence["next_from"][:10]),
            (
                Text("号牌、种类", "Plate and kind"),
                f"{item['vehicle']['plate']} {item['vehicle']['plate_kind']}",
            ),
            (Text("与车辆关系", "Tie to the vehicle"), TIES[item["tie"]].of(t.language)),
            (Text("号牌核查", "Plate check"), CLONES[clone["state"]].of(t.language) if clone else None),
        ),
    )
    windows = [
        (
            WEEKDAYS[each["weekday"] - 1],
            f"{each['from']}–{each['to']}",
            each["camera"],
            f"{each['hits']}/{each['of']}",
        )
        for each in item["windows"]
    ]
    passes = [(each["at"][:16].replace("T", " "), each["camera"]) for each in item["passes"]]
    when, where = Text("时间", "Time"), Text("卡口", "Camera")
    return [
        facts,
        *_list(
            t,
            Text("守候时段", "Windows for a stop"),
            (Text("星期", "Weekday"), when, where, Text("出现周数", "Weeks")),
            windows,
        ),
        *_list(
            t,
            Text("过车（说明车辆，不说明驾驶人）", "Passes: which vehicle, not who drove"),
            (when, where),
            passes,
            [each["evidence"] for each in item["passes"]],
        ),
    ]


def _care(t: Telling, item: CareItem) -> list[Block]:
    yes, no = Text("是", "yes"), Text("否", "no")
    classed = item["class"]
    facts = _facts(
        t,
        (
            (Text("等级", "Class"), classed["confirmed"] or classed["proposed"]),
            (Text("未完成的应检应访", "Tests and visits missed"), str(item["missed"])),
            (Text("三年期满", "Exit day"), item["exit_on"]),
            (Text("计入现有吸毒人员", "Counted"), (yes if item["counted"] else no).of(t.language)),
            (Text("封存", "Sealed"), (yes if item["sealed"] else no).of(t.language)),
        ),
    )
    regimes = [
        (
            REGIMES.get(each["kind"], each["kind"]),
            each["starts_on"],
            each["ends_on"],
            str(each["days_suspended"]),
        )
        for each in item["regimes"]
    ]
    due = [(DUE[each["what"]], each["on"], each["done_on"]) for each in item["due"]]
    return [
        facts,
        *_list(
            t,
            Text("戒毒措施", "Regimes"),
            (
                Text("措施", "Regime"),
                Text("起", "From"),
                Text("止", "To"),
                Text("中止天数", "Days suspended"),
            ),
            regimes,
        ),
        *_list(
            t,
            Text("应检应访", "Tests and visits due"),
            (Text("事项", "What"), Text("应完成", "Due on"), Text("完成", "Done on")),
            due,
        ),
    ]


def _water(t: Telling, item: WaterItem) -> list[Block]:
    load = item["load"]
    told = f"{shown(load['p50'])} ({shown(load['p5'])}–{shown(load['p95'])}) mg/1000/d" if load else None
    facts = _facts(
        t,
        (
            (Text("采样点", "Site"), item["site"]),
            (Text("目标物", "Target"), item["target"]),
            (Text("预警起始", "Alarm since"), item["at"]),
            (Text("负荷（P5–P95）", "Load (P5–P95)"), told),
            (Text("来源", "Origin"), ORIGINS[item["origin"]].of(t.language)),
            (Text("建议", "Advice"), t.pick(item["advice"]["zh"], item["advice"]["en"])),
        ),
    )
    nodes = [
        (each["node"], f"{each['prior']:.0%}", Text("下一采样点", "sample next") if each["next"] else "")
        for each in item["upstream"][:20]
    ]
    return [
        facts,
        *_list(
            t,
            Text("上游排查", "Search up the sewer"),
            (Text("节点", "Node"), Text("占比", "Share"), Text("安排", "Plan")),
            nodes,
        ),
    ]


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.12g}"


def _figures(t: Telling, item: FigureItem) -> list[Block]:
    facts = _facts(
        t,
        (
            (Text("指标", "Figure"), item["figure"]),
            (Text("单位", "Unit"), item["unit"]),
            (Text("期间", "Period"), f"{item['from']} – {item['to']}"),
            (
                Text("数值", "Value"),
                f"{_number(item['value']) or '-'} {unit(item['measure']).of(t.language)}".strip(),
            ),
            (Text("首次统计", "As first reported"), _number(item["first_reported"])),
            (Text("月报", "Reported"), _number(item["reported"])),
        ),
    )
    members = [
        (each["id"], each["name"], each["unit"], each["on"], str(each["count"])) for each in item["members"]
    ]
    heads = (
        Text("编号", "Id"),
        Text("名称", "Name"),
        Text("单位", "Unit"),
        Text("日期", "On"),
        Text("计", "Count"),
    )
    return [
        facts,
        *_list(t, Text("清单", "List"), heads, members, [each["evidence"] for each in item["members"]]),
    ]


def _tasks(t: Telling, item: TaskItem) -> list[Block]:
    facts = _facts(
        t,
        (
            (Text("责任单位", "Unit"), item["unit"]),
            (Text("首次期限", "First deadline"), item["first_due"]),
            (Text("现期限", "Deadline now"), item["due"]),
            (Text("状态", "State"), TASK_STATES[item["state"]].of(t.language)),
            (Text("逾期天数", "Days overdue"), str(item["overdue_days"])),
        ),
    )
    problems = [
        (each["id"], PROBLEM_STATES[each["state"]], each["first_due"], each["closed_on"])
        for each in item["problems"]
    ]
    heads = (
        Text("编号", "Id"),
        Text("状态", "State"),
        Text("首次期限", "First deadline"),
        Text("销号日期", "Closed on"),
    )
    return [facts, *_list(t, Text("问题", "Problems"), heads, problems)]


def _risk(t: Telling, item: RiskItem) -> list[Block]:
    return []  # all there is stands among the reasons


PARTS: Mapping[str, Callable[[Telling, Any], list[Block]]] = {  # each takes the item of its noun
    "clues": _clues,
    "risk": _risk,
    "chemicals": _chemicals,
    "drivers": _drivers,
    "care": _care,
    "water": _water,
    "figures": _figures,
    "tasks": _tasks,
}
