"""``upline users …``: who may sign in to the service besides the owner of this installation, and as what."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.answers import administration
from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.options import Json
from backend.contract.administration import OneUser, UserShown
from backend.security.rights import ROLES
from graph_schema.store import LOCAL

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

Name = Annotated[str, typer.Argument(help="用户名 / user name")]
Role = Annotated[str, typer.Option("--role", help=" | ".join(ROLES))]


@app.command("list")
def list_command(as_json: Json = False) -> None:
    """列出用户及其角色。 / List the users with their roles."""
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
    """添加用户，口令只显示一次。 / Add a user and show his token once."""
    with errors(), store() as graph:
        _told(administration.add_user(graph, LOCAL, name, role, shown=shown), as_json)


@app.command("role")
def role_command(name: Name, role: Role, as_json: Json = False) -> None:
    """更改角色，下一次请求起生效。 / Change a user's role from his next request."""
    with errors(), store() as graph:
        _told(administration.change_role(graph, LOCAL, name, role), as_json)


@app.command("renew")
def renew_command(name: Name, as_json: Json = False) -> None:
    """换发口令，旧口令立即失效。 / Give a user a new token; the old one stops working at once."""
    with errors(), store() as graph:
        _told(administration.renew_user(graph, LOCAL, name), as_json)


@app.command("end")
def end_command(name: Name, as_json: Json = False) -> None:
    """立即停用用户，用户名不再给他人使用。 / End a user at once; his name is never reused."""
    with errors(), store() as graph:
        _told(administration.end_user(graph, LOCAL, name), as_json)


_HEADINGS = ["用户名 name", "姓名 shown", "角色 role", "添加 made", "停用 ended"]


def _cells(user: UserShown) -> list[str]:
    return [user["name"], user["shown"], user["role"], user["made_at"][:10], (user["ended_at"] or "")[:10]]


def _told(found: OneUser, as_json: bool) -> None:
    if as_json:
        return emit(found)
    show(told("用户", "User"), _HEADINGS, [_cells(found["user"])])
    if found["token"]:
        say(
            f"口令（只显示这一次，请当面交给本人）：{found['token']}",
            f"Token (shown this once; hand it over in person): {found['token']}",
        )
