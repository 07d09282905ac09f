"""Set up, demo or test Upline with Python 3.11 to 3.14 and git: ``python bootstrap.py setup|demo|test|faults|fresh|bench``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
NPM = BIN / ("npm.exe" if os.name == "nt" else "npm")
WEB = ROOT / "viz" / "web"
OLDEST, NEWEST = (3, 11), (3, 14)  # as requires-python says
VERBS = ("setup", "demo", "test", "faults", "fresh", "bench")


def _version(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def say(text: str) -> None:
    print(f"[upline] {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run one step; end with its exit code where it fails, so that make stops there."""
    with beside(*command, cwd=cwd):
        pass


@contextmanager
def beside(*command: str | Path, cwd: Path = ROOT) -> Iterator[None]:
    """Run one step beside others, then wait for it; end with its exit code where it fails."""
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    step = subprocess.Popen([str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL)
    try:
        yield
        code = step.wait()
    except BaseException:
        step.kill()
        raise
    if code:
        sys.exit(code)


def stamp_of(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def once(name: str, *files: Path) -> bool:
    """True where the step ``name`` has not been done yet for these very files."""
    stamp = VENV / f".{name}.stamp"
    return not stamp.is_file() or stamp.read_text() != stamp_of(*files)


def done(name: str, *files: Path) -> None:
    (VENV / f".{name}.stamp").write_text(stamp_of(*files))


def setup() -> None:
    """Virtual environment, locked dependencies, font, workbench, database program."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            f"Upline runs on Python {_version(OLDEST)} to {_version(NEWEST)} and this is {_version(sys.version_info[:3])}: "
            f"name one of those, for example `make setup PYTHON=python{_version(NEWEST)}`."
        )
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    lock, project = ROOT / "requirements.lock", ROOT / "pyproject.toml"
    if once("python", lock, project):
        say("installing the locked Python packages")
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            lock,
        )
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-build-isolation",
            "-e",
            ".",
        )
        link()
        done("python", lock, project)
    web()
    run(PYTHON, "-m", "graph_schema.store.ready")


def link() -> None:
    """Let the installed ``upline`` find this clone by a relative path, which is ASCII wherever the clone lies.

    Python before 3.13 reads an absolute one in the encoding of the locale, and finds no module under ``/home/张三``.
    """
    for path in VENV.glob("[Ll]ib/**/site-packages/_editable_impl_upline.pth"):
        path.write_text(os.path.relpath(ROOT, path.parent) + "\n", encoding="ascii")


def web() -> None:
    """The font, the packages of the workbench, and the workbench built from its sources; each once per version."""
    modules, dist = WEB / "node_modules", WEB / "dist"
    lock = [WEB / "package-lock.json"]
    if stamp_of(*lock) != _read(modules / ".stamp"):
        say("installing the packages of the workbench and the font")
        if modules.is_symlink():
            modules.unlink()  # npm would empty the folder behind the link, which others use
        run(NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=WEB)
        (modules / ".stamp").write_text(stamp_of(*lock))
    parts = [
        each for folder in ("src", "public") for each in sorted((WEB / folder).rglob("*")) if each.is_file()
    ]
    sources = [*lock, WEB / "index.html", WEB / "vite.config.ts", WEB / "tsconfig.json", *parts]
    if stamp_of(*sources) != _read(dist / ".stamp"):
        say("building the workbench")
        run(NPM, "run", "--silent", "build", cwd=WEB)
        (dist / ".stamp").write_text(stamp_of(*sources))


def check_web() -> None:
    """Format, lint, types and unit tests of the workbench."""
    for script in ("lint", "check", "test"):
        run(NPM, "run", "--silent", script, cwd=WEB)


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""


def main(arguments: list[str]) -> None:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in VERBS:
        sys.exit(f"usage: python bootstrap.py {'|'.join(VERBS)} [arguments]")
    setup()
    if verb == "demo":
        run(PYTHON, "-m", "backend.cli", "demo", *rest)
    elif verb == "test":
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # Python starts some hundred times
        run(PYTHON, ROOT / "tests" / "browser_setup.py")
        run(PYTHON, "-m", "ruff", "check", ".")
        run(PYTHON, "-m", "ruff", "format", "--check", ".")
        with beside(PYTHON, "-m", "mypy"):
            check_web()
        # two workers with a database each; more cores change nothing, so that memory stays the same everywhere
        run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *rest)
    elif verb == "faults":
        run(PYTHON, "-m", "pytest", "-m", "long", *rest)
    elif verb == "fresh":
        run(PYTHON, "-m", "pytest", "-m", "fresh", "-s", *rest)
    elif verb == "bench":
        run(PYTHON, "-m", "benchmarks", *rest)


if __name__ == "__main__":
    main(sys.argv[1:])
