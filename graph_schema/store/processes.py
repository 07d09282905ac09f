"""Starts processes that outlive their starter: the server, its keeper, the training of the cache."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _detached() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def spawn(
    command: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start ``command`` in a session of its own, its output in ``log``."""
    with log.open("wb") as out:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            **_detached(),
        )


def spawn_module(module: str, arguments: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Start one of our own modules as such a process."""
    return spawn([sys.executable, "-m", module, *arguments], log, ROOT)
