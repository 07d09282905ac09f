"""Where Upline keeps its state: everything under ``UPLINE_HOME``."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_dir


def upline_home() -> Path:
    """Return the state folder, made on first use and readable by its owner only.

    ``UPLINE_HOME`` names it; by default it is the platform's user data folder, so that several
    installations can run side by side.
    """
    path = Path(os.environ.get("UPLINE_HOME") or user_data_dir("upline", appauthor=False)).absolute()
    if not path.is_dir():
        path.mkdir(parents=True, mode=0o700, exist_ok=True)
    return path
