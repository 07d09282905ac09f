"""``upline loads`` and ``unload``: what was loaded, and taking it out again."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.console import ProgressLine, emit, errors, say, show, store, told
from backend.cli.load_report import kind_name, load_json
from backend.cli.options import Json
from backend.cli.watching import look_and_tell
from graph_schema.beijing import moment
from graph_schema.language import Text
from graph_schema.store import LOCAL


def loads_command(
    as_json: Json = False,
) -> None:
    """列出导入批次及其文件。 / List loads and their files."""
    from backend.security.audited import recorded

    with errors(), store() as graph, recorded(LOCAL, "loads", {}) as trace:
        rows = graph.read(LOCAL, "load.sources", timeout=60.0)
        trace.tell({"loads": rows})
    if as_json:
        emit({"loads": rows})
        return
    show(
        "",
        told(
            "批次 文件 类型 读取 装入 重复 拒收 排除 时间 依据 用途 使用期限",
            "load path kind read loaded duplicate rejected excluded at basis purpose use-until",
        ).split(),
        [
            [
                r["load"],
                r["path"],
                kind_name(r["kind"]),
                r["read"],
                r["loaded"],
                r["duplicate"],
                r["rejected"],
                r["excluded"],
                _time(r["loaded_at"]),
                r["basis"] or "",
                r["purpose"] or "",
                _time(r["use_until"])[:10],
            ]
            for r in rows
        ],
    )


def unload_command(
    load_id: Annotated[
        str,
        typer.Argument(
            help="批次号，或文件摘要前 12 位 / load number, or first 12 digits of a file's SHA-256"
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option(help="只清点将撤销的内容，不改动 / count what would be removed, change nothing")
    ] = False,
    as_json: Json = False,
) -> None:
    """撤销一次导入，其他文件也能证明的内容保留。 / Take a load out again; what other files also prove stays."""
    from backend.security.audited import recorded
    from etl.writing.unload import unload

    with errors():
        if dry_run:
            _look(load_id, as_json)
            return
        progress = ProgressLine()
        about = {"load": load_id}
        with store() as graph, recorded(LOCAL, "unload", about, (load_id,), changes=True) as trace:
            report = unload(graph, load_id, progress)
            look_and_tell(graph)
            trace.tell(load_json(report))
        progress.end()
    if as_json:
        emit(load_json(report))
    else:
        say(f"已撤销 {len(report.files)} 个文件。", f"{len(report.files)} files taken out.")


def _look(load_id: str, as_json: bool) -> None:
    from backend.security.audited import recorded
    from etl.writing.unload import would_go

    with store() as graph, recorded(LOCAL, "unload.look", {"load": load_id}, (load_id,)) as trace:
        found = would_go(graph, load_id)
        trace.tell(found)
    if as_json:
        emit(found)
        return
    show(
        told(
            f"{len(found['files'])} 个文件，{found['rows']} 行",
            f"{len(found['files'])} files, {found['rows']} rows",
        ),
        [Text("类型", "kind"), Text("撤销", "gone"), Text("保留但证据减少", "kept with less evidence")],
        [
            *([_called(rel), n["gone"], n["changed"]] for rel, n in found["events"].items()),
            *([_called(label), n, ""] for label, n in found["nodes"].items()),
            [_called("Record"), found["records"], ""],
        ],
    )


def _called(name: str) -> str:
    """What a label or relationship is called."""
    from graph_schema.declaration import load_declaration

    declared = load_declaration()
    known = declared.labels.get(name) or declared.relationships.get(name)
    return told(known.zh, known.en) if known else name


def _time(at: int | None) -> str:
    return "" if at is None else moment(at).strftime("%Y-%m-%d %H:%M")


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("loads")(loads_command)
    app.command("unload")(unload_command)
