"""``upline serve`` and ``upline doctor``."""

from __future__ import annotations

import shutil
from typing import Annotated, Any

import psutil
import typer

from backend.cli.console import NOTHING_DONE, emit, errors, say, store
from graph_schema.home import upline_home
from graph_schema.store import LOCAL
from viz.fonts import font_file


def serve_command(
    host: Annotated[str, typer.Option(help="缺省只对本机开放 / loopback only by default")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
) -> None:
    """启动工作台服务。 / Start the service."""
    from backend.api import serve

    with errors():
        serve(host=host, port=port)


def doctor_command(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """检查运行环境：数据库、内存、磁盘、字体。 / Check database, memory, disk, font."""
    with errors():
        found: dict[str, Any] = {
            "home": str(upline_home()),
            "memory_gb": round(psutil.virtual_memory().available / 1e9, 1),
            "disk_gb": round(shutil.disk_usage(upline_home()).free / 1e9, 1),
            "font": str(font_file()),
        }
        with store() as graph:
            found["database"] = "embedded" if graph.embedded else "server"
            found["files"] = len(graph.read(LOCAL, "load.sources", timeout=60.0))
    if as_json:
        emit(found)
    else:
        say(
            f"运行环境正常：数据库 {found['database']}，可用内存 {found['memory_gb']} GB，可用磁盘 {found['disk_gb']} GB",
            f"All well: database {found['database']}, memory {found['memory_gb']} GB, disk {found['disk_gb']} GB",
        )
    if found["disk_gb"] < 1:
        say("磁盘空间不足 1 GB。", "Less than 1 GB of disk left.")
        raise typer.Exit(NOTHING_DONE)


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("serve")(serve_command)
    app.command("doctor")(doctor_command)
