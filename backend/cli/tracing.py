"""Commands that follow money in time order."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.names import names_of, number_of
from backend.cli.options import Json
from graph_schema.beijing import BEIJING
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Parameters
from viz.text.phrases import minute
from viz.text.words import PATTERN

if TYPE_CHECKING:
    from backend.analysis.model.kinds import PatternKind
    from backend.contract.suites import FlowShown, Ordered, PatternsFound, PatternShown


def moment(text: str | None, end: bool = False) -> int | None:
    """A day or time of Beijing as epoch milliseconds; ``end`` takes a day to its last moment."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            Text(
                f"时间格式应为 2026-04-01 或 2026-04-01T22:00（{text}）",
                f"not a day or time: {text}",
            )
        ) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=BEIJING)
    at = int(found.timestamp() * 1000)
    return at + 86_399_999 if end and len(text) <= 10 else at


def ratio_of(text: str | None) -> tuple[float | None, float | None]:
    """``0.8-1.0`` as two numbers."""
    if text is None:
        return None, None
    least, _, most = text.partition("-")
    try:
        return float(least), float(most) if most else None
    except ValueError as error:
        raise InputError(
            Text(
                f"比例写作 0.8-1.0（{text}）",
                f"write a ratio as 0.8-1.0: {text}",
            )
        ) from error


def trace_command(
    start: Annotated[
        str,
        typer.Argument(
            help="账户、人员编号、号码、姓名或一笔付款的编号 / account, person id, number, name, or id of a payment"
        ),
    ],
    layers: Annotated[int, typer.Option(min=1, max=20, help="层数 / layers")] = 6,
    window: Annotated[float | None, typer.Option(min=0, help="每跳最长间隔（小时） / hours per hop")] = None,
    ratio: Annotated[
        str | None, typer.Option(help="后笔与前笔金额之比，如 0.8-1.0 / later through earlier")
    ] = None,
    direction: Annotated[
        str, typer.Option(help="去向 down，来源 up / down: where it went; up: where it came from")
    ] = "down",
    first: Annotated[str | None, typer.Option("--from", help="起 / from")] = None,
    last: Annotated[str | None, typer.Option("--to", help="止 / to")] = None,
    fan: Annotated[
        int, typer.Option(min=1, max=100_000, help="每个节点最多取最新几笔 / newest of a node")
    ] = 200,
    exchange: Annotated[
        bool, typer.Option(help="也追踪换成其他币种的资金 / follow money into another currency")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=20_000, help="最多列出 / events listed")] = 500,
    as_json: Json = False,
) -> None:
    """按时间顺序追踪资金的去向或来源。 / Follow money in order of time, to where it went or where it came from."""
    from backend import answers

    with errors():
        if direction not in ("down", "up"):
            raise InputError("direction: down | up")
        least, most = ratio_of(ratio)
        asked: Parameters = {"first": moment(first), "last": moment(last, end=True)}
        with store() as graph:
            found = answers.ordered(
                graph,
                LOCAL,
                start,
                direction=direction,
                layers=layers,
                window_hours=window,
                ratio_least=least,
                ratio_most=most,
                fan=fan,
                exchange=exchange,
                limit=limit,
                **asked,
            )
    if as_json:
        emit(found)
        return
    _show(found)


SHOWN = 30
"""So many flows are listed, the largest first; the rest is counted."""


def _show(found: Ordered) -> None:
    called = _names(found)
    start = found["origin"] or found["start"]
    flows = found["flows"][:SHOWN]
    listed = f"{len(flows)}/{found['flows_total']}"
    title = (
        told("一笔付款", "one payment") if found["origin"] is None else called.get(start, number_of(start))
    )
    show(
        f"{title}　"
        + told(f"{found['total']} 笔，主要流向 {listed}", f"{found['total']} transfers, main flows {listed}")
        + (told("（已截取最新）", " (cut to the newest)") if found["truncated"] else ""),
        [
            Text("层", "layer"),
            Text("付", "from"),
            Text("收", "to"),
            Text("笔数", "transfers"),
            Text("金额(元)", "yuan"),
            Text("其中现金", "of it cash"),
            Text("最早", "first"),
            Text("最近", "last"),
            Text("来源（一笔）", "rows of one"),
        ],
        [_flow_row(called, flow) for flow in flows],
    )
    say(
        f"回流 {len(found['returns'])}，拆分 {len(found['splits'])}，汇集 {len(found['merges'])}",
        f"{len(found['returns'])} returns, {len(found['splits'])} splits, {len(found['merges'])} merges",
    )
    if found["cut"]:
        names = _called(called, found["cut"])
        say(
            f"以下对象只看了最新的 {found['limits']['fan']} 笔，可提高 --fan 或从其继续追踪：{names}",
            f"Of these only the newest {found['limits']['fan']} were followed; raise --fan or trace from them: {names}",
        )


def _flow_row(called: dict[str, str], flow: FlowShown) -> list[object]:
    cash = flow["cash_fen"]
    return [
        flow["layer"],
        called.get(flow["from"], number_of(flow["from"])),
        called.get(flow["to"], number_of(flow["to"])),
        flow["payments"],
        f"{flow['fen'] / 100:,.2f}{_unit(flow['currency'])}",
        f"{cash / 100:,.2f}{_unit(flow['currency'])}" if cash else "",
        minute(flow["first"]),
        minute(flow["last"]),
        next(iter(flow["evidence"]), ""),
    ]


def _unit(currency: str | None) -> str:
    """What stands after an amount that is not in yuan."""
    if currency is None:
        return told("（币种不明）", " (currency unknown)")
    return "" if currency == "CNY" else f" {currency}"


def _names(found: Ordered) -> dict[str, str]:
    """How ends are called: persons by name, accounts by kind and number with the name of who holds them."""
    called = names_of(found["persons"])
    held = {
        ref: f"{number_of(ref)} {called[person]}"
        for ref, person in found["holders"].items()
        if person in called
    }
    return called | held


def patterns_command(
    kind: Annotated[str, typer.Argument(help=" | ".join(PATTERN))],
    by: Annotated[
        str, typer.Option(help="按人 person，按账户 account / between persons or accounts")
    ] = "person",
    everybody: Annotated[
        bool, typer.Option(help="也列无涉毒记录者 / also list patterns of which nobody is known for drugs")
    ] = False,
    window: Annotated[
        float | None, typer.Option(min=0, help="一个环节最长几小时 / hours of one stage")
    ] = None,
    least: Annotated[int | None, typer.Option(min=2, max=1_000, help="最少分支数 / least branches")] = None,
    ratio: Annotated[
        str | None, typer.Option(help="转出与转入之比，如 0.7-1.1 / what leaves through what came in")
    ] = None,
    layers: Annotated[int | None, typer.Option(min=2, max=20, help="回流最多几跳 / hops of a cycle")] = None,
    exchange: Annotated[bool, typer.Option(help="币种可以改变 / the currency may change")] = False,
    first: Annotated[str | None, typer.Option("--from", help="起 / from")] = None,
    last: Annotated[str | None, typer.Option("--to", help="止 / to")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="最多列出 / patterns listed")] = 50,
    as_json: Json = False,
) -> None:
    """在全部数据中查找一种资金模式。 / Find one shape of payments in everything loaded."""
    from backend import answers

    with errors():
        if kind not in PATTERN or by not in ("person", "account"):
            raise InputError(
                Text(
                    f"可查：{'、'.join(PATTERN)}；--by person 或 account",
                    f"KIND: {' | '.join(PATTERN)}; --by person | account",
                )
            )
        low, high = ratio_of(ratio)
        asked: Parameters = {"first": moment(first), "last": moment(last, end=True)}
        with store() as graph:
            found = answers.patterns(
                graph,
                LOCAL,
                cast("PatternKind", kind),
                by=cast("Literal['person', 'account']", by),
                everybody=everybody,
                window_hours=window,
                least=least,
                ratio_least=low,
                ratio_most=high,
                layers=layers,
                exchange=exchange,
                limit=limit,
                **asked,
            )
    if as_json:
        emit(found)
        return
    _show_patterns(found)


def _show_patterns(found: PatternsFound) -> None:
    called = names_of(found["persons"])
    title = PATTERN[found["kind"]]
    show(
        told(f"{title.zh}：共 {found['total']} 处", f"{title.en}: {found['total']} found")
        + (told("（查找已截止于上限）", " (cut by a bound)") if found["truncated"] else ""),
        [
            Text("围绕", "centre"),
            Text("有涉毒记录", "known for drugs"),
            Text("分支", "branches"),
            Text("笔数", "payments"),
            Text("金额(元)", "yuan"),
            Text("转出比", "share"),
            Text("最早", "first"),
            Text("最近", "last"),
            Text("来源（一笔）", "rows of one"),
        ],
        [_pattern_row(called, each) for each in found["patterns"]],
    )
    hidden = found["total"] - found["known"]
    if found["by"] == "person" and hidden:
        say(
            f"其中 {hidden} 处无人有涉毒记录，加 --everybody 列出；资金模式只是形状，不是认定。",
            f"Nobody is known for drugs in {hidden} of them; --everybody lists these. A pattern is a shape, no finding.",
        )


def _pattern_row(called: dict[str, str], found: PatternShown) -> list[object]:
    fen, share = found["fen"], found["share"]
    return [
        _called(called, found["centre"]),
        _called(called, found["known"]),
        found["branches"],
        found["events"],
        "" if fen is None else f"{fen / 100:,.2f}",
        "" if share is None else f"{share:.2f}",
        minute(found["first"]),
        minute(found["last"]),
        next(iter(found["stages"][0][0]["evidence"]), ""),
    ]


def _called(called: dict[str, str], persons: list[str]) -> str:
    """At most three names, and how many more."""
    names = [called.get(each, number_of(each)) for each in persons]
    rest = len(names) - 3
    return told("、", ", ").join(names[:3]) + (
        told(f" 等 {len(names)} 人", f" and {rest} more") if rest > 0 else ""
    )


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("trace")(trace_command)
    app.command("patterns")(patterns_command)
