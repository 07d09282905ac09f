"""Brings the database program's jars into the shared cache: from a folder, else through ``jgo``.

``UPLINE_MAVEN_URL`` names a mirror where the public repository cannot be reached.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from jgo.constants import default_maven_repo
from jgo.maven import MavenContext

from graph_schema.errors import EngineError, UplineError
from graph_schema.language import Text, in_language
from graph_schema.store.jars import Jar, Lock, right
from graph_schema.store.say import Say

TRIES = 3
TOGETHER = 8
"""Downloads at the same time."""


class _Progress:
    """Says how many MB of how many have come, about every tenth."""

    def __init__(self, total: int, say: Say) -> None:
        self.total, self.say = total, say
        self.done = self.said = 0
        self.guard = threading.Lock()

    def add(self, size: int) -> None:
        with self.guard:
            self.done += size
            tenth = self.done * 10 // max(self.total, 1)
            if tenth > self.said:
                self.said = tenth
                self.say(f"Neo4j: {self.done / 1e6:.0f} of {self.total / 1e6:.0f} MB")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    shutil.copyfile(source, part)
    part.replace(target)


def _download(jar: Jar, folder: Path) -> Path:
    """Fetch one jar into a new folder under ``folder``; tried again after a network error."""
    mirror = os.environ.get("UPLINE_MAVEN_URL")
    repositories = {"mirror": mirror.rstrip("/")} if mirror else None
    for left in reversed(range(TRIES)):
        try:
            place = Path(tempfile.mkdtemp(dir=folder))
            context = MavenContext(repo_cache=place, remote_repos=repositories, timeout=60)
            component = context.project(jar.group, jar.artifact).at_version(jar.version)
            return Path(component.artifact(jar.classifier, "jar").resolve())
        except (OSError, RuntimeError, requests.RequestException):
            if not left:
                raise
            time.sleep(1)
    raise EngineError(Text(f"{jar.file}：多次尝试均未成功", f"{jar.file}: gave up"))


def _bring(jar: Jar, target: Path, sources: list[Path], download: Path | None) -> None:
    """Put one jar at ``target``, from a source folder or by download; raise EngineError."""
    for source in sources:
        if right(source / jar.path, jar):
            _put(source / jar.path, target)
            return
    if download is None:
        raise EngineError(
            Text(
                f"{sources[0]} 中的 {jar.file} 缺失或损坏，请重新制作安装包",
                f"{jar.file} is missing or damaged in {sources[0]}; make the bundle again",
            )
        )
    path = _download(jar, download)
    if not right(path, jar):
        raise EngineError(
            Text(
                f"获取到的 {jar.file} 与锁定的 sha256 不符，未安装",
                f"{jar.file} as fetched does not have the locked sha256; it was not installed",
            )
        )
    _put(path, target)


def _missing(folder: Path, error: Exception) -> str:
    told = error.text if isinstance(error, UplineError) else str(error)
    zh, en = (in_language(told, each) for each in ("zh", "en"))
    return Text(
        f"无法获取 Neo4j：{zh}。只需获取一次，约 180 MB，保存在 {folder}。无网络的机器："
        "在有网络处运行 `upline bundle 文件夹`，带来后运行其中的 install.py，或将 UPLINE_JARS "
        "设为其中的 jars；UPLINE_MAVEN_URL 可指定镜像。",
        f"Neo4j could not be fetched: {en}. It is needed once, about 180 MB, and kept in "
        f"{folder}. On a machine without network: run `upline bundle DIR` where there is one, "
        "bring DIR over and run its install.py, or set UPLINE_JARS to its folder jars; "
        "UPLINE_MAVEN_URL names a mirror.",
    )


def fetch(lock: Lock, folder: Path, say: Say, source: Path | None) -> None:
    """Bring what ``folder`` lacks: from ``source`` only where it is given, else from this user's Maven
    repository or the network. Call under the fetch lock; raises EngineError that says what to do."""
    wanted = [jar for jar in lock.jars if not right(folder / jar.path, jar)]
    if not wanted:
        return
    say(
        Text(
            f"首次获取 Neo4j ({len(wanted)} files)",
            f"fetching Neo4j Community {lock.version}, once",
        )
    )
    progress = _Progress(sum(jar.size for jar in wanted), say)
    sources = [source or Path(os.environ.get("M2_REPO", default_maven_repo()))]
    for left in folder.glob("part-*"):  # of a fetch that was killed
        shutil.rmtree(left, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix="part-") as name,
        ThreadPoolExecutor(TOGETHER) as pool,
    ):
        download = None if source else Path(name)

        def one(jar: Jar) -> None:
            _bring(jar, folder / jar.path, sources, download)
            progress.add(jar.size)

        futures = [pool.submit(one, jar) for jar in wanted]
        try:
            for future in futures:
                future.result()
        except (OSError, RuntimeError, requests.RequestException, EngineError) as error:
            pool.shutdown(cancel_futures=True)
            raise EngineError(_missing(folder, error)) from error
