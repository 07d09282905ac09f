"""``upline checks``: what was found when loads were checked for lost data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, store
from backend.cli.options import Json
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.loads import CheckedFile
    from graph_schema.store import Store

SHOWN = 3
"""Findings listed of one file."""


def checks_command(
    load: Annotated[
        str | None, typer.Argument(help="批次号，默认为全部 / load number, all by default")
    ] = None,
    as_json: Json = False,
) -> None:
    """显示查缺核对的结果。 / Show what the checks for missing data found."""
    from backend import answers

    with errors(), store() as graph:
        wanted = [load] if load else _all(graph)
        found = [answers.checks(graph, LOCAL, number) for number in wanted]
    if as_json:
        emit({"loads": found})
        return
    doubtful = [_say_findings(one["load"], file) for one in found for file in one["files"]]
    say(
        f"核对文件 {len(doubtful)} 个，其中 {sum(doubtful)} 个有疑点。各文件的起止时间见 --json。",
        f"{len(doubtful)} files checked, {sum(doubtful)} with findings. --json also lists the period of each file.",
    )


def _say_findings(load: str, file: CheckedFile) -> bool:
    """The first findings about a file and how many more there are; False where there is none."""
    from etl.checks.kept import SILENT

    found = [check for check in file["checks"] if check["kind"] not in SILENT]
    if not found:
        return False
    say(
        f"第 {load} 批 {file['path']}（{len(found)} 处）",
        f"load {load}, {file['path']} ({len(found)} findings)",
    )
    for check in found[:SHOWN]:
        sheet = f"{check['sheet']} " if check["sheet"] else ""
        say(f"  {sheet}{check['zh']}", f"  {sheet}{check['en']}")
    if (more := len(found) - SHOWN) > 0:
        say(f"  … 另有 {more} 处，见 --json", f"  … {more} more, see --json")
    return True


def _all(graph: Store) -> list[str]:
    rows = graph.read(LOCAL, "load.sources", timeout=60.0)
    return list(dict.fromkeys(str(row["load"]) for row in rows))


def register(app: typer.Typer) -> None:
    """Add the command to the main one."""
    app.command("checks")(checks_command)
