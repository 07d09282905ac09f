"""``upline chemicals``: precursors and equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import show, told
from backend.cli.district.options import add_check, add_list, add_show, key, noun, show_list, show_reasons
from backend.district.words import FAULTS, TIERS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.chemicals import ChemicalItem, Chemicals, FirmInspections
    from backend.contract.district.common import Checked
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(help="核查易制毒化学品和设备。 / Check precursor chemicals and equipment.")
_COLUMNS = (
    Text("编号", "id"),
    Text("类别", "kind"),
    Text("企业", "firm"),
    Text("化学品", "chemical"),
    Text("起", "from"),
    Text("止", "to"),
    Text("数量(千克)", "kg"),
    Text("限量(千克)", "limit kg"),
    Text("量刑档次", "tier"),
)
_NONE = Text("无", "none")


def _list(graph: Store, asked: Listing) -> Chemicals:
    from backend.district.chemicals.answers import chemicals_list

    return chemicals_list(graph, LOCAL, asked)


def _show_list(found: Chemicals) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(
        Text("易制毒发现", "findings about chemicals"), found["items"], found["left_out"], _COLUMNS, rows
    )


def _row(each: ChemicalItem) -> list[object]:
    return [
        each["id"],
        FAULTS[each["kind"]],
        each["subjects"][0]["name"] or each["company"],
        each["chemical"],
        each["from"],
        each["to"],
        f"{each['mg'] / 1_000_000:,.1f}",
        f"{each['limit_mg'] / 1_000_000:,.1f}",
        TIERS[each["tier"]] if each["tier"] else _NONE,
    ]


def _show(graph: Store, item_id: str, on: dt.date | None) -> Chemicals:
    from backend.district.chemicals.answers import chemicals_show

    return chemicals_show(graph, LOCAL, item_id, on=on)


def _show_one(found: Chemicals) -> None:
    each = found["items"][0]
    kind, tier = FAULTS[each["kind"]], each["tier_reason"]
    title = f"{each['id']} {told(kind.zh, kind.en)} · {each['subjects'][0]['name']} · {told(tier['zh'], tier['en'])}"
    show_reasons(each, title)
    if "inspections" in each:
        _inspections(each["inspections"])


def _inspections(each: FirmInspections) -> None:
    level = told("建议提级", "raise proposed") if each["level"]["proposed"] else (each["level"]["now"] or "")
    show(
        told("检查", "Inspections"),
        [
            Text("次数", "visits"),
            Text("有问题", "with finding"),
            Text("问题", "problems"),
            Text("已销号", "closed"),
            Text("逾期", "overdue"),
            Text("上次", "last"),
            Text("计划位次", "place in plan"),
            Text("等级", "level"),
        ],
        [
            [
                each["visits"],
                each["with_finding"],
                each["problems"],
                each["closed"],
                each["overdue"],
                each["last"],
                f"{each['rank']}/{each['of']}",
                level,
            ]
        ],
    )


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.chemicals.answers import chemicals_check

    return chemicals_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    help="列出易制毒发现，最重的在前；单位指园区。 / List findings about chemicals, the gravest first; a unit is a park.",
)
add_show(
    app,
    _show,
    _show_one,
    key("item_id", help="发现编号 / finding id"),
    help="显示一项发现、理由和该企业的检查。 / Show one finding with its reasons and the inspections of its firm.",
)
add_check(
    app,
    _check,
    help="检查易制毒数据的缺漏，并列出待检查企业。 / Check the data of chemicals for gaps, and name the firms to inspect next.",
)
