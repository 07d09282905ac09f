"""``upline leads accept``, ``answer`` and ``rules``: the loop of a lead, and what came of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, show, store, told
from backend.cli.district.options import From, ItemLimit, On, To, Unit, listing
from backend.cli.options import Json
from backend.cli.watching import Lead, lead_table, leads_app
from backend.district.words import RESULTS
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.watches import RuleYield

app = leads_app
_COLUMNS = (
    Text("规则", "rule"),
    Text("下发", "sent"),
    Text("反馈", "answered"),
    Text("查实", "confirmed"),
    Text("查否", "refuted"),
    Text("无法核实", "unclear"),
    Text("查实率（95% 区间）", "precision (95 % interval)"),
    Text("处理人数", "persons"),
    Text("反馈用时中位数（小时）", "median hours"),
    Text("超期", "late"),
)


@app.command("accept")
def accept_command(
    lead_id: Lead,
    reason: Annotated[str, typer.Option("--reason", help="说明 / note")] = "",
    as_json: Json = False,
) -> None:
    """签收一条下发的线索。 / Accept a lead that was sent."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.accept_lead(graph, LOCAL, lead_id, reason)
    emit(found) if as_json else lead_table([found["lead"]], lead_id)


@app.command("answer")
def answer_command(
    lead_id: Lead,
    result: Annotated[str, typer.Argument(help=f"{'、'.join(RESULTS)} / {' | '.join(RESULTS.values())}")],
    reason: Annotated[str, typer.Option("--reason", help="说明 / what was found")] = "",
    persons: Annotated[int | None, typer.Option(min=0, help="处理人数 / persons dealt with")] = None,
    as_json: Json = False,
) -> None:
    """反馈一条线索的核查结果。 / Answer a lead with what was found."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.answer_lead(graph, LOCAL, lead_id, result, reason=reason, persons=persons)
    emit(found) if as_json else lead_table([found["lead"]], lead_id)


@app.command("rules")
def rules_command(
    as_json: Json = False,
    on: On = None,
    first: From = None,
    last: To = None,
    unit: Unit = None,
    limit: ItemLimit = None,
) -> None:
    """列出各规则的查实率和用时；期间指下发日。 / List precision and time of every rule; the period bounds the day of sending."""
    from backend import watches

    with errors(), store() as graph:
        found = watches.lead_rules(graph, LOCAL, listing(on, first, last, unit, limit))
    if as_json:
        emit(found)
        return
    title = told(
        "部分查实计入查实，无法核实和重复另列",
        "Partly confirmed counts as confirmed; unclear, duplicate apart",
    )
    show(title, list(_COLUMNS), [_row(each) for each in found["items"]])


def _row(each: RuleYield) -> list[object]:
    precision = "—"
    if each["precision"] is not None and each["low"] is not None and each["high"] is not None:
        precision = f"{each['precision']:.0%} ({each['low']:.0%}–{each['high']:.0%})"
    name = each["rule"] + (told("（随机抽查）", " (random)") if each["random"] else "")
    counts = [each[key] for key in ("sent", "answered", "confirmed", "refuted", "unclear")]
    return [name, *counts, precision, each["persons"], each["median_hours"], each["late"]]
