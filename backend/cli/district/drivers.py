"""``upline drivers``: persons barred for drugs whose vehicles are on the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import show, told
from backend.cli.district.options import add_check, add_list, add_show, key, noun, show_list, show_reasons
from backend.district.words import CLONES, TIES, WEEKDAYS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.common import Checked
    from backend.contract.district.drivers import DriverLead, DriverLeads
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(
    help="核查因涉毒失去驾驶证的人名下或使用的车辆。 / Verify vehicles of persons whose licence was lost for drugs."
)
_COLUMNS = (
    Text("编号", "id"),
    Text("姓名", "name"),
    Text("准驾车型", "class"),
    Text("失效日期", "lost on"),
    Text("号牌", "plate"),
    Text("与车辆关系", "tie"),
    Text("过车次数", "passes"),
    Text("号牌核查", "plate check"),
)


def _list(graph: Store, asked: Listing) -> DriverLeads:
    from backend.district.drivers.answers import drivers_list

    return drivers_list(graph, LOCAL, asked)


def _show_list(found: DriverLeads) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(
        Text("失驾核查线索", "leads on barred drivers"), found["items"], found["left_out"], _COLUMNS, rows
    )


def _row(lead: DriverLead) -> list[object]:
    clone = lead["clone"]
    return [
        lead["id"],
        lead["person"]["name"],
        lead["licence"]["class"],
        lead["licence"]["lost_at"][:10],
        lead["vehicle"]["plate"],
        TIES[lead["tie"]],
        len(lead["passes"]),
        CLONES[clone["state"]] if clone else "",
    ]


def _show(graph: Store, lead_id: str, on: dt.date | None) -> DriverLeads:
    from backend.district.drivers.answers import drivers_show

    return drivers_show(graph, LOCAL, lead_id, on=on)


def _show_one(found: DriverLeads) -> None:
    lead = found["items"][0]
    show_reasons(lead, f"{lead['person']['name']} · {lead['vehicle']['plate']}")
    show(
        told("守候时段", "When to wait"),
        [
            Text("卡口", "camera"),
            Text("星期", "day"),
            Text("起", "from"),
            Text("止", "to"),
            Text("出现周数", "weeks"),
        ],
        [
            [
                each["camera"],
                WEEKDAYS[each["weekday"] - 1],
                each["from"],
                each["to"],
                f"{each['hits']}/{each['of']}",
            ]
            for each in lead["windows"]
        ],
    )


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.drivers.answers import drivers_check

    return drivers_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    help="列出待核线索；期间指过车日期，单位指派出所。 / List leads; the period bounds the passes, the unit is a station.",
)
add_show(
    app,
    _show,
    _show_one,
    key("lead_id", help="线索编号 / lead id"),
    help="显示一条线索的理由、反面和守候时段。 / Show a lead, what speaks for and against it, and when to wait for the vehicle.",
)
add_check(
    app,
    _check,
    help="检查驾驶证、车辆和卡口数据，并核对准驾大型车的人员。"
    " / Check licences, vehicles, cameras, and holders of heavy classes.",
)
