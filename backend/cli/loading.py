"""``upline load``, ``loads`` and ``unload``."""

from __future__ import annotations

import getpass
import signal
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, TypedDict

import typer

from backend.answers.shape import day_edge
from backend.cli.console import NOTHING_DONE, WITH_REJECTS, ProgressLine, emit, errors, say, show, store, told
from backend.cli.load_report import kind_name, print_report
from backend.cli.watching import look_and_tell
from backend.security.audited import recorded
from etl.sources.templates import write_templates
from etl.writing.initial import load_initial
from etl.writing.load import FileReport, LoadOptions, LoadReport, Stopped, load
from etl.writing.unload import unload, would_go
from graph_schema.beijing import moment
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

DAYS = ["%Y-%m-%d"]


def load_command(
    paths: Annotated[
        list[Path],
        typer.Argument(help="文件、文件夹或压缩包 / files, folders or archives", show_default=False),
    ],
    case: Annotated[str | None, typer.Option(help="所属案件编号 / case these files belong to")] = None,
    basis: Annotated[str | None, typer.Option(help="文书号、用途、期限 / legal basis")] = None,
    unit: Annotated[str | None, typer.Option(help="单位 / unit")] = None,
    marking: Annotated[str | None, typer.Option(help="标记，如特情、技侦、未成年人 / marking")] = None,
    purpose: Annotated[str | None, typer.Option(help="用途 / purpose")] = None,
    use_until: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="使用期限 / may be used until")
    ] = None,
    asked_from: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="调取起始日期 / start of the requested period")
    ] = None,
    asked_until: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="调取截止日期 / end of the requested period")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="只读取和清点，不写入 / read and count only")] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(help="压缩包或 PDF 的密码所在文件 / file with the password of archives and PDFs"),
    ] = None,
    initial: Annotated[
        bool,
        typer.Option(
            help="首次导入空库，一次写成，仅内置数据库 / first load into an empty embedded database"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """导入文件，逐行清点。 / Load files and account for every row."""
    with errors():
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise InputError(
                Text(
                    f"没有这个文件或文件夹：{'，'.join(missing)}",
                    f"No such file or folder: {', '.join(missing)}",
                )
            )
        if initial and dry_run:
            raise InputError(
                Text(
                    "--initial 与 --dry-run 不能同用。",
                    "Use either --initial or --dry-run, not both.",
                )
            )
        options = LoadOptions(
            case,
            basis,
            unit,
            marking,
            dry_run,
            _password(password_file),
            purpose=purpose,
            use_until=day_edge(use_until, last=True),
            asked_from=day_edge(asked_from),
            asked_until=day_edge(asked_until, last=True),
        )
        progress = ProgressLine()
        stopped = _Interrupt()
        try:
            asked = {"paths": [str(path) for path in paths], **asdict(options), "password": None}
            with recorded(LOCAL, "load", asked | {"initial": initial}) as trace:
                if initial:
                    report = load_initial(paths, options, progress, stopped.asked)
                else:
                    with store() as graph:
                        report = load(graph, paths, options, progress, stopped.asked)
                        if report.load and not dry_run:
                            look_and_tell(graph)
                trace.tell(load_json(report))
        except Stopped:
            say("已停止，未写入任何内容。", "Stopped; nothing was written.")
            raise typer.Exit(NOTHING_DONE) from None
        progress.end()
    if as_json:
        emit(load_json(report))
    else:
        print_report(report)
    if not any(file.state in {"loaded", "known"} for file in report.files):
        raise typer.Exit(NOTHING_DONE if report.files == [] else WITH_REJECTS)
    if any(file.state == "refused" or file.rejected for file in report.files):
        raise typer.Exit(WITH_REJECTS)


def loads_command(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """列出导入批次及其文件。 / List loads and their files."""
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
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """撤销一次导入，其他文件也能证明的内容保留。 / Take a load out again; what other files also prove stays."""
    with errors():
        if dry_run:
            _look(load_id, as_json)
            return
        progress = ProgressLine()
        with store() as graph, recorded(LOCAL, "unload", {"load": load_id}, (load_id,)) as trace:
            report = unload(graph, load_id, progress)
            look_and_tell(graph)
            trace.tell(load_json(report))
        progress.end()
    if as_json:
        emit(load_json(report))
    else:
        say(f"已撤销 {len(report.files)} 个文件。", f"{len(report.files)} files taken out.")


def _look(load_id: str, as_json: bool) -> None:
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
    declared = load_declaration()
    known = declared.labels.get(name) or declared.relationships.get(name)
    return told(known.zh, known.en) if known else name


def templates_command(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹 / folder to write to")] = Path("templates"),
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """写出各类登记表的空白模板，每表附一行虚构示例。 / Write empty tables to fill in, each with one invented example row."""
    with errors():
        written = write_templates(folder)
    if as_json:
        emit({"files": [str(path) for path in written]})
    else:
        say(f"已写入 {len(written)} 个模板：{folder}", f"{len(written)} templates written to {folder}")


class _Interrupt:
    """Ctrl-C stops between two batches of rows, so that nothing is half read."""

    def __init__(self) -> None:
        self._asked = False
        signal.signal(signal.SIGINT, self._note)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True

    def asked(self) -> bool:
        return self._asked


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    if str(file) == "-":
        return getpass.getpass("password: ")
    return file.read_text(encoding="utf-8-sig").rstrip("\r\n")


class LoadTold(TypedDict):
    """A load as the command line prints it."""

    load: int
    files: list[FileTold]
    events: dict[str, int]


FileTold = dict[str, Any]  # a report of the loader as it is, field by field


def load_json(report: LoadReport) -> LoadTold:
    """The JSON contract of ``upline load``."""
    return {
        "load": report.load,
        "files": [_file_json(file) for file in report.files],
        "events": report.events,
    }


def _file_json(file: FileReport) -> FileTold:
    return asdict(file)


def _time(at: int | None) -> str:
    return "" if at is None else moment(at).strftime("%Y-%m-%d %H:%M")


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("load")(load_command)
    app.command("loads")(loads_command)
    app.command("unload")(unload_command)
    app.command("templates")(templates_command)
