"""Words for what the nouns say in code: states, kinds, ties; for the command line and for reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph_schema.language import Text

if TYPE_CHECKING:
    from backend.contract.watches import LeadResult

DUE = {"test": Text("检测", "test"), "visit": Text("走访", "visit")}
FAULTS = {
    "balance": Text("库存不平", "stock balance"),
    "permit": Text("证件不符", "certificate"),
    "split": Text("拆分购买", "split purchases"),
    "path": Text("转售流向", "resale or diversion"),
    "unfiled": Text("未备案购买", "bought without filing"),
    "unlicensed": Text("无证经营", "dealing without licence"),
    "equipment": Text("设备未报告", "equipment not reported"),
}
TIERS = {
    "较重": Text("情节较重", "fairly serious"),
    "严重": Text("情节严重", "serious"),
    "特别严重": Text("情节特别严重", "especially serious"),
}
STATUS = {
    "controlled": Text("已列管", "controlled"),
    "not_controlled": Text("未列管", "not controlled"),
    "unknown": Text("未定", "unknown"),
}
NEED_STATES = {"yes": Text("具备", "yes"), "asked": Text("已调取", "asked"), "no": Text("缺", "no")}
TIES = {"owner": Text("登记所有人", "registered owner"), "used": Text("使用人", "user")}
CLONES = {
    "suspected_clone": Text("疑似套牌", "suspected clone"),
    "misread": Text("误识", "misread"),
    "to_check": Text("待核", "to check"),
}
WEEKDAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
TASK_STATES = {
    "not_started": Text("未开始", "not started"),
    "in_progress": Text("进行中", "in progress"),
    "done": Text("已完成", "done"),
    "closed": Text("已办结", "closed"),
}
REGIMES: dict[str, Text] = {
    "社区戒毒": Text("社区戒毒", "community treatment"),
    "强制隔离戒毒": Text("强制隔离戒毒", "compulsory isolation"),
    "社区康复": Text("社区康复", "community rehabilitation"),
    "自愿戒毒": Text("自愿戒毒", "voluntary treatment"),
}
PROBLEM_STATES = {
    "open": Text("未整改", "open"),
    "rectified": Text("已整改", "rectified"),
    "checked": Text("已复查", "checked again"),
    "closed": Text("已销号", "closed"),
}
ORIGINS = {
    "use": Text("使用", "use"),
    "disposal": Text("疑似倾倒", "disposal hinted"),
    "manufacture": Text("疑似制造", "manufacture hinted"),
    "undecided": Text("无法判断", "cannot be told"),
}
UNITS = {
    "d": Text("天", "days"),
    "天": Text("天", "days"),
    "h": Text("小时", "hours"),
    "个月": Text("个月", "months"),
    "倍": Text("倍", "times"),
    "次": Text("次", "times"),
    "kg": Text("千克", "kg"),
    "km": Text("公里", "km"),
    "working days": Text("个工作日", "working days"),
    "%": Text("%", "%"),
    "起": Text("起", "cases"),
    "名": Text("名", "persons"),
    "人": Text("人", "persons"),
    "人次": Text("人次", "person-times"),
    "家次": Text("家次", "visits"),
    "所": Text("所", "schools"),
    "支": Text("支", "teams"),
    **{measure: Text(measure, "") for measure in ("个", "项", "条", "处", "家")},
}
"""Units of values, as rules write them; a measure word that English has none for is left out."""


def unit(name: str) -> Text:
    """A unit in both languages; one nobody translated as it stands."""
    return UNITS.get(name, Text(name, name))


RESULTS: Mapping[str, LeadResult] = {
    "查实": "confirmed",
    "部分查实": "partly",
    "查否": "refuted",
    "无法核实": "unclear",
    "重复": "duplicate",
}
"""What came of a lead, as answered, with the code of it."""
