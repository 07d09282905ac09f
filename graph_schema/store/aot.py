"""Java's ahead-of-time cache: written once by a training run, it about halves every later start.

It belongs to one Java and one set of jars and lies beside them, shared by all homes. A start without it,
or with one Java cannot use, is only slower. ``UPLINE_AOT=off`` leaves it out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

import psutil

from graph_schema.store import jars, java, processes


def wanted() -> bool:
    """False where ``UPLINE_AOT`` says off, 0 or no."""
    return os.environ.get("UPLINE_AOT", "").lower() not in {"off", "0", "no"}


def cache_file() -> Path:
    """Return where the cache of this Java and these jars lies, whether or not it exists."""
    release = (java.java().parent.parent / "release").read_bytes()
    key = hashlib.sha256(release + jars.load_lock().digest.encode() + str(jars.jars_folder()).encode())
    return jars.jars_folder() / f"start-{key.hexdigest()[:16]}.aot"


def options() -> list[str]:
    """Return the Java options of a start: with the cache where it exists.

    Java itself goes on without a cache that does not fit (``AOTMode=auto``). The cache brings the profiles
    of hot methods along; were they all compiled at once, the compiler would take the processor from the
    start itself on a small machine, so it is told to wait a little longer.
    """
    cache = cache_file()
    if not (wanted() and cache.is_file()):
        return []
    return [f"-XX:AOTCache={java.spelled(cache)}", "-Xlog:aot*=off", "-XX:CompileThresholdScaling=3"]


def train_in_background() -> None:
    """Let a process of low priority write the cache where it is missing, unless that failed before."""
    target = cache_file()
    if not wanted() or target.is_file() or target.with_suffix(".failed").is_file():
        return
    process = processes.spawn_module("graph_schema.store.training", [], Path(os.devnull))
    with contextlib.suppress(psutil.Error):
        if sys.platform == "win32":
            psutil.Process(process.pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process(process.pid).nice(15)
