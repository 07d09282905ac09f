"""Further queries: who else buys there, coverage, series of cases, measures of a gang."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.names import gang_title, name_of, tier_word
from backend.cli.options import Json
from backend.cli.review import verdict_told
from graph_schema.errors import NotFound
from graph_schema.language import Text, spoken
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.cases import Rated


def buyers_command(
    person: str,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0)] = 0.5,
    as_json: Json = False,
) -> None:
    """显示某人的上家及其其他下家。 / Show a person's suppliers and their other buyers."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.buyers(graph, LOCAL, person, min_score=min_score)
    if as_json:
        emit(found)
        return
    show(
        told(f"{name_of(found['person'])} 的上家候选", f"Candidate suppliers of {name_of(found['person'])}"),
        [
            Text("上家", "supplier"),
            Text("强度", "score"),
            Text("其他下家", "other buyers"),
            Text("互售", "market"),
        ],
        [
            [
                name_of(each["supplier"]),
                f"{each['score']:.2f}",
                "，".join(name_of(other["buyer"]) for other in each["others"]),
                "，".join(each["market"]),
            ]
            for each in found["suppliers"]
        ],
    )


def coverage_command(person: str, as_json: Json = False) -> None:
    """显示某人各标识已调取、已返回和缺少的记录。 / Show what was requested, answered and is missing for a person."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.coverage(graph, LOCAL, person)
    if as_json:
        emit(found)
        return
    show(
        told(
            f"{name_of(found['person'])}：{len(found['lines'])} 个标识，已调取 {found['asked']}，已返回 {found['answered']}",
            f"{name_of(found['person'])}: {len(found['lines'])} identifiers, {found['asked']} requested, "
            f"{found['answered']} answered",
        ),
        [
            Text("标识", "identifier"),
            Text("来源", "sources"),
            Text("返回时段", "answered"),
            Text("条", "events"),
            Text("缺", "missing"),
        ],
        [
            [
                line["identifier"],
                "\n".join(f"{each['path']} ({each['load']})" for each in line["sources"]),
                "\n".join(f"{each['first']} – {each['last']}" for each in line["sources"]),
                "\n".join(str(each["events"]) for each in line["sources"]),
                "\n".join(told(each["zh"], each["en"]) for each in line["missing"]),
            ]
            for line in found["lines"]
        ],
    )
    say("没有记录不等于没有往来。", "No record does not mean no contact.")


def tier_command(
    about: Annotated[str, typer.Argument(help="人员编号或案件编号 / person id or case number")],
    as_json: Json = False,
) -> None:
    """显示累计数量、法定档次，以及达到下一档还缺什么。 / Show quantities, the legal tier, and what the next tier needs."""
    from backend import answers

    with errors(), store() as graph:
        try:
            found: Rated = answers.person_quantities(graph, LOCAL, about)
        except NotFound:
            found = answers.case_quantities(graph, LOCAL, about)
    if as_json:
        emit(found)
        return
    basis = found["basis"]
    show(
        told(
            f"{about}：{tier_word(found['tier'])}，折合海洛因 {basis['heroin_equivalent_g']:g} 克",
            f"{about}: {tier_word(found['tier'])}, {basis['heroin_equivalent_g']:g} g of heroin equivalent",
        ),
        [Text("毒品", "substance"), Text("净重(克)", "grams")],
        [[name, f"{grams:g}"] for name, grams in found["grams"].items()],
    )
    if found["next"]:
        more = found["next"]
        say(
            f"距下一档（{tier_word(more['tier'])}）还差折合海洛因 {more['heroin_equivalent_g']:g} 克。",
            f"The next tier ({tier_word(more['tier'])}) needs another {more['heroin_equivalent_g']:g} g of heroin equivalent.",
        )
    for each in found["missing"]:
        say(each["zh"], each["en"])
    if example := basis["provisional"]:
        ranked = tier_word(example["tier"])
        say(
            f"排序用（示例，非法定档次）：{ranked}，折合海洛因 {example['heroin_equivalent_g']:g} 克。",
            f"For ranking only (example, no legal tier): {ranked}, {example['heroin_equivalent_g']:g} g of heroin "
            "equivalent.",
        )


def evidence_command(
    rows: Annotated[list[str], typer.Argument(help="行引用，如 9f3ac1d2e07b/-/7 / row references")],
    as_json: Json = False,
) -> None:
    """按行引用显示来源文件的原始记录。 / Show source rows of the files as received, by reference."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.evidence(graph, LOCAL, rows)
    if as_json:
        emit(found)
        return
    for row in found["rows"]:
        if not row["found"]:
            say(
                f"{row['evidence']}：未找到，可能已撤销导入。",
                f"{row['evidence']}: not found; its load may have been taken out.",
            )
            continue
        show(
            f"{row['file']} {row['sheet'] or ''} " + told(f"第 {row['row']} 行", f"row {row['row']}"),
            [Text("栏目", "heading"), Text("内容", "cell")],
            [list(pair) for pair in zip_longest(row["headings"], row["cells"])],
        )


def series_command(
    case_no: Annotated[str | None, typer.Argument(help="案件编号 / case number")] = None,
    as_json: Json = False,
) -> None:
    """按共同的上家、批次、包装、手机、账户、暗语提出串并案。 / Propose series of cases from rare features in common."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.series(graph, LOCAL, case_no)
    if as_json:
        emit(found)
        return
    show(
        told(f"串并案候选 {len(found['series'])}", f"Candidate series of cases {len(found['series'])}"),
        [
            Text("案件", "cases"),
            Text("强度", "score"),
            Text("依据", "basis"),
            Text("最弱联系", "weakest link"),
            Text("可能相关", "perhaps"),
            Text("状态", "status"),
        ],
        [
            [
                "\n".join(each["cases"]),
                f"{each['score']:.2f}",
                told("，", ", ").join(_basis(basis) for basis in each["bases"]),
                f"{' – '.join(each['weakest']['cases'])} {each['weakest']['score']:.2f}",
                "\n".join(f"{one['case_no']} {one['score']:.2f}" for one in each["perhaps"]),
                told("候选", "candidate") if each["status"] == "candidate" else verdict_told(each["status"]),
            ]
            for each in found["series"]
        ],
    )
    show(
        told(f"串并案线索 {len(found['links'])}", f"Leads to series of cases {len(found['links'])}"),
        [Text("强度", "score"), Text("理由", "reason"), Text("案件", "cases")],
        [
            [f"{link['score']:.2f}", told(link["why"]["zh"], link["why"]["en"]), "\n".join(link["cases"])]
            for link in found["links"]
        ],
    )
    say(
        "须经人工判断：upline review confirm|reject series 案件 案件 --reason …，可撤销。",
        "A person decides: upline review confirm|reject series CASE CASE --reason …; it can be undone.",
    )


def _basis(basis: str) -> str:
    from backend.answers.series_words import BASES

    return spoken(BASES[basis])


def measures_command(
    gang_id: str,
    k: Annotated[int, typer.Option(min=1, max=10, help="关键成员人数 / size of a key-player set")] = 3,
    remove: Annotated[list[str] | None, typer.Option(help="假设抓获的成员 / members to remove")] = None,
    as_json: Json = False,
) -> None:
    """显示团伙的中心性、关键成员、抓获影响和逐月变化。 / Show a gang's centralities, key players, effect of arrests, months."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.gang_measures(graph, LOCAL, gang_id, k=k, remove=remove or ())
    if as_json:
        emit(found)
        return
    called = {m["person"]["id"]: name_of(m["person"]) for m in found["gang"]["members"]}

    def names(ids: list[str]) -> str:
        return "，".join(called.get(each, each) for each in ids)

    show(
        spoken(gang_title(found["gang"])),
        [Text("关键", "kind"), Text("成员", "members"), Text("值", "value")],
        [[each["kind"], names(each["members"]), f"{each['value']:.2f}"] for each in found["key_players"]],
    )
    show(
        told("抓获影响", "Effect of arrests"),
        [
            Text("成员", "removed"),
            Text("分为几部分", "parts"),
            Text("最大部分", "largest"),
            Text("断开的人对", "pairs cut"),
            Text("失去的供货", "supply lost"),
            Text("断货", "orphaned"),
        ],
        [
            [
                names(r["removed"]),
                r["parts"],
                r["largest"],
                f"{r['pairs_cut']:.0%}",
                f"{r['supply_lost']:.0%}",
                names(r["orphaned"]),
            ]
            for r in found["removals"]
        ],
    )
    say(found["caveat"]["zh"], found["caveat"]["en"])


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("buyers")(buyers_command)
    app.command("coverage")(coverage_command)
    app.command("tier")(tier_command)
    app.command("series")(series_command)
    app.command("evidence")(evidence_command)
    app.command("measures")(measures_command)
