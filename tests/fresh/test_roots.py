"""`make demo` and `make test` in fresh roots, made here by debootstrap (`make fresh`): what a new machine has, and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOTS = Path(os.environ.get("UPLINE_FRESH_ROOTS", "/var/tmp/upline-fresh"))
PACKAGES = "ca-certificates,git,make,python3,python3-venv"
NETWORK = (
    "PIP_CERT",
    "NODE_EXTRA_CA_CERTS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
)
"""What of the environment goes along: how this machine reaches the network, and nothing else."""
CARRIED = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
MOUNTS = ("proc", "sys", "dev", "dev/shm")
NAME = "家 张三 é"
"""Folder of the clone: as people have them."""


@pytest.fixture(params=["stable", "sid"])
def root(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A minimal Debian with git, make and Python's venv; kept from one run to the next, the user's folder is new."""
    if getattr(os, "geteuid", lambda: 1)() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("needs root and debootstrap")
    root = ROOTS / request.param
    if not (root / "usr/bin/make").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        command = [
            "debootstrap",
            "--variant=minbase",
            f"--include={PACKAGES}",
            request.param,
            str(root),
        ]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    for name in CARRIED:
        if Path(name).is_file():
            shutil.copyfile(name, root / name.lstrip("/"))
    # A mirror may be some weeks behind, which apt refuses; how old its packages are is none of this test's business.
    (root / "etc/apt/apt.conf.d/90mirror").write_text(
        'Acquire::Check-Valid-Until "false";\n', encoding="ascii"
    )
    with mounted(root):
        yield root


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    done: list[Path] = []
    try:
        for name in MOUNTS:
            subprocess.run(["mount", "--bind", f"/{name}", str(root / name)], check=True)
            done.append(root / name)
        yield
    finally:
        for path in reversed(done):
            subprocess.run(["umount", "-l", str(path)], check=False)


def clone(root: Path) -> Path:
    """An empty clone of the last commit in the user's folder, as somebody has it who has just fetched it."""
    user = root / "srv" / NAME
    shutil.rmtree(user, ignore_errors=True)
    user.mkdir(parents=True)
    command = [
        "git",
        "clone",
        "--quiet",
        "--no-hardlinks",
        "--depth=1",
        f"file://{ROOT}",
        str(user / "upline"),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    shared = ROOT.parent / "shared"
    if shared.exists():
        shutil.copytree(shared.resolve(), user / "shared", symlinks=True)
    return user


def make(root: Path, user: Path, *arguments: str) -> float:
    """Run make in the clone, as root of that system with an empty home; the seconds it took."""
    inside = Path("/") / user.relative_to(root)
    kept = {name: value for name, value in os.environ.items() if name.upper() in NETWORK}
    environment = {
        **kept,
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": str(inside / "home"),
        "LC_ALL": "C",
    }
    (user / "home").mkdir(exist_ok=True)
    if (npmrc := Path.home() / ".npmrc").is_file():  # the registry this machine uses
        shutil.copyfile(npmrc, user / "home" / ".npmrc")
    begun = time.monotonic()
    done = subprocess.run(
        ["chroot", str(root), "make", "-C", str(inside / "upline"), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"make {' '.join(arguments)} ended with {done.returncode}"
    return time.monotonic() - begun


@pytest.mark.fresh
@pytest.mark.timeout(4 * 3600)
def test_both_commands_from_an_empty_clone(root: Path) -> None:
    """Traps: a package without a wheel for the Python of today; a library, a locale or a program that the machines of
    developers happen to have; a clone under a name that is not ASCII."""
    user = clone(root)
    demo = make(root, user, "demo", "ARGS=--once")
    test = make(root, user, "test")
    print(f"\n{root.name}: make demo {demo:.0f} s, make test {test:.0f} s")
