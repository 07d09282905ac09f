"""Where Upline keeps its state: everything under ``UPLINE_HOME``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_data_dir

from graph_schema.language import Text, spoken


def upline_home() -> Path:
    """Return the state folder, made on first use and readable by its owner only; one that is open to others is closed.

    ``UPLINE_HOME`` names it; by default it is the platform's user data folder, so that several
    installations can run side by side.
    """
    path = Path(os.environ.get("UPLINE_HOME") or user_data_dir("upline", appauthor=False)).absolute()
    if not path.is_dir():
        path.mkdir(parents=True, mode=0o700, exist_ok=True)
    elif os.name != "nt":
        _close(path)
    return path


def _close(path: Path) -> None:
    """Take the rights of others away from our own folder, and say so: what is in it was made under their eyes."""
    found = path.stat()
    if found.st_mode & 0o077 == 0 or found.st_uid != os.geteuid():
        return
    path.chmod(0o700)
    told = Text(
        f"{path} 原先其他用户可以进入，现已改为仅本人可用（权限 700）。",
        f"{path} was open to other users; it is now closed to all but you (mode 700).",
    )
    print(f"[upline] {spoken(told)}", file=sys.stderr, flush=True)
