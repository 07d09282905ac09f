"""Installs Upline from this folder, without network: ``python install.py TARGET``. Needs only Python."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def say(text: str) -> None:
    print(f"[upline] {text}", file=sys.stderr, flush=True)


def check() -> None:
    """End with a clear word where this Python, this platform or a file of the bundle is not the right one."""
    manifest = json.loads((HERE / "MANIFEST.json").read_text(encoding="utf-8"))
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if (here, sysconfig.get_platform()) != (manifest["python"], manifest["platform"]):
        sys.exit(
            f"This bundle is for Python {manifest['python']} on {manifest['platform']}; "
            f"this is Python {here} on {sysconfig.get_platform()}. / 本安装包不适用于此机器。"
        )
    for entry in manifest["files"]:
        path = HERE / entry["name"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            sys.exit(f"{entry['name']} is missing or damaged; copy the bundle again. / 文件缺失或损坏")


def run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run([str(part) for part in command], cwd=cwd, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(done.returncode)


def place(target: Path) -> Path:
    """Copy source and assets to ``target``; return the Python of its new virtual environment."""
    shutil.copytree(HERE / "source", target, dirs_exist_ok=True)
    if (HERE / "web").is_dir():
        shutil.copytree(HERE / "web", target / "viz" / "web", dirs_exist_ok=True)
    shutil.copytree(HERE / "licences", target / "licences", dirs_exist_ok=True)
    venv.create(target / ".venv", with_pip=True)
    return target / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python install.py TARGET-FOLDER / 用法：python install.py 目标文件夹")
    target = Path(sys.argv[1]).resolve()
    if target.exists() and any(target.iterdir()):
        sys.exit(f"{target} is not empty; name a new folder. / 目标文件夹不为空。")
    say("checking the bundle / 校验安装包")
    check()
    say(f"installing into {target} / 正在安装")
    python = place(target)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index")
    run(*pip, "--find-links", HERE / "wheels", "--require-hashes", "-r", "requirements.lock", cwd=target)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".", cwd=target)
    mark_done = "import bootstrap as b; b.link(); b.done('python', b.ROOT / 'requirements.lock', b.ROOT / 'pyproject.toml')"
    run(python, "-c", mark_done, cwd=target)
    run(python, "-m", "graph_schema.store.ready", "--from", HERE / "jars", cwd=target)
    say(f"ready: {python.parent / 'upline'} demo / 安装完成")


if __name__ == "__main__":
    main()
