"""``upline serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import errors


def serve_command(
    host: Annotated[str, typer.Option(help="缺省只对本机开放 / loopback only by default")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
) -> None:
    """启动工作台服务。 / Start the service and its workbench."""
    from backend.api import serve  # the service's libraries take a second to import, other commands need none

    with errors():
        serve(host=host, port=port)


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("serve")(serve_command)
