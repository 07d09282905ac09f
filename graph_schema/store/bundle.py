"""Writes a folder from which Upline is installed on a machine without network.

It holds the source, the locked wheels (Java comes as one), the database's jars, the font and web assets, all
licence texts with source addresses, checksums, and ``install.py``, which needs only Python.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from dataclasses import dataclass
from pathlib import Path

from graph_schema.errors import EngineError, InputError
from graph_schema.language import Text
from graph_schema.store import jars, licences, program
from graph_schema.store.processes import ROOT
from graph_schema.store.say import Say, say_on_stderr

INSTALLER = Path(__file__).with_name("bundle_install.py")
_LEFT_OUT = {
    ".git",
    ".venv",
    "node_modules",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
_README = """溯链 Upline，离线安装包 / to be installed without network

    python{version} install.py 目标文件夹 TARGET-FOLDER

需要 Python {version}，{platform}。 / Needs Python {version} on {platform}.
许可证与源代码地址见 licences。 / Licence texts and source addresses are in licences.
"""


@dataclass(frozen=True)
class Bundle:
    """What was carried together, and where."""

    folder: Path
    files: int
    size: int


def _git(*arguments: str) -> bytes | None:
    """Return what git says in this checkout; None where there is no git, or no checkout."""
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _source(target: Path, say: Say) -> None:
    """Copy the source: the last commit of a checkout, else all but caches and environments."""
    top = _git("rev-parse", "--show-toplevel")
    archive = (
        _git("archive", "--format=tar", "HEAD") if top and Path(os.fsdecode(top).strip()) == ROOT else None
    )
    if archive is None:
        left_out = shutil.ignore_patterns(*_LEFT_OUT)
        shutil.copytree(ROOT, target, ignore=left_out)
        return
    if _git("status", "--porcelain"):
        say(Text("未提交的修改不包含在内", "uncommitted changes are left out"))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _wheels(folder: Path, say: Say) -> None:
    """Download the locked wheels for this Python and platform, every one checked by its hash."""
    say(Text("收集 Python 包", "collecting the Python packages"))
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    exactly = ["--require-hashes", "--no-deps", "--only-binary=:all:"]
    where = ["--dest", str(folder), "-r", str(ROOT / "requirements.lock")]
    done = subprocess.run(
        pip + exactly + where,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:]
        last = "".join(tail)
        raise EngineError(
            Text(
                f"无法获取 Python 包：{last}。请检查网络。",
                f"the Python packages could not be fetched: {last}; is there a network?",
            )
        )


def _assets(target: Path) -> None:
    """Copy the built workbench, the font and the packages built into it; what only builds or tests stays here."""
    web = ROOT / "viz" / "web"
    lock = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))
    for place, package in lock["packages"].items():
        if place and not package.get("dev") and (web / place).is_dir():
            shutil.copytree(
                web / place, target / place, ignore=shutil.ignore_patterns("node_modules", ".bin")
            )
    if (web / "dist").is_dir():
        shutil.copytree(web / "dist", target / "dist")
    if (web / "node_modules" / ".stamp").is_file():
        _copy(web / "node_modules" / ".stamp", target / "node_modules" / ".stamp")


def _checksums(folder: Path) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            entries.append(
                {"name": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "sha256": digest}
            )
    return entries


def bundle(folder: Path, say: Say = say_on_stderr) -> Bundle:
    """Write a whole bundle to ``folder`` (new or empty), or nothing; raise InputError or EngineError."""
    if not (ROOT / "requirements.lock").is_file():
        raise InputError(
            Text(
                "安装包只能在 Upline 的源代码目录中制作，请在那里运行此命令。",
                "a bundle is made from the source checkout of Upline; run this command there",
            )
        )
    folder = folder.absolute()
    if folder.exists() and any(folder.iterdir()):
        raise InputError(
            Text(
                f"{folder} 不是空文件夹，请换一个。",
                f"{folder} is not empty; name a new folder",
            )
        )
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        entries = _fill(part, say)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Bundle(folder, len(entries), sum(int(str(entry["size"])) for entry in entries))


def _fill(part: Path, say: Say) -> list[dict[str, object]]:
    _source(part / "source", say)
    _wheels(part / "wheels", say)
    program.ensure(say)
    say(Text("收集 Neo4j、字体与许可证", "collecting Neo4j, fonts and licences"))
    lock, cache = jars.load_lock(), jars.jars_folder()
    for jar in lock.jars:
        _copy(cache / jar.path, part / "jars" / jar.path)
    _assets(part / "web")
    parts = [licences.wheel_part(wheel) for wheel in sorted((part / "wheels").glob("*.whl"))]
    parts += [licences.jar_part(jar, part / "jars") for jar in lock.jars]
    packages = [*(part / "web").glob("node_modules/*"), *(part / "web").glob("node_modules/@*/*")]
    parts += [licences.web_part(path) for path in sorted(packages) if (path / "package.json").is_file()]
    licences.collect(parts, part / "licences")
    python = ".".join(platform.python_version_tuple()[:2])
    _copy(INSTALLER, part / "install.py")
    readme = _README.format(version=python, platform=sysconfig.get_platform())
    (part / "README.txt").write_text(readme, encoding="utf-8")
    entries = _checksums(part)
    body = {"python": python, "platform": sysconfig.get_platform(), "neo4j": lock.version, "files": entries}
    (part / "MANIFEST.json").write_text(json.dumps(body, indent=1, ensure_ascii=False), encoding="utf-8")
    return entries
