"""``upline care``: graded care of registered users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.console import show, told
from backend.cli.district.options import add_check, add_list, add_show, key, noun, show_list, show_reasons
from backend.district.words import DUE
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    import datetime as dt

    from backend.contract.district.care import Care, CareItem, ClassShown
    from backend.contract.district.common import Checked
    from backend.district.answering import Listing
    from graph_schema.store import Store

app = noun(
    help="查看在册人员的戒毒措施、应检应访和管控等级。 / See registered persons: regimes, what is due, and their class."
)
_COLUMNS = (
    Text("身份证号", "resident id"),
    Text("姓名", "name"),
    Text("等级", "class"),
    Text("措施", "regime"),
    Text("期满", "ends on"),
    Text("现有人员", "counted"),
    Text("三年期满", "exit on"),
    Text("理由", "reason"),
)


def _list(graph: Store, asked: Listing) -> Care:
    from backend.district.care.answers import care_list

    return care_list(graph, LOCAL, asked)


def _show_list(found: Care) -> None:
    rows = [_row(each) for each in found["items"]]
    show_list(Text("在册人员", "registered persons"), found["items"], found["left_out"], _COLUMNS, rows)
    _figures(found)


def _row(each: CareItem) -> list[object]:
    latest = each["regimes"][-1] if each["regimes"] else None
    reasons = each["reasons"]
    return [
        each["id"],
        each["person"]["name"],
        _class(each["class"]),
        latest["kind"] if latest else "",
        latest["ends_on"] if latest else "",
        Text("是", "yes") if each["counted"] else Text("否", "no"),
        each["exit_on"],
        told(reasons[0]["zh"], reasons[0]["en"]) if reasons else "",
    ]


def _class(shown: ClassShown) -> str:
    if shown["confirmed"]:
        return told(f"{shown['confirmed']}（已确认）", f"{shown['confirmed']} (confirmed)")
    if shown["proposed"]:
        return told(f"{shown['proposed']}（建议，示例）", f"{shown['proposed']} (proposed, example)")
    return ""


def _figures(found: Care) -> None:
    show(
        told("专项排查", "Campaigns"),
        [
            Text("专项", "campaign"),
            Text("岗位", "post"),
            Text("应检", "listed"),
            Text("已检", "tested"),
            Text("阳性", "positive"),
            Text("未检", "missing"),
            Text("阳性率 95% 上限", "upper 95 %"),
        ],
        [
            [
                each["campaign"],
                each["post"],
                each["listed"],
                each["tested"],
                each["positive"],
                each["missing"],
                "" if each["upper_95"] is None else f"{each['upper_95']:.3%}",
            ]
            for each in found["campaigns"]
        ],
    )
    show(
        told("指标", "Measures"),
        [
            Text("指标", "measure"),
            Text("分子", "numerator"),
            Text("分母", "denominator"),
            Text("数值", "value"),
            Text("期间", "window"),
        ],
        [
            [
                told(each["zh"], each["en"]),
                each["numerator"],
                each["denominator"],
                "" if each["value"] is None else f"{each['value']:.2%}",
                f"{each['from']} – {each['to']}",
            ]
            for each in found["measures"]
        ],
    )


def _show(graph: Store, resident_id: str, on: dt.date | None) -> Care:
    from backend.district.care.answers import care_show

    return care_show(graph, LOCAL, resident_id, on=on)


def _show_one(found: Care) -> None:
    each = found["items"][0]
    show_reasons(each, f"{each['id']} {each['person']['name'] or ''} {_class(each['class'])}")
    show(
        told("措施", "Regimes"),
        [Text("措施", "regime"), Text("起", "from"), Text("止", "to"), Text("中止天数", "days suspended")],
        [
            [regime["kind"], regime["starts_on"], regime["ends_on"], regime["days_suspended"]]
            for regime in each["regimes"]
        ],
    )
    show(
        told("应检应访", "Due"),
        [Text("事项", "what"), Text("应完成", "due on"), Text("完成", "done on")],
        [[DUE[due["what"]], due["on"], due["done_on"]] for due in each["due"]],
    )


def _check(graph: Store, on: dt.date | None) -> Checked:
    from backend.district.care.answers import care_check

    return care_check(graph, LOCAL, on=on)


add_list(
    app,
    _list,
    _show_list,
    help="列出在册人员，漏检漏访多的在前；期间指应检应访日。 / List registered persons, most missed first, for one period.",
)
add_show(
    app,
    _show,
    _show_one,
    key("resident_id", help="身份证号 / resident id"),
    help="显示一名在册人员的措施、应检应访、等级和理由。 / Show one person: regimes, what is due, class and reasons.",
)
add_check(
    app,
    _check,
    help="检查管控数据的缺漏和矛盾。 / Check the data of care for gaps and contradictions.",
)
