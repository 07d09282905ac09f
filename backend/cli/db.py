"""``upline db …``, ``upline doctor``, ``upline bundle``: the database and what Upline needs to run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import NOTHING_DONE, ProgressLine, emit, errors, say, show, told
from backend.cli.options import Json
from graph_schema.errors import InputError
from graph_schema.home import upline_home
from graph_schema.language import Text, spoken
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from graph_schema.store import doctor as doctors

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

BackupPasswordFile = Annotated[
    Path | None,
    typer.Option(help="备份密码所在文件，- 为当场输入 / file with the password of the backup, - asks for it"),
]
Force = Annotated[bool, typer.Option("--force", help="即使有进程在使用 / even if other processes use it")]


@app.command()
def start(as_json: Json = False) -> None:
    """启动数据库，闲置一段时间后自动停止。 / Start the database, which stops after a while without use."""
    from graph_schema.store import Store, embedded

    with errors():
        with Store.connect() as store:
            migrated = store.migrated
        state = asdict(embedded.status(upline_home()))
        if as_json:
            emit({**state, "server": _outside(), "migrated": migrated})
        elif outside := _outside():
            say(f"已连接 {outside}", f"connected to {outside}")
        else:
            say(f"数据库运行中，端口 {state['port']}", f"the database is running, port {state['port']}")


@app.command()
def stop(as_json: Json = False) -> None:
    """立即停止数据库（含历史数据的），并列出正在使用的进程。 / Stop the databases now and name the processes using them."""
    from etl.writing import past
    from graph_schema.store import embedded

    with errors():
        home = upline_home()
        stopped, using = embedded.stop(home)
        for then in past.homes(home):
            stopped_then, using_then = embedded.stop(then)
            stopped, using = stopped or stopped_then, [*using, *using_then]
        if as_json:
            emit({"stopped": stopped is not None, "pid": stopped.pid if stopped else None, "clients": using})
        elif stopped is None:
            say("数据库没有在运行", "the database was not running")
        else:
            say("数据库已停止", "the database has stopped")
            if using:
                pids = ", ".join(map(str, using))
                say(f"以下进程正在使用：{pids}", f"it was in use by process {pids}")


@app.command()
def status(as_json: Json = False) -> None:
    """显示数据库状态，不启动数据库。 / Show whether the database runs, without starting it."""
    from graph_schema.store import embedded

    with errors():
        state = asdict(embedded.status(upline_home()))
        if as_json:
            emit({**state, "server": _outside()})
            return
        rows = [[name, value] for name, value in {**state, "server": _outside()}.items()]
        show(told("数据库", "Database"), ["", ""], rows)


@app.command()
def backup(
    file: Path, password_file: BackupPasswordFile = None, force: Force = False, as_json: Json = False
) -> None:
    """备份到一个文件，期间数据库停止。 / Back up everything to one file; the database is stopped meanwhile."""
    from backend.security.audited import recorded
    from graph_schema.store import backup as backups

    with errors(), recorded(LOCAL, "db.backup", {}, (file.name,)):
        secret = _secret(password_file, twice=True)
        made = backups.backup(upline_home(), file, force=force, secret=secret)
        if secret is None:
            note = told(
                "备份未加密，其中不含口令和用户；加密请用 --password-file。",
                "The backup is not encrypted and holds neither token nor users; encrypt it by --password-file.",
            )
            typer.echo(note, err=True)
        if as_json:
            emit({"file": str(made.file), "bytes": made.size, "files": made.files, "neo4j": made.neo4j})
        else:
            say(f"已备份：{made.file}，{made.size:,} 字节", f"backed up: {made.file}, {made.size:,} bytes")


@app.command()
def restore(
    file: Path, password_file: BackupPasswordFile = None, force: Force = False, as_json: Json = False
) -> None:
    """从备份恢复，现有数据另存；用户和审计记录不变。 / Restore a backup and keep the present data aside; users and audit stay."""
    from backend.security.audited import recorded
    from graph_schema.store import backup as backups

    with errors(), recorded(LOCAL, "db.restore", {}, (file.name,), changes=True):
        secret = _secret(password_file, twice=False)
        made = backups.restore(upline_home(), file, force=force, secret=secret)
        kept = str(made.before) if made.before else None
        if as_json:
            emit({"file": str(made.file), "files": made.files, "neo4j": made.neo4j, "before": kept})
        else:
            say(f"已恢复：{made.file}", f"restored: {made.file}")
            if kept:
                say(
                    f"原有数据保存在 {kept}，确认后可删除",
                    f"the former state is in {kept}; delete it when you are sure",
                )


def _secret(file: Path | None, *, twice: bool) -> str | None:
    """The password of a backup, from its file or from whoever sits there; None without one."""
    if file is None:
        return None
    if str(file) == "-":
        asked = told("备份密码", "Password of the backup")
        return str(typer.prompt(asked, hide_input=True, confirmation_prompt=twice, err=True))
    try:
        return file.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Text(f"{file}：读不出备份密码。", f"{file}: no password of a backup can be read from it")
        ) from error


def _outside() -> str | None:
    """Address of a server named by the environment, None for the embedded one."""
    from graph_schema.store import address

    where = address.from_environment()
    return where.uri if where else None


def doctor(as_json: Json = False) -> None:
    """检查运行环境，并说明怎么办。 / Check the installation and say what to do."""
    from graph_schema.store import doctor as doctors

    with errors():
        found = [*doctors.examine(upline_home()), _audit()]
        bad = any(check.ok is False for check in found)
        if as_json:
            emit({"ok": not bad, "checks": [asdict(check) for check in found]})
        else:
            marks = {True: told("正常", "ok"), None: told("注意", "note"), False: told("故障", "error")}
            rows = [
                [
                    marks[check.ok],
                    told(check.zh, check.name),
                    spoken(check.detail),
                    "" if check.ok else spoken(check.advice),
                ]
                for check in found
            ]
            show(told("体检", "Doctor"), ["", "", "", ""], rows)
        if bad:
            raise typer.Exit(NOTHING_DONE)


def _audit() -> doctors.Check:
    """Whether the audit log is whole and its end kept outside as well."""
    from backend.security.audited import audit_log
    from backend.security.checking import alarm, checked
    from graph_schema.store import doctor as doctors

    log = audit_log()
    found, known = checked(log), log.known()
    if not found.good:
        return doctors.Check("audit", _AUDIT, False, alarm(found), _AUDIT_BAD)
    count = Text(f"{found.records} 条记录，完整", f"{found.records} records, whole")
    if found.reason or known.trouble:
        return doctors.Check("audit", _AUDIT, False, found.reason or known.trouble, _AUDIT_PLACE)
    return doctors.Check(
        "audit", _AUDIT, True if log.anchor else None, count, "" if log.anchor else _AUDIT_PLACE
    )


_AUDIT = "审计日志"
_AUDIT_BAD = Text(
    "保留现有文件，查明谁在何时改动了它们", "keep the files; find out who changed them, and when"
)
_AUDIT_PLACE = Text(
    "把 UPLINE_AUDIT_ANCHOR 设为另一块磁盘或另一台机器上的文件夹，链头会写到那里",
    "set UPLINE_AUDIT_ANCHOR to a folder on another disk or machine; the heads of the log are kept there",
)


def rebuild(as_json: Json = False) -> None:
    """数据库损坏或丢失时重建。 / Rebuild a damaged or lost database from the files kept beside it."""
    from backend import deeds
    from backend.security.audited import recorded
    from etl.writing import rebuild as rebuilding
    from etl.writing.load import Progress

    with errors():
        home, progress = upline_home(), ProgressLine()
        if outside := _outside():
            raise InputError(
                Text(
                    f"只重建内置数据库，而当前使用 {outside}。",
                    f"Only the embedded database is made anew, not {outside}.",
                )
            )
        said: list[int] = []
        with recorded(LOCAL, "rebuild", {}, changes=True) as trace:
            before = rebuilding.rebuild(
                home,
                lambda done, total: progress(Progress("writing", done, total)),
                lambda store: said.append(deeds.replay(home, store)),
            )
            told_of = {"deeds": said[0], "before": str(before) if before else None}
            trace.tell(told_of)
        progress.end()
        if as_json:
            emit(told_of)
            return
        say(
            f"数据库已重建，判断、线索和关注条件 {said[0]} 项已恢复。",
            f"The database is made anew, with {said[0]} deeds.",
        )
        if before:
            say(
                f"原数据库保存在 {before}，确认后可删除。",
                f"The old one is kept in {before}; delete it when sure.",
            )
        say("请运行 upline analyse 重新研判。", "Run upline analyse for the persons, gangs and chains.")


def bundle(folder: Path, as_json: Json = False) -> None:
    """制作离线安装包。 / Write a folder for installation without a network."""
    from graph_schema.store import bundle as bundles

    with errors():
        made = bundles.bundle(folder)
        if as_json:
            emit({"folder": str(made.folder), "bytes": made.size, "files": made.files})
        else:
            size = made.size / 1e6
            say(
                f"已写入 {made.folder}（{size:,.0f} MB）；在目标机器上运行 python install.py 目标文件夹",
                f"{made.folder}: {size:,.0f} MB; on the other machine run python install.py FOLDER",
            )


def register(main: typer.Typer) -> None:
    """Add the commands of this family that stand on the first level."""
    main.command()(doctor)
    main.command()(rebuild)
    main.command()(bundle)
