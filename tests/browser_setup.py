"""Finds or installs a real Chromium for the browser tests: ``python tests/browser_setup.py``."""

from __future__ import annotations

import os
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


class NoBrowser(RuntimeError):
    """There is no Chromium and none could be installed; the text names every way that was tried."""


def find_chromium() -> Path | None:
    """The Chromium to test with: ``UPLINE_CHROMIUM``, one of the system, one of Playwright; None without any.

    Raises NoBrowser where ``UPLINE_CHROMIUM`` names something that does not run.
    """
    named = os.environ.get("UPLINE_CHROMIUM")
    if named:
        if not _runs(Path(named)):
            raise NoBrowser(f"UPLINE_CHROMIUM={named} does not run. Correct or unset it.")
        return Path(named)
    found = [Path(path) for name in NAMES if (path := shutil.which(name))]
    found += [Path(place) for place in PLACES]
    found += _playwright_browser()
    return next((path for path in found if path.is_file() and _runs(path)), None)


def _playwright_browser() -> list[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [Path(playwright.chromium.executable_path)]


def _runs(path: Path) -> bool:
    """Whether the program answers: some distributions ship a stub that only says what to install."""
    if not path.is_file():
        return False
    if os.name == "nt":
        return True  # Chrome on Windows opens a window instead of printing its version
    try:
        answer = subprocess.run(
            [str(path), "--version"], capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def ensure_chromium() -> Path:
    """A Chromium, installed by apt-get or Playwright if there is none; raises NoBrowser."""
    found = find_chromium()
    if found:
        return found
    tried = []
    for name, commands in (("apt-get", _apt()), ("playwright", _playwright())):
        for command in commands:
            print(f"installing a browser for the tests: {' '.join(command)}", file=sys.stderr, flush=True)
            if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
                tried.append(f"`{' '.join(command)}` failed")
                break
        if not commands:
            tried.append(f"{name} needs root or password-less sudo")
        if found := find_chromium():
            return found
    raise NoBrowser(
        "The browser tests need a Chromium and none was found or could be installed: "
        + "; ".join(tried)
        + ". Install Chromium, Chrome or Edge, or set UPLINE_CHROMIUM to its program."
    )


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
