"""A bundle installs and works with the network off. Long and large, so only on demand (UPLINE_TEST_BUNDLE=1)."""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from graph_schema.errors import InputError
from graph_schema.store import bundle

ON_DEMAND = pytest.mark.skipif(
    os.environ.get("UPLINE_TEST_BUNDLE") != "1",
    reason="writes 700 MB and takes minutes: set UPLINE_TEST_BUNDLE=1",
)
UNSHARE = ["unshare", "--net", "--map-root-user"]
"""Runs a command without any network interface but a loopback."""


def offline(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    """Run a command in a network namespace of its own, loopback up, and return its standard output."""
    script = 'ip link set lo up 2>/dev/null || true; exec "$@"'
    done = subprocess.run(
        [*UNSHARE, "sh", "-c", script, "sh", *map(str, command)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_bundle_goes_into_an_empty_folder_only(tmp_path: Path) -> None:
    """Trap: a bundle mixed with what was there, or half of one left behind."""
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="not empty"):
        bundle.bundle(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_the_installer_needs_nothing_but_python() -> None:
    """Trap: an installer that imports what it is about to install."""
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(bundle.INSTALLER)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "usage" in done.stderr


@ON_DEMAND
@pytest.mark.timeout(3600)
def test_installed_and_used_with_the_network_off(tmp_path: Path) -> None:
    """Traps: one package, jar or font that is fetched after all, found out in the closed network; folders with names
    that are not ASCII."""
    if shutil.which("unshare") is None or subprocess.run([*UNSHARE, "true"], check=False).returncode:
        pytest.skip("this machine cannot make a network namespace (unshare --net)")
    made = bundle.bundle(tmp_path / "安装 包 é")
    assert (made.folder / "licences" / "SOURCES.csv").is_file()
    assert list((made.folder / "licences" / "web").glob("*/LICENSE*"))
    manifest = json.loads((made.folder / "MANIFEST.json").read_text(encoding="utf-8"))
    assert len(manifest["files"]) == made.files
    target = tmp_path / "张三 溯链 é"
    python = getattr(sys, "_base_executable", sys.executable)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "user"),
        "UPLINE_HOME": str(tmp_path / "家 é"),
        "UPLINE_DB_HEAP": "512m",
        "UPLINE_DB_IDLE": "5",
        "LANG": "C.UTF-8",
    }
    (tmp_path / "user").mkdir()
    offline(python, "install.py", target, cwd=made.folder, env=env)
    upline = target / ".venv" / "bin" / "upline"
    found = json.loads(offline(upline, "doctor", "--json", cwd=target, env=env))
    assert found["ok"], found
    command, answer = shlex.quote(str(upline)), shlex.quote(str(tmp_path / "demo.json"))
    script = f"{command} db start --json && {command} demo --once --json > {answer}; code=$?; "
    offline("sh", "-c", script + f"{command} db stop; exit $code", cwd=target, env=env)
    assert json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))["run"]["chains"] > 0
    for folder in (made.folder, target, tmp_path / "user", tmp_path / "家 é"):
        shutil.rmtree(folder)  # a gigabyte and a half


def test_a_damaged_bundle_installs_nothing(tmp_path: Path) -> None:
    """Trap: a file that was cut off on the disk, found out weeks later."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    shutil.copyfile(bundle.INSTALLER, folder / "install.py")
    (folder / "a.whl").write_bytes(b"cut o")
    version = ".".join(platform.python_version_tuple()[:2])
    entry = {"name": "a.whl", "size": 7, "sha256": "0" * 64}
    body = {"python": version, "platform": sysconfig.get_platform(), "files": [entry]}
    (folder / "MANIFEST.json").write_text(json.dumps(body), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "install.py", str(tmp_path / "target")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "a.whl is missing or damaged" in done.stderr
    assert not (tmp_path / "target").exists()
