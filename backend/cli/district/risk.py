"""``upline risk``: firms that need a look for large-scale manufacture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import say, told
from backend.cli.district.options import (
    add_check,
    add_list,
    add_show,
    flag,
    key,
    noun,
    show_list,
    show_reasons,
)
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.common import Checked
    from backend.contract.district.risk import RiskChecked, RiskItem, Risks
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(
    help="查看规模性制毒风险企业：企业异常与人员事实兼有。 / See firms to check for large-scale drug manufacture."
)
_COLUMNS = (
    Text("名次", "rank"),
    Text("统一社会信用代码", "USCC"),
    Text("企业", "firm"),
    Text("规则组数", "groups"),
    Text("权重", "weight"),
    Text("企业事实", "facts of the firm"),
    Text("人员事实", "facts of persons"),
    Text("反面", "against"),
)


def _list(graph: Store, asked: Listing, *, one_sided: bool, plan: bool) -> Risks:
    from backend.district.risk.answers import NetFilter, risk_list

    return risk_list(graph, LOCAL, asked, NetFilter(one_sided, plan))


def _show_list(found: Risks) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(Text("企业", "firms"), found["items"], found["left_out"], _COLUMNS, rows)
    _checked(found["checked"])


def _row(item: RiskItem) -> list[object]:
    return [
        item["rank"],
        item["uscc"],
        item["subjects"][0]["name"],
        len(item["groups"]),
        item["score"],
        "\n".join(told(each["zh"], each["en"]) for each in item["firm_facts"]),
        "\n".join(told(each["zh"], each["en"]) for each in item["person_facts"]),
        len(item["against"]),
    ]


def _checked(checked: RiskChecked) -> None:
    """What was checked so far, and how often nothing was found."""
    say(
        f"已核查线索 {checked['answered']} 条（企业 {checked['firms']} 家，人员 {checked['persons']} 名）："
        f"查实 {checked['confirmed']}，未发现问题 {checked['nothing_found']}",
        f"{checked['answered']} leads checked ({checked['firms']} firms, {checked['persons']} persons): "
        f"{checked['confirmed']} confirmed, nothing found in {checked['nothing_found']}",
    )


def _show(graph: Store, uscc: str, on: dt.date | None) -> Risks:
    from backend.district.risk.answers import risk_show

    return risk_show(graph, LOCAL, uscc, on=on)


def _show_one(found: Risks) -> None:
    item = found["items"][0]
    show_reasons(item, f"{item['uscc']} {item['subjects'][0]['name']} · {len(item['groups'])}")
    _checked(found["checked"])


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.risk.answers import risk_check

    return risk_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    flag("one_sided", "--all", help="含只有一方事实的 / also one-sided ones"),
    flag("plan", "--plan", help="另随机抽取不少于一成 / add a random share of at least 10 %"),
    help="列出须核查的企业；单位指园区。 / List firms that need a look; the unit is the park.",
)
add_show(
    app,
    _show,
    _show_one,
    key("uscc", help="统一社会信用代码 / USCC"),
    help="显示一家企业的事实、反面和先问事项。 / Show one firm's facts, what speaks against them, and what to ask first.",
)
add_check(
    app,
    _check,
    help="检查企业、用量和关系数据的缺漏和矛盾。 / Check firms, usage and ties for gaps and contradictions.",
)
