"""``upline drivers``: persons barred for drugs whose vehicles are on the road."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.cli.district.options import (
    AsJson,
    From,
    Limit,
    On,
    To,
    Unit,
    add_check,
    day,
    listing,
    noun,
    show_list,
    show_reasons,
)
from backend.contract.district.drivers import DriverLead
from backend.district.drivers import answers
from backend.district.words import CLONES, TIES, WEEKDAYS
from graph_schema.language import Text
from graph_schema.store import LOCAL

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


@app.command("list")
def drivers_list(
    as_json: AsJson = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
) -> None:
    """列出待核线索；期间指过车日期，单位指派出所。 / List leads; the period bounds the passes, the unit is a station."""
    with errors(), store() as graph:
        found = answers.drivers_list(graph, LOCAL, listing(on, first, last, unit, limit))
    if as_json:
        emit(found)
        return
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


@app.command("show")
def drivers_show(
    lead_id: Annotated[str, typer.Argument(help="线索编号 / lead id")], as_json: AsJson = False, on: On = None
) -> None:
    """显示一条线索的理由、反面和守候时段。 / Show a lead, what speaks for and against it, and when to wait."""
    with errors(), store() as graph:
        found = answers.drivers_show(graph, LOCAL, lead_id, on=day(on))
    if as_json:
        emit(found)
        return
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


add_check(
    app,
    answers.drivers_check,
    help="检查驾驶证、车辆和卡口数据，并核对准驾大型车的人员。"
    " / Check licences, vehicles, cameras, and holders of heavy classes.",
)
