"""``upline gangs`` and ``gang``: candidates, their members and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, terminal_language, told
from backend.cli.names import gang_title, name_of
from backend.cli.options import Json, Limit
from graph_schema.language import Text, spoken
from graph_schema.store import LOCAL
from viz.text.phrases import reason_text
from viz.text.words import role_name

if TYPE_CHECKING:
    from backend.contract.gangs import Member


def gangs_command(
    min_size: Annotated[int, typer.Option(min=1)] = 3, limit: Limit = None, as_json: Json = False
) -> None:
    """列出团伙候选及成员角色。 / List gang candidates with the roles of their members."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.gangs(graph, LOCAL, min_size=min_size, limit=limit)
    if as_json:
        emit(found)
        return
    for gang in found["gangs"]:
        show(
            told(
                f"{gang_title(gang).zh}（{len(gang['members'])} 人，强度 {gang['score']:.2f}）",
                f"{gang_title(gang).en} ({len(gang['members'])} members, strength {gang['score']:.2f})",
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


def gang_command(gang_id: str, as_json: Json = False) -> None:
    """显示一个团伙候选的全部内容。 / Show one gang candidate in full."""
    from backend import answers

    with errors(), store() as graph:
        found = answers.gang_page(graph, LOCAL, gang_id)
    if as_json:
        emit(found)
        return
    members = found["gang"]["members"]
    names = {m["person"]["id"]: name_of(m["person"]) for m in members}
    show(
        spoken(gang_title(found["gang"])),
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
        reason_text(reason, terminal_language(), names) for reason in member["reasons"]
    )


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("gangs")(gangs_command)
    app.command("gang")(gang_command)
