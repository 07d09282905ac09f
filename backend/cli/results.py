"""Commands that ask: persons, cases, supplies, gangs, chains, paths, search, explain; and ``analyse``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from backend import answers
from backend.analysis.model.weights import signal_words
from backend.calibration import named_weights
from backend.cli.console import ProgressLine, emit, errors, say, show, store, terminal_language, told
from backend.cli.watching import look_and_tell
from backend.contract.chains import CaseChains, Chain
from backend.contract.gangs import Gang, Member
from backend.contract.person import Person
from backend.contract.persons import DrugFact
from backend.runs import analyse
from graph_schema.language import Text
from graph_schema.store import LOCAL
from viz.text.phrases import hop_others, reason_fact
from viz.text.words import CHIP, edge_name, role_name

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Limit = Annotated[int | None, typer.Option(min=1, help="最多条数 / show at most this many")]


def name_of(person: Person) -> str:
    """How a person is called on the terminal: name, else 持有人未知 and an identifier."""
    known = [*person["phones"], *person["accounts"]]
    held = known[0] if known else person["id"]
    return str(person["name"] or told(f"持有人未知（{held}）", f"holder unknown ({held})"))


def analyse_command(
    seed: Annotated[int, typer.Option(help="随机种子 / random seed")] = 7,
    weights: Annotated[
        str | None,
        typer.Option(help="校准权重的名称或文件，缺省用发布的权重 / calibrated weights, by name or file"),
    ] = None,
    as_json: Json = False,
) -> None:
    """归并人员，推断供货、团伙和链条，一次发布。 / Resolve persons, infer supplies, gangs and chains, and publish the run."""
    with errors():
        progress = ProgressLine()
        with store() as graph:
            chosen = named_weights(graph.home, weights) if weights else None
            summary = analyse(graph, seed=seed, progress=progress, weights=chosen)
            progress.end()
            look_and_tell(graph)
    if as_json:
        emit(asdict(summary))
        return
    say(
        f"批次 {summary.run}：人员 {summary.persons}，供货 {summary.supplies}，"
        f"团伙候选 {summary.gangs}，链条 {summary.chains}",
        f"Run {summary.run}: {summary.persons} persons, {summary.supplies} supplies, "
        f"{summary.gangs} gangs, {summary.chains} chains",
    )
    if cut := summary.cut:
        tried = " · ".join(f"{each:g}" for each in cut.tried)
        say(
            f"团伙划分：分辨率 {cut.resolution:g}，最大一组 {cut.largest} 人"
            f"（依次试 {tried}，取第一个各组不超过 {cut.most} 人的）",
            f"Gangs cut at resolution {cut.resolution:g}; the largest core has {cut.largest} persons (tried in turn: {tried}; "
            f"the first with at most {cut.most} in each)",
        )
    for each in summary.damped:
        zh, en = _DAMPED[each.kind]
        some = ", ".join(f"{what} ({n})" for what, n, _ in each.named[:3]) + (" …" if each.total > 3 else "")
        say(f"降权 {zh} {each.total} 个：{some}", f"Damped, {en}: {each.total}: {some}")


_DAMPED = {
    "platform": ("平台账户和服务号", "platforms and service numbers"),
    "hub": ("联系人过多者", "contacts of too many people"),
    "name": ("过于常见的姓名", "too common names"),
    "batch": ("多人持有的批次", "batches found with many people"),
    "packaging": ("多人持有的包装", "packaging found with many people"),
    "case": ("涉案卖方过多的案件", "cases with very many sellers"),
}


def persons_command(limit: Limit = None, as_json: Json = False) -> None:
    """列出全部持有人及其标识。 / List every holder with all identifiers."""
    with errors(), store() as graph:
        found = answers.persons(graph, LOCAL, limit=limit)
    if as_json:
        emit(found)
        return
    show(
        f"{found['total']}",
        [
            Text("编号", "id"),
            Text("姓名", "name"),
            Text("身份证号", "resident id"),
            Text("电话", "phones"),
            Text("账号", "accounts"),
        ],
        [
            [p["id"], name_of(p), p["resident_id"], " ".join(p["phones"]), " ".join(p["accounts"])]
            for p in found["persons"]
        ],
    )


def person_command(query: str, limit: Limit = 20, as_json: Json = False) -> None:
    """按姓名、拼音、号码或人员编号查人。 / Find a person by name, pinyin, number or id."""
    with errors(), store() as graph:
        found = answers.find_person(graph, LOCAL, query, limit=limit or 20)
    if as_json:
        emit(found)
        return
    for entry in found["persons"]:
        person = entry["person"]
        show(name_of(person), ["", ""], [[key, value] for key, value in person.items()])
        if "drug_facts" in entry:
            _show_drug_facts(entry["drug_facts"])


def _show_drug_facts(facts: list[DrugFact] | None) -> None:
    """Which drug facts stand for a person, each kind with its first rows."""
    if facts is None:
        say(
            "现有研判批次未保存涉毒材料，请重新研判。",
            "The published run kept no drug facts: run `upline analyse`.",
        )
    elif not facts:
        say("没有此人的涉毒材料。", "No drug fact is known about him.")
    else:
        show(
            told("涉毒材料", "Drug facts"),
            [Text("种类", "kind"), Text("属于", "of"), Text("案件", "cases"), Text("来源", "rows")],
            [
                [
                    told(each["zh"], each["en"]),
                    name_of(each["of"]) if each["of"] else "",
                    "\n".join(each["cases"]),
                    few(each["evidence"]),
                ]
                for each in facts
            ],
        )


def case_command(case_no: str, as_json: Json = False) -> None:
    """显示一起案件的人员、缴获和链条。 / Show the persons, seizures and chains of a case."""
    with errors(), store() as graph:
        found = answers.case_page(graph, LOCAL, case_no)
    if as_json:
        emit(found)
        return
    show(case_no, ["", ""], [[key, value] for key, value in found["case"].items()])


def gangs_command(
    min_size: Annotated[int, typer.Option(min=1)] = 3, limit: Limit = None, as_json: Json = False
) -> None:
    """列出团伙候选及成员角色。 / List gang candidates with the roles of their members."""
    with errors(), store() as graph:
        found = answers.gangs(graph, LOCAL, min_size=min_size, limit=limit)
    if as_json:
        emit(found)
        return
    for gang in found["gangs"]:
        show(
            told(
                f"{gang_title(gang)[0]}（{len(gang['members'])} 人，强度 {gang['score']:.2f}）",
                f"{gang_title(gang)[1]} ({len(gang['members'])} members, strength {gang['score']:.2f})",
            ),
            [Text("排名", "rank"), Text("姓名", "name"), Text("角色", "role"), Text("强度", "score")],
            [
                [
                    m["rank"],
                    name_of(m["person"]),
                    role_name(m["role"], terminal_language()),
                    f"{m['score']:.2f}",
                ]
                for m in gang["members"]
            ],
        )


def gang_title(gang: Gang) -> tuple[str, str]:
    """What a gang is called: a candidate until somebody confirms it; other decisions stand beside it."""
    status, name = gang["status"], gang["id"]
    if status == "confirmed":
        return f"团伙 {name}（已确认）", f"Gang {name} (confirmed)"
    zh, en = ("", "") if status == "candidate" else (f"（{CHIP[status].zh}）", f" ({CHIP[status].en})")
    return f"团伙候选 {name}{zh}", f"Gang candidate {name}{en}"


def gang_command(gang_id: str, as_json: Json = False) -> None:
    """显示一个团伙候选的全部内容。 / Show one gang candidate in full."""
    with errors(), store() as graph:
        found = answers.gang_page(graph, LOCAL, gang_id)
    if as_json:
        emit(found)
        return
    members = found["gang"]["members"]
    names = {m["person"]["id"]: name_of(m["person"]) for m in members}
    show(
        told(*gang_title(found["gang"])),
        [Text("排名", "rank"), Text("姓名", "name"), Text("角色", "role"), Text("依据", "reasons")],
        [
            [m["rank"], name_of(m["person"]), role_name(m["role"], terminal_language()), _reasons(m, names)]
            for m in members
        ],
    )
    if count := len(found["payers"]):
        say(
            f"另有 {count} 人付款方式与买家相同，但没有涉毒材料：未分类，不是成员（--json 列出）。",
            f"{count} more people pay like buyers but have no drug fact: unclassified, not members (--json lists them).",
        )


def _reasons(member: Member, names: dict[str, str]) -> str:
    """Why somebody is in a gang and has his role there, in words."""
    return told("；", "; ").join(
        reason_fact(reason, terminal_language(), names) for reason in member["reasons"]
    )


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
                    f"{told(*signal_words(s['name']))} {s['weight']:+.1f}" for s in e["signals"]
                ),
            ]
            for e in found["edges"]
        ],
    )


def chain_command(
    case_no: str, k: Annotated[int, typer.Option(min=1, max=20)] = 3, as_json: Json = False
) -> None:
    """显示一起案件的候选上溯链。 / Show the candidate chains of one case."""
    with errors(), store() as graph:
        found = answers.case_chains(graph, LOCAL, case_no, k=k)
    if as_json:
        emit(found)
        return
    for case in found["cases"]:
        _print_chains(case)


def chains_command(limit: Limit = None, as_json: Json = False) -> None:
    """列出全部案件的链条，包括没有链条的案件。 / List the chains of every case, including cases with none."""
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
            f"案件 {case['case_no']}（{case['tier']}）：未找到链条。",
            f"Case {case['case_no']} ({case['tier']}): no chain.",
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
    called = {person["id"]: name_of(person) for person in chain["persons"]}
    return [
        [
            f"{n + 1}{told(' 最弱', ' weakest') if n == chain['weakest'] else ''}",
            edge_name(hop["kind"], terminal_language()) + hop_others(hop, terminal_language()),
            called.get(hop["from"], hop["from"]),
            called.get(hop["to"], hop["to"]),
            hop["count"],
            f"{hop['fen'] / 100:,.2f}" if hop["fen"] else "",
            f"{hop['score']:.2f}",
            "\n".join(hop["evidence"][:3])
            + (
                "\n" + told(f"… 共 {len(hop['evidence'])} 条", f"… {len(hop['evidence'])} in all")
                if len(hop["evidence"]) > 3
                else ""
            ),
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
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    least_yuan: Annotated[float | None, typer.Option(help="最小付款，元 / smallest payment, yuan")] = None,
    as_json: Json = False,
) -> None:
    """查找两人之间的路径。 / Find the paths between two persons."""
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
    for route in found["paths"]:
        show("", ["", "", ""], [[hop["from"], hop["kind"], hop["to"]] for hop in route["hops"]])


def search_command(query: str, limit: Limit = 20, as_json: Json = False) -> None:
    """查找人员、号码、账户、案件、车辆。 / Search persons, numbers, accounts, cases and vehicles."""
    with errors(), store() as graph:
        found = answers.search(graph, LOCAL, query, limit=limit or 20)
    if as_json:
        emit(found)
        return
    show(
        query,
        [Text("种类", "kind"), Text("编号", "id"), Text("名称", "label"), Text("匹配原因", "why")],
        [[h["kind"], h["id"], h["label"], h["why"]] for h in found["hits"]],
    )


def explain_command(object_id: str, as_json: Json = False) -> None:
    """说明一个对象、案件或一对人员（甲>乙）的依据。 / Explain an object, a case or a pair A>B by its signals and source rows."""
    with errors(), store() as graph:
        found = answers.explain(graph, LOCAL, object_id)
    if as_json:
        emit(found)
        return
    show(
        object_id,
        [Text("理由", "reason"), Text("依据", "rows")],
        [[f"{each['zh']}\n{each['en']}", few(each["evidence"])] for each in found["sentences"]],
    )


def few(evidence: list[str]) -> str:
    """The first rows, one a line, and how many there are."""
    more = told(f"… 共 {len(evidence)} 行", f"… {len(evidence)} rows in all")
    return "\n".join([*evidence[:3], *([more] if len(evidence) > 3 else [])])


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    for name, command in (
        ("analyse", analyse_command),
        ("persons", persons_command),
        ("person", person_command),
        ("case", case_command),
        ("gangs", gangs_command),
        ("gang", gang_command),
        ("supplies", supplies_command),
        ("chain", chain_command),
        ("chains", chains_command),
        ("path", path_command),
        ("search", search_command),
        ("explain", explain_command),
    ):
        app.command(name)(command)
