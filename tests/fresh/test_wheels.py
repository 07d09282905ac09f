"""Each locked package has a wheel for every Python and every system Upline is said to run on (`make fresh`)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "linux": [*(f"manylinux_2_{minor}_x86_64" for minor in range(36, 16, -1)), "manylinux2014_x86_64"],
    "darwin": ["macosx_14_0_arm64"],
    "win32": ["win_amd64"],
}
"""Per system the tags pip takes: those named (Debian 12 is 2.36), and for macOS and manylinux2014 the older ones."""


def pins(system: str, python: str) -> list[str]:
    """``name==version`` of all that is installed there."""
    there = {"sys_platform": system, "python_version": python, "python_full_version": f"{python}.0"}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in re.findall(r"^([a-z0-9][^\\\n]*==[^\\\n]*?) ?\\?$", text, re.M)]
    return [f"{r.name}{r.specifier}" for r in wanted if r.marker is None or r.marker.evaluate(there)]


@pytest.mark.fresh
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_locked_package_has_a_wheel(system: str, python: str, tmp_path: Path) -> None:
    """Trap: a package that has to be compiled on the one Python or system nobody here tried."""
    wanted = pins(system, python)
    assert len(wanted) > 100
    (tmp_path / "pins.txt").write_text("\n".join(wanted), encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--ignore-installed", "--only-binary=:all:", "--python-version", python),
            *(f"--platform={tag}" for tag in SYSTEMS[system]),
            *("--target", str(tmp_path / "there"), "-r", str(tmp_path / "pins.txt")),
        ],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
