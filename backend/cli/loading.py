"""``upline load`` and ``templates``: files in, every row accounted for."""

from __future__ import annotations

import getpass
import signal
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import NOTHING_DONE, WITH_REJECTS, ProgressLine, emit, errors, say, store
from backend.cli.load_report import load_json, print_report
from backend.cli.options import DAYS, Compartment, Json
from backend.cli.watching import look_and_tell
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from etl.writing.load import LoadOptions, LoadReport

Files = Annotated[
    list[Path],
    typer.Argument(help="文件、文件夹或压缩包 / files, folders or archives", show_default=False),
]
UseUntil = Annotated[datetime | None, typer.Option(formats=DAYS, help="使用期限 / may be used until")]
AskedFrom = Annotated[
    datetime | None, typer.Option(formats=DAYS, help="调取起始日期 / start of the requested period")
]
AskedUntil = Annotated[
    datetime | None, typer.Option(formats=DAYS, help="调取截止日期 / end of the requested period")
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="压缩包或 PDF 的密码所在文件 / file with the password of archives and PDFs"),
]
Initial = Annotated[
    bool,
    typer.Option(help="首次导入空库，一次写成，仅内置数据库 / first load into an empty embedded database"),
]

Keep = Annotated[
    bool,
    typer.Option(help="留存每个文件的副本，供日后核验 / keep a copy of each file to verify against later"),
]


def load_command(
    paths: Files,
    case: Annotated[str | None, typer.Option(help="所属案件编号 / case these files belong to")] = None,
    basis: Annotated[str | None, typer.Option(help="文书号、用途、期限 / legal basis")] = None,
    unit: Annotated[str | None, typer.Option(help="单位 / unit")] = None,
    marking: Annotated[str | None, typer.Option(help="标记，如特情、技侦、未成年人 / marking")] = None,
    purpose: Annotated[str | None, typer.Option(help="用途 / purpose")] = None,
    use_until: UseUntil = None,
    asked_from: AskedFrom = None,
    asked_until: AskedUntil = None,
    compartment: Compartment = None,
    dry_run: Annotated[bool, typer.Option(help="只读取和清点，不写入 / read and count only")] = False,
    password_file: PasswordFile = None,
    initial: Initial = False,
    keep: Keep = False,
    as_json: Json = False,
) -> None:
    """导入文件，逐行清点。 / Load files and account for every row."""
    from backend.answers.shape import day_edge
    from etl.writing.load import LoadOptions

    with errors():
        _refuse_wrong_use(paths, initial, dry_run)
        options = LoadOptions(
            case,
            basis,
            unit,
            marking,
            dry_run,
            password_of(password_file),
            purpose=purpose,
            use_until=day_edge(use_until, last=True),
            asked_from=day_edge(asked_from),
            asked_until=day_edge(asked_until, last=True),
            compartment=compartment,
            keep=keep,
        )
        report = _loaded(paths, options, initial)
    if as_json:
        emit(load_json(report))
    else:
        print_report(report)
    if not any(file.state in {"loaded", "known"} for file in report.files):
        raise typer.Exit(NOTHING_DONE if report.files == [] else WITH_REJECTS)
    if any(file.state == "refused" or file.rejected for file in report.files):
        raise typer.Exit(WITH_REJECTS)


def _refuse_wrong_use(paths: Sequence[Path], initial: bool, dry_run: bool) -> None:
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
            Text("--initial 与 --dry-run 不能同用。", "Use either --initial or --dry-run, not both.")
        )


def _loaded(paths: list[Path], options: LoadOptions, initial: bool) -> LoadReport:
    """Load with an audit record; Ctrl-C ends the command with nothing written."""
    from backend.security.audited import recorded
    from etl.writing.initial import load_initial
    from etl.writing.load import Stopped, load

    progress = ProgressLine()
    stopped = Interrupt()
    asked: dict[str, object] = {"paths": [str(path) for path in paths], **asdict(options), "password": None}
    try:
        asked["initial"] = initial
        with recorded(LOCAL, "load", asked, changes=not options.dry_run) as trace:
            if initial:
                report = load_initial(paths, options, progress, stopped.asked)
            else:
                with store() as graph:
                    report = load(graph, paths, options, progress, stopped.asked)
                    if report.load and not options.dry_run:
                        look_and_tell(graph)
            trace.tell(load_json(report))
    except Stopped:
        say("已停止，未写入任何内容。", "Stopped; nothing was written.")
        raise typer.Exit(NOTHING_DONE) from None
    progress.end()
    return report


def templates_command(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹 / folder to write to")] = Path("templates"),
    as_json: Json = False,
) -> None:
    """写出各类登记表的空白模板，每表附一行虚构示例。 / Write empty tables to fill in, each with one invented example row."""
    from etl.sources.templates import write_templates

    with errors():
        written = write_templates(folder)
    if as_json:
        emit({"files": [str(path) for path in written]})
    else:
        say(f"已写入 {len(written)} 个模板：{folder}", f"{len(written)} templates written to {folder}")


class Interrupt:
    """Ctrl-C stops between two batches of rows, so that nothing is half read."""

    def __init__(self) -> None:
        self._asked = False
        signal.signal(signal.SIGINT, self._note)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True

    def asked(self) -> bool:
        return self._asked


def password_of(file: Path | None) -> str | None:
    """The password in a file, typed in where the file is ``-``; None without one."""
    if file is None:
        return None
    if str(file) == "-":
        return getpass.getpass("password: ")
    return file.read_text(encoding="utf-8-sig").rstrip("\r\n")


def register(app: typer.Typer) -> None:
    """Add the commands to the main one."""
    app.command("load")(load_command)
    app.command("templates")(templates_command)
