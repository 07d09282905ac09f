"""Folders as people have them (an account named 张三, a space, é): a clone and a home under such a path work."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bootstrap
from backend.client import Client
from graph_schema.store import embedded

pytestmark = pytest.mark.timeout(1800)  # a whole demo
ROOT = Path(__file__).parents[1]
NAME = "张三 中文 é"


def environment(user: Path, locale: str = "C") -> dict[str, str]:
    """The environment of somebody whose clone and home are in ``user``; by default in the locale C."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "LC_", "LANG", "PYTHON"))}
    small = {"UPLINE_DB_HEAP": "512m", "UPLINE_DB_IDLE": "60", "UPLINE_HOME": str(user / "home 家")}
    return {**kept, **small, "LC_ALL": locale, "PYTHONPATH": str(user / "upline"), "UPLINE_LANG": "zh"}


def run(user: Path, *arguments: str | Path, locale: str = "C", code: int = 0) -> Any:
    """Run a command of Upline in the user's folder; its answer where it is JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", *map(str, arguments)],
        env=environment(user, locale),
        cwd=user,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout.decode("utf-8")) if "--json" in arguments else None


def build(web: Path) -> None:
    """Build the workbench with what npm installed for this clone."""
    (web / "node_modules").symlink_to(bootstrap.WEB / "node_modules", target_is_directory=True)
    npm = bootstrap.BIN / ("npm.exe" if os.name == "nt" else "npm")
    done = subprocess.run(
        [str(npm), "run", "--silent", "build"],
        cwd=web,
        env={**os.environ, "PATH": f"{bootstrap.BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert list((web / "dist" / "assets").glob("index-*.js"))


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder with a copy of this clone, its workbench built there."""
    user = tmp_path_factory.mktemp("user") / NAME
    ignored = shutil.ignore_patterns(".*", "node_modules", "dist", "artefacts", "__pycache__", "tests")
    shutil.copytree(ROOT, user / "upline", ignore=ignored)
    build(user / "upline" / "viz" / "web")
    return user


@pytest.fixture(scope="module")
def user(owner: Path) -> Iterator[Path]:
    """A user's folder with a clone and a home with a small district, made by ``upline demo``."""
    made = run(owner, "demo", "--once", "--size", "0.1", "--json")
    assert made["run"]["chains"] > 0
    yield owner
    embedded.stop(owner / "home 家")


@pytest.mark.long  # a whole demo; `make fresh` makes one in a clone under such a name
def test_drawings_reports_and_exports(user: Path) -> None:
    """Trap: the font, the style sheet or the file itself is asked for by a path that a library misreads."""
    gang = run(user, "gangs", "--json")["gangs"][0]["id"]
    for form in ("svg", "png", "pdf", "html"):
        run(user, "draw", "gang", gang, "-o", user / f"团伙 图 é.{form}")
        assert (user / f"团伙 图 é.{form}").stat().st_size > 1_000
    for form in ("docx", "pdf"):
        run(user, "report", "gang", gang, "-o", user / f"团伙 报告 é.{form}")
        assert (user / f"团伙 报告 é.{form}").stat().st_size > 1_000
    run(user, "export", "--format", "graphml", "-o", user / "全图 é.graphml")
    assert (user / "全图 é.graphml").stat().st_size > 1_000


@pytest.mark.long  # tests/graph_schema/store/test_backup.py does it under another name
def test_backup_and_restore(user: Path) -> None:
    """Trap: the administration tool is given a path it cannot name, and there is no backup when it is needed."""
    before = run(user, "persons", "--json")["total"]
    assert before > 0
    run(user, "db", "backup", user / "备份 é.tar", "--json", locale="C.UTF-8")
    run(user, "db", "restore", user / "备份 é.tar", "--json")
    assert run(user, "persons", "--json")["total"] == before


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_the_service(user: Path) -> None:
    """Trap: a service that starts there, and has neither its page nor an answer."""
    service = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "serve", "--port", "0"],
        env=environment(user),
        cwd=user,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert service.stderr is not None
        said = ""
        while "http://" not in said:
            line = service.stderr.readline()
            assert line, said
            said += line
        address = re.findall(r"(http://\S+)/", said)[0]
        token = (user / "home 家" / "token").read_text()
        with Client(address, token=token, purpose="测试") as upline:
            assert not upline.cases().empty
            assert b"<script" in upline._session.get(address, timeout=30).content
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(60)


def test_the_workbench_is_built(tmp_path: Path) -> None:
    """Trap: the path of a clone taken from its address undecoded (a space, brackets), so that no module is found."""
    web = tmp_path / "with space" / "a [b];c" / "web"
    shutil.copytree(bootstrap.WEB, web, ignore=shutil.ignore_patterns("node_modules", "dist"))
    build(web)


def test_the_clone_is_found_in_any_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: Python before 3.13 reads the installed path of the clone in the locale's encoding, so that under GBK
    ``upline`` finds no module of its own."""
    packages = tmp_path / NAME / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    link = packages / "_editable_impl_upline.pth"
    link.write_text(str(tmp_path / NAME), encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path / NAME)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / NAME / ".venv")
    bootstrap.link()
    assert (packages / link.read_text(encoding="ascii").strip()).resolve() == (tmp_path / NAME).resolve()


def test_a_bundle_is_placed(owner: Path) -> None:
    """Trap: an installer that cannot read its own list, or writes into no such folder."""
    code = (
        "import pathlib; from graph_schema.store import bundle as b; part = pathlib.Path('安装 包');"
        "b._source(part / 'source', print); b._assets(part / 'web'); (part / 'licences' / '许可证').mkdir(parents=True);"
        "b._copy(b.INSTALLER, part / 'install.py'); files = b._checksums(part); import json, sys, sysconfig;"
        "body = {'python': '%d.%d' % sys.version_info[:2], 'platform': sysconfig.get_platform(), 'files': files};"
        "(part / 'MANIFEST.json').write_text(json.dumps(body), encoding='utf-8')"
    )
    place = (
        "import install, pathlib; install.check(); print(install.place(pathlib.Path('目标 é').absolute()))"
    )
    for script, folder in ((code, owner), (place, owner / "安装 包")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            env=environment(owner) | {"PYTHONPATH": str(owner / "upline")},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    target = owner / "安装 包" / "目标 é"
    assert (target / "backend" / "cli" / "__init__.py").is_file() and (
        target / "viz/web/dist/index.html"
    ).is_file()
    assert list((target / ".venv").glob("*/python*"))
