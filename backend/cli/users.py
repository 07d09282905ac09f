"""``upline users …``: who may sign in to the service besides the owner of this installation, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.options import Json
from backend.security.rights import ROLES
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.administration import OneUser, UserShown

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

Name = Annotated[str, typer.Argument(help="用户名 / user name")]
Role = Annotated[str, typer.Option("--role", help=" | ".join(ROLES))]


@app.command("list")
def list_command(as_json: Json = False) -> None:
    """列出用户及其角色。 / List the users with their roles."""
    from backend.answers import administration

    with errors(), store() as graph:
        found = administration.users(graph, LOCAL)
    if as_json:
        return emit(found)
    show(told("用户", "Users"), _HEADINGS, [_cells(user) for user in found["users"]])


@app.command("add")
def add_command(
    name: Name,
    role: Role,
    shown: Annotated[str, typer.Option(help="姓名 / full name")] = "",
    as_json: Json = False,
) -> None:
    """添加用户，一次性代码只显示一次。 / Add a user and show his one-time code once."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.add_user(graph, LOCAL, name, role, shown=shown), as_json)


@app.command("role")
def role_command(name: Name, role: Role, as_json: Json = False) -> None:
    """更改角色，下一次请求起生效。 / Change a user's role from his next request."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.change_role(graph, LOCAL, name, role), as_json)


@app.command("compartments")
def compartments_command(
    name: Name,
    compartments: Annotated[
        list[str] | None, typer.Argument(help="知悉范围，不写则全部取消 / compartments; none takes all away")
    ] = None,
    as_json: Json = False,
) -> None:
    """设定用户的知悉范围，下一次请求起生效。 / Set the compartments a user may know of, from his next request."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.change_compartments(graph, LOCAL, name, compartments or []), as_json)


@app.command("renew")
def renew_command(name: Name, as_json: Json = False) -> None:
    """重发一次性代码，原密码立即失效。 / Give a user a new one-time code; his password stops working at once."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.renew_user(graph, LOCAL, name), as_json)


@app.command("confirm")
def confirm_command(name: Name, as_json: Json = False) -> None:
    """确认他人提出的变更。 / Confirm what another proposed for a user."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.confirm_user(graph, LOCAL, name), as_json)


@app.command("refuse")
def refuse_command(name: Name, as_json: Json = False) -> None:
    """退回待确认的变更。 / Drop what was proposed for a user."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.refuse_user(graph, LOCAL, name), as_json)


@app.command("end")
def end_command(name: Name, as_json: Json = False) -> None:
    """立即停用用户，用户名不再给他人使用。 / End a user at once; his name is never reused."""
    from backend.answers import administration

    with errors(), store() as graph:
        _told(administration.end_user(graph, LOCAL, name), as_json)


_HEADINGS = [
    "用户名 name",
    "姓名 shown",
    "角色 role",
    "添加 made",
    "停用 ended",
    "待确认 waiting",
    "知悉范围 compartments",
]


def _cells(user: UserShown) -> list[str]:
    waiting = user["waiting"]
    waits = f"{waiting['what']} {waiting['role']} ({waiting['by']})" if waiting else ""
    made, ended = user["made_at"][:10], (user["ended_at"] or "")[:10]
    known = "、".join(user["compartments"])
    return [user["name"], user["shown"], user["role"], made, ended, waits, known]


def _told(found: OneUser, as_json: bool) -> None:
    from backend.security.users import CODE_HOURS

    if as_json:
        return emit(found)
    show(told("用户", "User"), _HEADINGS, [_cells(found["user"])])
    code = found["code"]
    if code and found["user"]["waiting"]:
        say(
            f"须由另一名管理员确认。一次性代码的前半（只显示这一次，请当面交给本人）：{code}",
            f"Another administrator has to confirm it. First half of the one-time code (shown this once; hand it "
            f"over in person): {code}",
        )
    elif code and found["half"]:
        say(
            f"已确认。一次性代码的后半（只显示这一次，请当面交给本人）：{code}",
            f"Confirmed. Second half of the one-time code (shown this once; hand it over in person): {code}",
        )
    elif code:
        say(
            f"一次性代码（{CODE_HOURS} 小时内有效，只显示这一次，请当面交给本人）：{code}",
            f"One-time code (good for {CODE_HOURS} hours, shown this once; hand it over in person): {code}",
        )
