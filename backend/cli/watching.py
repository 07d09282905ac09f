"""``upline watch …`` and ``upline leads …``: saved questions, what they found, and who verifies it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, terminal_language, told
from backend.cli.options import Json, Reason
from backend.judgements.words import WORDS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend import watches
    from backend.contract.watches import LeadShown
    from graph_schema.store import Store

watch_app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)
leads_app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

Lead = Annotated[str, typer.Argument(help="线索编号 / lead id")]


class Level(StrEnum):
    """How urgent a lead is; its time limit is in the rule file 时限."""

    URGENT = "urgent"
    NORMAL = "normal"
    COMPLEX = "complex"


KINDS = "appears | sequence | supplier | member | chain | path | search | pattern | district"
STATUS = {"new": ("新线索", "new"), "known": ("设定时已有", "existed before"), **WORDS}


@watch_app.command("add")
def add_command(
    kind: Annotated[str, typer.Argument(help=KINDS)],
    target: Annotated[
        str | None,
        typer.Argument(
            help="人员、号码、案件或团伙编号；search 为查询文字，pattern 为资金模式，district 为全区业务名 / "
            "person, number, case, gang; text; pattern: cycle, fan_in …; district: clues, risk …"
        ),
    ] = None,
    other: Annotated[str | None, typer.Option(help="path 的另一端 / the other end of a path")] = None,
    steps: Annotated[
        str | None, typer.Option(help="先后动作，如 call,payment,parcel / steps in order of time")
    ] = None,
    hours: Annotated[float | None, typer.Option(help="首尾相隔小时数 / hours from first to last")] = None,
    least_yuan: Annotated[float | None, typer.Option(help="最小付款，元 / smallest payment, yuan")] = None,
    min_score: Annotated[float | None, typer.Option(help="最低强度 / lowest score")] = None,
    unit: Annotated[str | None, typer.Option(help="district 的单位 / unit of district")] = None,
    name: Annotated[str, typer.Option(help="名称 / name")] = "",
    basis: Annotated[str, typer.Option(help="批准依据 / who approved it")] = "",
    as_json: Json = False,
) -> None:
    """设定关注条件，每次导入和研判后再查。 / Set a watch, which is checked after every load and run."""
    from backend import watches

    given = {
        "kind": kind,
        ("query" if kind == "search" else "target"): target,
        "other": other,
        "steps": steps.split(",") if steps else None,
        "hours": hours,
        "least_yuan": least_yuan,
        "min_score": min_score,
        "unit": unit,
    }
    with errors(), store() as graph:
        asked = {field: value for field, value in given.items() if value is not None}
        found = watches.add_watch(graph, LOCAL, asked, name=name, basis=basis)
    if as_json:
        emit(found)
        return
    watch = found["watch"]
    say(
        f"已设定 {watch['id']}：{watch['name']}，现有 {watch['found']} 项不作新线索。",
        f"Set {watch['id']}: {watch['name']}; {watch['found']} existing hits are not counted as new leads.",
    )


@watch_app.command("list")
def list_command(as_json: Json = False) -> None:
    """列出关注条件。 / List the watches."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.watches(graph, LOCAL)
    if as_json:
        emit(found)
        return
    show(
        f"{found['total']}",
        [
            Text("编号", "id"),
            Text("名称", "name"),
            Text("种类", "kind"),
            Text("命中", "hits"),
            Text("新线索", "new"),
            Text("最近检查", "looked"),
            Text("状态", "state"),
        ],
        [
            [
                each["id"],
                each["name"],
                each["kind"],
                each["found"],
                each["waiting"],
                (each["looked"] or "")[:16],
                each["failed"] or (told("已停止", "ended") if each["ended"] else told("有效", "active")),
            ]
            for each in found["watches"]
        ],
    )


@watch_app.command("end")
def end_command(watch_id: str, as_json: Json = False) -> None:
    """停止一个关注条件，已有线索保留。 / End a watch and keep its leads."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.end_watch(graph, LOCAL, watch_id)
    emit(found) if as_json else say(f"已停止 {watch_id}。", f"Ended {watch_id}.")


@watch_app.command("look")
def look_command(as_json: Json = False) -> None:
    """立即检查全部关注条件。 / Check all watches now."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.look(graph, LOCAL)
    emit(found) if as_json else _brought(watches.Looked(**found))


@leads_app.command("list")
def leads_command(
    status: Annotated[str | None, typer.Option(help=" | ".join(STATUS))] = None,
    watch: Annotated[str | None, typer.Option(help="关注编号 / of this watch")] = None,
    known: Annotated[bool, typer.Option(help="含设定时已有的 / also what was there before")] = False,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    as_json: Json = False,
) -> None:
    """列出未办结的线索，逾期的在前。 / List open leads, overdue ones first."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.leads(graph, LOCAL, status=status, watch=watch, known=known, limit=limit)
    emit(found) if as_json else lead_table(found["leads"], f"{found['total']}")


@leads_app.command("show")
def show_command(lead_id: Lead, as_json: Json = False) -> None:
    """显示一条线索及其经过。 / Show one lead and its history."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.lead(graph, LOCAL, lead_id)
    if as_json:
        emit(found)
        return
    lead_table([found["lead"]], lead_id)
    show(
        "",
        [Text("依据", "evidence"), Text("涉及", "about")],
        [["\n".join(found["lead"]["evidence"]), "\n".join(found["lead"]["subjects"])]],
    )
    show(
        "",
        [Text("时间", "at"), Text("结论", "verdict"), Text("理由", "reason"), Text("判断人", "author")],
        [[e["at"][:16], status_told(e["verdict"]), e["reason"], e["author"]] for e in found["history"]],
    )


@leads_app.command("add")
def lead_command(
    title: Annotated[str, typer.Argument(help="线索内容 / what it is")],
    about: Annotated[list[str], typer.Option(help="涉及的人员、号码或案件 / person, number, case")],
    text: Annotated[str, typer.Option(help="说明 / details")] = "",
    row: Annotated[list[str] | None, typer.Option(help="依据的行 / row reference")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="所依规则，如 own_history@1 / rule")] = None,
    as_json: Json = False,
) -> None:
    """登记一条线索。 / Enter a lead by hand."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.add_lead(graph, LOCAL, title, about, text=text, evidence=row or (), rules=rule or ())
    emit(found) if as_json else lead_table([found["lead"]], found["lead"]["id"])


@leads_app.command("send")
def send_command(
    lead_id: Lead,
    unit: Annotated[str, typer.Option(help="承办单位 / unit")],
    reason: Reason,
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="反馈期限 / to be answered by")
    ] = None,
    level: Annotated[Level | None, typer.Option(help="紧急、一般、复杂 / how urgent")] = None,
    as_json: Json = False,
) -> None:
    """下发线索，写明承办单位和反馈期限。 / Send a lead to a unit with a deadline."""
    seen: dict[str, object] = {"unit": unit, "deadline": due.date().isoformat() if due else None}
    if level:
        seen["level"] = level.value
    _judge(lead_id, "sent", reason, as_json, seen)


@leads_app.command("decide")
def decide_command(
    lead_id: Lead,
    verdict: Annotated[
        str, typer.Argument(help="answered | confirmed | rejected | unsure | under_review | sent_back")
    ],
    reason: Reason,
    as_json: Json = False,
) -> None:
    """反馈或判断一条线索。 / Answer or judge a lead."""
    _judge(lead_id, verdict, reason, as_json, None)


def status_told(status: str) -> str:
    """Where a lead stands, in the language of the terminal."""
    return told(*STATUS.get(status, (status, status)))


def look_and_tell(graph: Store) -> watches.Looked:
    """Ask all watches again after something changed, and say what is new."""
    from backend import watches

    looked = watches.look_again(graph, LOCAL)
    if looked.new or looked.gone or looked.failed:
        _brought(looked)
    return looked


def _brought(looked: watches.Looked) -> None:
    """What a look brought, in a line."""
    say(
        f"检查关注条件 {looked.watches} 个：新线索 {looked.new}，不再命中 {looked.gone}，未完成 {looked.failed}",
        f"Looked at {looked.watches} watches: {looked.new} new leads, {looked.gone} gone, {looked.failed} failed",
    )


def _judge(lead_id: str, verdict: str, reason: str, as_json: bool, seen: Mapping[str, object] | None) -> None:
    from backend import watches
    from backend.reviews import answers as reviews

    with errors(), store() as graph:
        reviews.judge(graph, LOCAL, "lead", verdict, [lead_id], reason, seen=seen)
        found = watches.lead(graph, LOCAL, lead_id)
    emit(found) if as_json else lead_table([found["lead"]], lead_id)


def lead_table(leads: list[LeadShown], title: str) -> None:
    """Print leads with their state, unit and deadline."""
    language = terminal_language()
    show(
        title,
        [
            Text("编号", "id"),
            Text("时间", "at"),
            Text("线索", "lead"),
            Text("状态", "status"),
            Text("承办", "unit"),
            Text("期限", "due"),
        ],
        [
            [
                each["id"],
                (each["at"] or each["created"])[:16],
                each["title"][language],
                status_told(each["status"]) + (told("，不再命中", ", gone") if each["gone"] else ""),
                each["unit"],
                (each["deadline"] or "")
                + (
                    told(f" 超期 {each['overdue_days']} 天", f" {each['overdue_days']} days overdue")
                    if each["overdue_days"]
                    else ""
                ),
            ]
            for each in leads
        ],
    )
