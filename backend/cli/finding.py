"""Commands that find persons and cases: search, person, persons, case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.names import described, few, name_of, tier_word
from backend.cli.options import Json, Limit
from graph_schema.language import Text
from graph_schema.store import LOCAL
from viz.text.phrases import day
from viz.text.words import CHIP

if TYPE_CHECKING:
    from backend.contract.cases import CasePage
    from backend.contract.chains import Chain
    from backend.contract.persons import DrugFact


def persons_command(limit: Limit = None, as_json: Json = False) -> None:
    """列出全部持有人及其标识。 / List every holder with all identifiers."""
    from backend import answers

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
    from backend import answers

    with errors(), store() as graph:
        found = answers.find_person(graph, LOCAL, query, limit=limit or 20)
    if as_json:
        emit(found)
        return
    for entry in found["persons"]:
        person = entry["person"]
        show(
            name_of(person),
            [Text("栏目", "field"), Text("内容", "value")],
            [
                [Text("编号", "id"), person["id"]],
                [Text("姓名", "name"), person["name"]],
                [Text("身份证号", "resident id"), person["resident_id"]],
                [Text("电话", "phones"), "\n".join(person["phones"])],
                [Text("账号", "accounts"), "\n".join(person["accounts"])],
            ],
        )
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
    from backend import answers

    with errors(), store() as graph:
        found = answers.case_page(graph, LOCAL, case_no)
    if as_json:
        emit(found)
        return
    _show_case(found)


def _show_case(page: CasePage) -> None:
    """What a case is, who stands in it, what was seized, and where its chains lead."""
    case = page["case"]
    heading = [Text("栏目", "field"), Text("内容", "value")]
    rows = described("Case", case)
    rows.append([Text("数量档次", "tier"), tier_word(case["tier"])])
    show(told(f"案件 {case['case_no']}", f"Case {case['case_no']}"), heading, rows)
    show(
        told("涉案人员", "Persons involved"),
        [
            Text("姓名", "name"),
            Text("登记身份", "recorded as"),
            Text("抓获", "arrested"),
            Text("来源", "rows"),
        ],
        [
            [
                name_of(each["person"]) if each["person"] else each["name"],
                each["role"],
                day(each["arrested_at"]),
                few(each["evidence"]),
            ]
            for each in page["people"]
        ],
    )
    for seizure in page["seizures"]:
        show(told("缴获", "Seizure"), heading, described("Seizure", seizure))
    if not page["chains"]:
        say("本案没有链条。", "No chain starts from this case.")
    for n, chain in enumerate(page["chains"], start=1):
        _say_chain(n, chain)
    if reached := page["reached_by"]:
        cases = "，".join(dict.fromkeys(each["case_no"] for each in reached))
        say(f"以下案件的链条可延伸至本案：{cases}", f"Chains of these cases may reach it: {cases}")


def _say_chain(n: int, chain: Chain) -> None:
    way = " → ".join(name_of(person) for person in chain["persons"])
    state = CHIP[chain["status"]]
    say(
        f"链条 {n}（{state.zh}，强度 {chain['strength']:.2f}）：{way}",
        f"Chain {n} ({state.en}, strength {chain['strength']:.2f}): {way}",
    )


def search_command(query: str, limit: Limit = 20, as_json: Json = False) -> None:
    """查找人员、号码、账户、案件、车辆。 / Search persons, numbers, accounts, cases and vehicles."""
    from backend import answers

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


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("persons")(persons_command)
    app.command("person")(person_command)
    app.command("case")(case_command)
    app.command("search")(search_command)
