"""``upline risk``: firms that need a look for large-scale manufacture."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import emit, errors, say, store, told
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
from backend.contract.district.risk import RiskChecked, RiskItem
from backend.district.risk import answers
from backend.district.risk.answers import Wanted
from graph_schema.language import Text
from graph_schema.store import LOCAL

app = noun(
    help="查看规模性制毒风险企业：企业异常与人员事实兼有。 / See firms that need a look for large-scale manufacture."
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


@app.command("list")
def risk_list(
    as_json: AsJson = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: Limit = None,
    one_sided: Annotated[bool, typer.Option("--all", help="含只有一方事实的 / also one-sided ones")] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="另随机抽取不少于一成 / add a random share of at least 10 %")
    ] = False,
) -> None:
    """列出须核查的企业；单位指园区。 / List firms that need a look; the unit is the park."""
    with errors(), store() as graph:
        asked = listing(on, first, last, unit, limit)
        found = answers.risk_list(graph, LOCAL, asked, Wanted(one_sided, plan))
    if as_json:
        emit(found)
        return
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


@app.command("show")
def risk_show(
    uscc: Annotated[str, typer.Argument(help="统一社会信用代码 / USCC")],
    as_json: AsJson = False,
    on: On = None,
) -> None:
    """显示一家企业的事实、反面和先问事项。 / Show one firm's facts, what speaks against them, and what to ask first."""
    with errors(), store() as graph:
        found = answers.risk_show(graph, LOCAL, uscc, on=day(on))
    if as_json:
        emit(found)
        return
    item = found["items"][0]
    show_reasons(item, f"{item['uscc']} {item['subjects'][0]['name']} · {len(item['groups'])}")
    _checked(found["checked"])


add_check(
    app,
    answers.risk_check,
    help="检查企业、用量和关系数据的缺漏和矛盾。 / Check firms, usage and ties for gaps and contradictions.",
)
