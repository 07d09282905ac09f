"""Commands that lead upward: supplies, chain, chains, path."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, terminal_language, told
from backend.cli.names import few, link_word, name_of, names_of, tier_word
from backend.cli.options import DAYS, Json, Limit
from graph_schema.language import Text, spoken
from graph_schema.store import LOCAL
from viz.text.phrases import day, hop_others
from viz.text.words import CHIP, edge_name

if TYPE_CHECKING:
    from backend.contract.chains import CaseChains, Chain
    from backend.contract.graph import Route


def supplies_command(
    person: Annotated[str | None, typer.Option(help="人员编号 / person id")] = None,
    min_score: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="最低强度，缺省 0.5，JSON 缺省 0.05 / lowest score; 0.5, or 0.05 with --json",
        ),
    ] = None,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """列出供货候选及其依据。 / List supply candidates with their signals."""
    from backend import answers
    from backend.analysis.model.weights import signal_name

    threshold = min_score if min_score is not None else (0.05 if as_json else 0.5)
    with errors(), store() as graph:
        found = answers.supplies(graph, LOCAL, person_id=person, min_score=threshold, limit=limit)
    if as_json:
        emit(found)
        return
    show(
        f"{found['total']}",
        [
            Text("上家", "supplier"),
            Text("下家", "buyer"),
            Text("强度", "score"),
            Text("起", "from"),
            Text("止", "to"),
            Text("依据", "signals"),
        ],
        [
            [
                name_of(e["supplier"]),
                name_of(e["buyer"]),
                f"{e['score']:.2f}",
                (e["from"] or "")[:10],
                (e["to"] or "")[:10],
                told("，", ", ").join(
                    f"{spoken(signal_name(s['name']))} {s['weight']:+.1f}" for s in e["signals"]
                ),
            ]
            for e in found["edges"]
        ],
    )


def chain_command(
    case_no: str, k: Annotated[int, typer.Option(min=1, max=20)] = 3, as_json: Json = False
) -> None:
    """显示一起案件的候选上溯链。 / Show the candidate chains of one case."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.case_chains(graph, LOCAL, case_no, k=k)
    if as_json:
        emit(found)
        return
    for case in found["cases"]:
        _print_chains(case)


def chains_command(limit: Limit = None, as_json: Json = False) -> None:
    """列出全部案件的链条，包括没有链条的案件。 / List the chains of every case, including cases with none."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.chains(graph, LOCAL, limit=limit)
    if as_json:
        emit(found)
        return
    for case in found["cases"]:
        _print_chains(case)


def _print_chains(case: CaseChains) -> None:
    if not case["chains"]:
        say(
            f"案件 {case['case_no']}（{tier_word(case['tier'])}）：未找到链条。",
            f"Case {case['case_no']} ({tier_word(case['tier'])}): no chain.",
        )
    for n, chain in enumerate(case["chains"], start=1):
        show(
            told(
                f"案件 {case['case_no']} 的上溯链 {n}/{len(case['chains'])}（{CHIP[chain['status']].zh}）　"
                f"强度 {chain['strength']:.2f}　评分 {chain['score']:.2f}　可延伸至 {'，'.join(chain['reaches']) or '无'}",
                f"Case {case['case_no']}, chain {n} of {len(case['chains'])} ({CHIP[chain['status']].en}): "
                f"strength {chain['strength']:.2f}, score {chain['score']:.2f}, "
                f"may reach {', '.join(chain['reaches']) or 'no case'}",
            ),
            [
                Text("跳", "hop"),
                Text("种类", "kind"),
                Text("下", "from"),
                Text("上", "to"),
                Text("次数", "n"),
                Text("金额(元)", "yuan"),
                Text("强度", "score"),
                Text("依据", "rows"),
            ],
            _hop_rows(chain),
        )


def _hop_rows(chain: Chain) -> list[list[object]]:
    called = names_of(chain["persons"])
    return [
        [
            f"{n + 1}{told(' 最弱', ' weakest') if n == chain['weakest'] else ''}",
            edge_name(hop["kind"], terminal_language()) + hop_others(hop, terminal_language()),
            called.get(hop["from"], hop["from"]),
            called.get(hop["to"], hop["to"]),
            hop["count"],
            f"{hop['fen'] / 100:,.2f}" if hop["fen"] else "",
            f"{hop['score']:.2f}",
            few(hop["evidence"]),
        ]
        for n, hop in enumerate(chain["hops"])
    ]


def path_command(
    a: str,
    b: str,
    ordered: Annotated[bool, typer.Option(help="按时间顺序 / in time order")] = False,
    types: Annotated[
        str | None, typer.Option("--types", help="只经过这些关系，如 PAID,CALLED / only hops of these types")
    ] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=DAYS)] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAYS)] = None,
    least_yuan: Annotated[float | None, typer.Option(help="最小付款，元 / smallest payment, yuan")] = None,
    as_json: Json = False,
) -> None:
    """查找两人之间的路径。 / Find the paths between two persons."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.path(
            graph,
            LOCAL,
            a,
            b,
            ordered=ordered,
            types=types.split(",") if types else (),
            first=first.date() if first else None,
            last=last.date() if last else None,
            least_yuan=least_yuan,
        )
    if as_json:
        emit(found)
        return
    if not found["paths"]:
        say("两者之间没有找到路径。", "No path was found between them.")
    for n, route in enumerate(found["paths"], start=1):
        _print_route(n, route)
    if found["truncated"]:
        say("路径可能不止这些：查找已到上限。", "There may be more paths: the search reached its limit.")


def _print_route(n: int, route: Route) -> None:
    called = {
        each["id"]: name_of(each["person"]) if each["person"] else each["caption"]
        for each in route["stations"]
    }
    show(
        told(f"路径 {n}，{route['length']} 跳", f"Path {n}, {route['length']} hops"),
        [
            Text("起", "from"),
            Text("止", "to"),
            Text("种类", "kind"),
            Text("次数", "n"),
            Text("金额(元)", "yuan"),
            Text("最近", "last"),
            Text("来源", "rows"),
        ],
        [
            [
                called.get(hop["from"], hop["from"]),
                called.get(hop["to"], hop["to"]),
                link_word(hop["kind"]),
                hop.get("count"),
                f"{fen / 100:,.2f}" if (fen := hop.get("fen")) else "",
                day(hop.get("last")),
                few(hop["evidence"]),
            ]
            for hop in route["hops"]
        ],
    )


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("supplies")(supplies_command)
    app.command("chain")(chain_command)
    app.command("chains")(chains_command)
    app.command("path")(path_command)
