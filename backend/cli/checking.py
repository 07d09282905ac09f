"""``upline checks``: what was found when loads were checked for lost data."""

from __future__ import annotations

from typing import Annotated

import typer

from backend import answers
from backend.cli.console import emit, errors, say, store
from backend.cli.options import Json
from etl.checks.kept import SILENT
from graph_schema.store import LOCAL, Store


def checks_command(
    load: Annotated[
        str | None, typer.Argument(help="批次号，默认为全部 / load number, all by default")
    ] = None,
    as_json: Json = False,
) -> None:
    """显示查缺核对的结果。 / Show what the checks for missing data found."""
    with errors(), store() as graph:
        wanted = [load] if load else _all(graph)
        found = [answers.checks(graph, LOCAL, number) for number in wanted]
    if as_json:
        emit({"loads": found})
        return
    told_of = [
        (one["load"], file["path"], check)
        for one in found
        for file in one["files"]
        for check in file["checks"]
    ]
    for load_no, path, check in told_of:
        if check["kind"] not in SILENT:
            line = f"{load_no} {path} {check['sheet']}".rstrip()
            say(f"{line}：{check['zh']}", f"{line}: {check['en']}")
    files = sum(len(one["files"]) for one in found)
    doubtful = len({path for _, path, check in told_of if check["kind"] not in SILENT})
    say(
        f"核对文件 {files} 个，其中 {doubtful} 个有疑点。各文件的起止时间见 --json。",
        f"{files} files checked, {doubtful} with findings. --json also lists the period of each file.",
    )


def _all(graph: Store) -> list[str]:
    rows = graph.read(LOCAL, "load.sources", timeout=60.0)
    return list(dict.fromkeys(str(row["load"]) for row in rows))


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("checks")(checks_command)
